"""The real bot as a process, killed at random moments in the middle of a lively day.

DVOR_KILLS says how often it is killed on each database, DVOR_SEED repeats a run.
"""

from __future__ import annotations

import asyncio
import os
import random
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import update
from sqlmodel import Session, col, select

from bot.domain.actions.answers import Answer, after_tap
from playground.chats import Chat, Message
from playground.people import Person
from playground.server import Server
from playground.taps import Tap
from playground.world import World
from storage import reminders
from storage.chats import ChatRow
from storage.database import Database
from storage.delivery.outbox import OutboxRow, OutboxState
from tests.bot_process import BotProcess, killable
from tests.intake.deadly_bot import DEATH
from tests.process import PATIENCE

pytestmark = pytest.mark.databases("sqlite", "postgresql")

KILLS = int(os.environ.get("DVOR_KILLS", "3"))
SEED = int(os.environ.get("DVOR_SEED", "0")) or random.SystemRandom().getrandbits(32)
NEIGHBOURS = 8
# With the reminders and the card's redraws they stay below what a group takes in a minute, so that
# nothing is held back for the sake of Telegram's limit.
ANSWERS = ((0, 0), (0, 1))
"""Where the buttons for Going and Maybe stand on a card."""
ANNOUNCEMENTS_IN_A_LIFE = 2


@dataclass
class Day:
    """A lively day in a courtyard, and what must have come of it."""

    world: World
    group: Chat
    people: list[Person]
    database: Database
    chance: random.Random
    taps: list[Tap] = field(default_factory=list)
    previews: dict[str, Person] = field(default_factory=dict)
    reminded: list[str] = field(default_factory=list)
    asked: list[Message] = field(default_factory=list)

    def cards(self, title: str) -> list[Message]:
        return [
            m
            for m in self.group.messages
            if title in m.text and len(m.buttons) > 2 and not m.reply_to
        ]

    def posts(self, text: str) -> list[Message]:
        bot = self.world.bot
        return [m for m in self.group.messages if m.sender is bot and text in m.text]

    async def publish(self, person: Person, title: str) -> Message:
        self.world.say(self.group, person, f"/action tomorrow 19:00 {title}")
        preview = await self.world.message(person, self.group, "neighbours will see", PATIENCE)
        await self.world.answered(self.world.tap(person, preview, "Publish"), PATIENCE)
        await self.world.until(lambda: self.cards(title), PATIENCE)
        return self.cards(title)[0]

    async def live(self, card: Message, seconds: float) -> None:
        """Tap and announce at random for some time."""
        end = asyncio.get_running_loop().time() + seconds
        most = len(self.previews) + ANNOUNCEMENTS_IN_A_LIFE
        while (left := end - asyncio.get_running_loop().time()) > 0:
            person = self.chance.choice(self.people)
            if self.chance.random() < 0.1 and len(self.previews) < most:
                title = f"Tea party {len(self.previews)}."
                self.previews[title] = person
                self.world.say(self.group, person, f"/action tomorrow 20:00 {title}")
            else:
                answer = self.chance.choice(ANSWERS)
                self.taps.append(self.world.tap(person, card, answer))
            self.publish_what_is_previewed()
            await asyncio.sleep(min(left, self.chance.uniform(0, 0.06)))

    def answer_questions(self) -> None:
        """Where the bot isn't sure whether an announcement arrived, its organiser looks above."""
        for message in self.group.messages:
            if "I'm not sure that this arrived" in message.text and message not in self.asked:
                self.asked.append(message)
                titles = (*self.previews, "Concert")
                is_there = any(title in message.text and self.cards(title) for title in titles)
                self.world.tap(self.people[0], message, "there" if is_there else "again")

    def publish_what_is_previewed(self) -> None:
        for message in self.group.messages:
            for title, person in self.previews.items():
                if "neighbours will see" in message.text and title in message.text:
                    self.taps.append(self.world.tap(person, message, "Publish"))
                    self.world.delete(message)

    def remind(self) -> None:
        """Let two reminders fall due in a moment."""
        for _ in range(2):
            text = f"Reminder number {len(self.reminded)}."
            self.reminded.append(text)
            due = datetime.now(UTC) + timedelta(seconds=self.chance.uniform(0.1, 1.5))
            self.database.write_now(partial(self._add, text=text, due=due))

    def _add(self, session: Session, *, text: str, due: datetime) -> int:
        chat = session.exec(select(ChatRow).where(ChatRow.telegram_id == self.group.id)).one()
        reminder = reminders.ReminderRow(chat_id=chat.id, text=text, timezone="UTC", next_at=due)
        return reminders.add(session, reminder)

    def standing(self, card: Message) -> Counter[Answer]:
        """What the taps come to when each counts once, in the order in which they were made."""
        columns = (Answer.GOING, Answer.MAYBE, Answer.CANT)
        answers: dict[Person, Answer | None] = {}
        for tap in self.taps:
            if tap.message is card:
                tapped = next(a for a in columns if tap.data.endswith(f":{a.value}"))
                answers[tap.person] = after_tap(answers.get(tap.person), tapped)
        return Counter(answer for answer in answers.values() if answer is not None)

    def end_leases(self) -> None:
        """Two minutes pass for the rows that a killed process held."""
        self.database.write_now(
            lambda session: session.execute(
                update(OutboxRow)
                .where(col(OutboxRow.state) == OutboxState.SENDING)
                .values(lease_until=col(OutboxRow.due_at))
            )
        )


