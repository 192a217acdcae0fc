"""A feature that only posts, much, and a day on which the process is killed again and again meanwhile."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import update
from sqlmodel import Session, col, select

from bot.feature import Feature, Post, WhenUncertain
from bot.message.face import Face
from bot.message.words import Html
from bot.store import UnitOfWork
from playground.chats import Message
from playground.people import Person
from playground.server import Server
from storage import chats
from storage.database import Database
from storage.delivery.outbox import OutboxRow, OutboxState, Urgency
from tests.bot_process import BotProcess, killable

REPEATED, ASKED = "tidings.repeated", "tidings.asked"
QUESTION = "I'm not sure that this arrived"
REPEAT = "(repeat"
PATIENCE = 180.0


def load(_work: UnitOfWork, number: int) -> int:
    return number


def draw(number: int, _words: object) -> Face:
    return Face(Html(f"Tidings {number}."))


TIDINGS = Feature(
    name="tidings",
    posts={
        REPEATED: Post(load, draw, when_uncertain=WhenUncertain.REPEAT),
        ASKED: Post(load, draw, when_uncertain=WhenUncertain.ASK),
    },
)


@dataclass(frozen=True)
class Outcome:
    """What came of it, counted."""

    posts: int
    kills: int
    repeated: int
    asked: int
    lost: int
    unmarked_twice: int


@dataclass
class Storm:
    """So many posts, due at once in many groups, while the process is killed so many times."""

    folder: Path
    database_url: str
    server: Server
    posts: int
    kills: int
    chance: random.Random
    groups: int = 50
    # One in each group, because nobody may tap as often as all of them.
    organisers: dict[int, Person] = field(default_factory=dict)
    bot: BotProcess = field(init=False)
    answered: set[Message] = field(default_factory=set)

    async def rage(self) -> Outcome:
        """Live through it, to the last post."""
        world = self.server.world
        arguments = ("-m", "tests.delivery.swift_bot")
        self.bot = BotProcess(self.folder, self.database_url, self.server, arguments)
        database = Database(self.database_url)
        try:
            async with killable(self.bot):
                for number in range(self.groups):
                    organiser = world.add_person(f"Vera {number}")
                    group = world.add_group(f"Yard {number}", organiser)
                    world.add_bot(group, by=organiser)
                    self.organisers[group.id] = organiser
                await world.until(lambda: self._count("Hello, neighbours") >= self.groups, PATIENCE)
                database.write_now(self._put_in)
                await self._kill_at_random(database)
                await self._settle(database)
        finally:
            database.close()
        return self._outcome()

    def _put_in(self, session: Session) -> None:
        ids = [chat.id for chat in session.exec(select(chats.ChatRow))]
        now = datetime.now(UTC)
        for number in range(self.posts):
            kind, urgency = (REPEATED, Urgency.TIMED) if number % 2 else (ASKED, Urgency.NOW)
            session.add(
                OutboxRow(
                    unique_key=f"{kind}:{number}",
                    kind=kind,
                    ref=number,
                    chat_id=ids[number % len(ids)],
                    due_at=now - timedelta(seconds=1),
                    urgency=urgency,
                )
            )

    async def _kill_at_random(self, database: Database) -> None:
        """Each life ends after a random part of what is left to do, so that every one has work."""
        begun_with = self._lines()
        for lives_left in range(self.kills, 0, -1):
            left = max(1, self.posts - (self._lines() - begun_with))
            enough = self._lines() + self.chance.randint(0, max(1, left * 2 // (lives_left + 1)))
            enough = min(enough, begun_with + self.posts)
            await self._until_lines(enough)
            await self.bot.kill()
            database.write_now(end_leases)
            await self.bot.start()

    async def _settle(self, database: Database) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                while await database.read(_open_rows):
                    self._answer_questions()
                    await asyncio.sleep(0.2)
        except TimeoutError as error:
            error.add_note(self.bot.log)
            raise

    async def _until_lines(self, enough: int) -> None:
        try:
            await self.server.world.until(lambda: self._lines() >= enough, PATIENCE)
        except AssertionError as error:
            error.add_note(self.bot.log)
            raise

    def _lines(self) -> int:
        """How long all chats are together; cheaper than to look what they say."""
        return sum(len(chat.log) for chat in self.server.world.chats.values())

    def _answer_questions(self) -> None:
        """The organiser looks above, and says what is there."""
        texts = {message.text.split("\n")[0] for message in self._messages("Tidings")}
        for message in self._messages(QUESTION):
            if message not in self.answered:
                self.answered.add(message)
                named = message.text.split("“")[-1] if "“" in message.text else message.text
                is_there = any(text in named for text in texts if not text.startswith("❓"))
                organiser = self.organisers[message.chat.id]
                self.server.world.tap(organiser, message, "there" if is_there else "again")

    def _messages(self, containing: str) -> list[Message]:
        return [
            message
            for chat in self.server.world.chats.values()
            for message in chat.messages
            if containing in message.text
        ]

    def _count(self, containing: str) -> int:
        return len(self._messages(containing))

    def _outcome(self) -> Outcome:
        assert "ERROR" not in self.bot.log, self.bot.log
        seen = [
            message.text for message in self._messages("Tidings") if QUESTION not in message.text
        ]
        unmarked = Counter(text.split("\n")[0] for text in seen if REPEAT not in text)
        every = {text.split("\n")[0] for text in seen}
        return Outcome(
            posts=self.posts,
            kills=self.kills,
            repeated=sum(REPEAT in text for text in seen),
            asked=len(self.answered),
            lost=sum(f"Tidings {number}." not in every for number in range(self.posts)),
            unmarked_twice=sum(count > 1 for count in unmarked.values()),
        )


def end_leases(session: Session) -> None:
    """Two minutes pass for the rows that a killed process held."""
    session.execute(
        update(OutboxRow)
        .where(col(OutboxRow.state) == OutboxState.SENDING)
        .values(lease_until=col(OutboxRow.due_at))
    )


def _open_rows(session: Session) -> bool:
    states = [OutboxState.DUE, OutboxState.SENDING, OutboxState.UNCERTAIN]
    query = select(OutboxRow.id).where(col(OutboxRow.state).in_(states)).limit(1)
    return session.exec(query).first() is not None