@pytest.mark.soak
async def test_nothing_acknowledged_is_lost_and_nothing_counts_twice(
    tmp_path: Path,
    database_url: str,
    real_server: Server,
) -> None:
    world, chance = real_server.world, random.Random(SEED)
    people = [world.add_person(f"Neighbour {number}") for number in range(NEIGHBOURS)]
    group = world.add_group("Yard 5", people[0], members=people[1:])
    bot = BotProcess(tmp_path, database_url, real_server)
    database = Database(database_url)
    day = Day(world, group, people, database, chance)
    try:
        async with killable(bot):
            world.add_bot(group, by=people[0])
            await world.message(people[0], group, "Hello, neighbours", PATIENCE)
            card = await day.publish(people[0], "Concert")
            for _ in range(KILLS):
                day.remind()
                left = set(ids_of(world))
                await day.live(card, chance.uniform(0.3, 1.6))
                # An update that is in hand at two deaths is skipped: what one left is done before the next.
                await world.until(lambda left=left: left.isdisjoint(ids_of(world)), PATIENCE)  # type: ignore[misc]
                await bot.kill()
                day.end_leases()
                await bot.start()
            await world.until(lambda: not world.updates, PATIENCE)
            day.publish_what_is_previewed()
            await world.until(lambda: not world.updates, PATIENCE)
            await all_is_well(day, card, bot)
    finally:
        database.close()


def ids_of(world: World) -> list[int]:
    """The updates that the bot hasn't confirmed."""
    return [update.update_id for update in world.updates.waiting()]


async def all_is_well(day: Day, card: Message, bot: BotProcess) -> None:
    seed = f"DVOR_SEED={SEED}"
    expected = day.standing(card)
    numbers = [expected[answer] for answer in (Answer.GOING, Answer.MAYBE)]

    def shown() -> bool:
        text = day.cards("Concert")[-1].text
        found = (re.search(rf"(\d+) {word}", text) for word in ("comes?", "perhaps"))
        return [int(number[1]) if number else 0 for number in found] == numbers

    def posted() -> bool:
        day.answer_questions()
        published = [t.message.text for t in day.taps if t.answer and "On its way" in str(t.answer)]
        titles = [title for title in day.previews if any(title in text for text in published)]
        return all(map(day.posts, day.reminded)) and all(map(day.cards, titles))

    try:
        await day.world.until(lambda: shown() and posted(), PATIENCE)
    except AssertionError as error:
        error.add_note(f"{seed}: {numbers} wanted\n{bot.log}")
        raise
    for copies in (*map(day.posts, day.reminded), *map(day.cards, (*day.previews, "Concert"))):
        unmarked = [message for message in copies if "(repeat" not in message.text]
        assert len(unmarked) <= 1, f"{seed}: {copies}"
    assert "ERROR" not in bot.log, f"{seed}: {bot.log}"


async def test_an_update_that_kills_the_process_twice_is_skipped(
    tmp_path: Path, sqlite_url: str, real_server: Server
) -> None:
    world = real_server.world
    people = [world.add_person(name) for name in ("Vera", "Nina", "Tom")]
    vera, nina, tom = people
    group = world.add_group("Yard 5", vera, members=[nina, tom])
    database = Database(sqlite_url)
    day = Day(world, group, people, database, random.Random(0))
    bot = BotProcess(tmp_path, sqlite_url, real_server, arguments=("-m", "tests.intake.deadly_bot"))
    async with killable(bot):
        world.add_bot(group, by=vera)
        await world.message(vera, group, "Hello, neighbours", PATIENCE)
        card = await day.publish(vera, "Concert")
        # Trying to pin it comes after having written down that it was sent.
        await world.until(
            lambda: any(call.method == "pinChatMessage" for call in world.calls), PATIENCE
        )
        await world.until(lambda: not world.updates, PATIENCE)
        await bot.kill()

        for person in (nina, vera):
            world.tap(person, card, (0, 0))
            if person is nina:
                world.say(group, tom, "/die")
        world.tap(tom, card, (0, 1))
        # Once in a crowd, where it isn't known to be the one, and twice alone.
        for _ in range(3):
            assert await (await bot.launch()).wait() == DEATH
        await bot.start()
        await world.until(lambda: not world.updates, PATIENCE)
        await world.until(lambda: "👥 2 come" in card.text, PATIENCE)
        await world.until(lambda: "1 perhaps" in card.text, PATIENCE)
    database.close()
    assert bot.log.count("stopped the process twice is skipped") == 1
