"""The machine's clock jumps a day, ahead and back: the yard notices nothing, the operator's log does."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, col, select

from bot.clock import TurnableClock
from bot.domain.timekeeping.recurrence import Recurrence, Weekly
from bot.domain.timekeeping.rrule import write_rrule
from bot.store import UnitOfWork
from playground.chats import Chat, Message
from playground.server import Server
from storage import chats, reminders
from storage.database import Database
from storage.delivery.outbox import OutboxRow, OutboxState
from tests.bot_process import BotProcess, killable
from tests.delivery.jumping_bot import set_wrong
from tests.elections.campaign import eventually
from tests.intake.test_order import with_more_groups
from tests.process import PATIENCE
from tests.yard import NOON, Yard

pytestmark = pytest.mark.databases("sqlite")

DAY, STEP = timedelta(days=1), timedelta(hours=4)
STEPS = 18  # three days
YARDS = 6
ON_TIME = timedelta(minutes=1)
AHEAD, BACK = "the machine's clock is +", "the machine's clock is -"
AGAIN = "agrees with Telegram's again"
NOW = "This minute."


@dataclass
class Machine:
    """The clock of the bot's machine: right, until somebody sets it. Its seconds pass as they should."""

    right: TurnableClock
    wrong_by: timedelta = timedelta()

    def now(self) -> datetime:
        return self.right.now() + self.wrong_by

    def monotonic(self) -> float:
        return self.right.monotonic()

    def sleep(self, seconds: float) -> Coroutine[Any, Any, None]:
        return self.right.sleep(seconds)


@dataclass
class Week:
    """Yards with a reminder every four hours of several days, and the machine that remembers them."""

    yard: Yard
    machine: Machine
    groups: list[Chat]
    steps: int = 0

    def due_at(self, step: int) -> datetime:
        return NOON + step * STEP

    async def plan(self) -> None:
        """Each comes once, but for one that comes every day."""
        here = {group.id for group in self.groups}
        every_day = Weekly(frozenset(range(7)), self.due_at(1).time())
        daily = write_rrule(Recurrence(every_day))

        def put_in(work: UnitOfWork) -> None:
            every = work.session.exec(select(chats.ChatRow)).all()
            for chat_id in [chat.id for chat in every if chat.telegram_id in here]:
                for step in range(1, STEPS + 1):
                    remind(work.session, chat_id, f"Shift {step}.", self.due_at(step))
                remind(work.session, chat_id, "Lanterns.", self.due_at(1), rule=daily)
            work.later.wake(self.due_at(1))

        assert self.yard.app is not None
        await self.yard.app.store.run(put_in)

    async def live(self, steps: int) -> None:
        """Let some hours pass, and wait each time until what was due then is said."""
        for _ in range(steps):
            self.steps += 1
            ahead = self.due_at(self.steps) - self.yard.clock.now()
            self.yard.clock.turn(ahead + timedelta(seconds=1))
            await self.yard.world.until(lambda: self._is_told(self.steps), PATIENCE)
            # An answer on which the clock is turned tells the bot a time that is hours old.
            await self._written_down()

    async def _written_down(self) -> None:
        def is_open(work: UnitOfWork) -> bool:
            states = [OutboxState.DUE, OutboxState.SENDING]
            query = select(OutboxRow.id).where(col(OutboxRow.state).in_(states))
            return work.session.exec(query).first() is not None

        await self.yard.written(lambda work: not is_open(work))

    def _is_told(self, step: int) -> bool:
        wanted = {f"⏰ Shift {step}.", *(["⏰ Lanterns."] if step % 6 == 1 else [])}
        return all(wanted <= self._said_lately(group, step) for group in self.groups)

    def _said_lately(self, group: Chat, step: int) -> set[str]:
        newest = group.messages[-4:]
        return {message.text for message in newest if message.date >= self.due_at(step)}

    def check(self) -> None:
        """Everything was said once, on time by Telegram's clock, and nothing else."""
        for group in self.groups:
            said = [m for m in group.messages if m.text.startswith("⏰")]
            counted = Counter(message.text for message in said)
            days = len(range(1, self.steps + 1, 6))
            shifts = {f"⏰ Shift {step}.": 1 for step in range(1, self.steps + 1)}
            assert counted == {**shifts, "⏰ Lanterns.": days}
            lanterns = iter(range(1, self.steps + 1, 6))
            for message in said:
                step = int(message.text.split()[2].rstrip(".")) if "Shift" in message.text else None
                due = self.due_at(step or next(lanterns))
                assert due <= message.date < due + ON_TIME, message.text
        assert self.yard.server.limits.refused == 0

    def alarms(self) -> list[str]:
        """What the log says of the clock, in order."""
        return alarms_in(self.yard.log.lines)


def remind(session: Session, chat_id: int, text: str, at: datetime, *, rule: str = "") -> None:
    reminder = reminders.ReminderRow(
        chat_id=chat_id, text=text, timezone="UTC", rule=rule, next_at=at
    )
    reminders.add(session, reminder)


@pytest.fixture
async def week(bare_yard: Yard) -> AsyncIterator[Week]:
    """The bot at work in many yards, on a machine whose clock is right as yet."""
    yard, machine = bare_yard, Machine(bare_yard.clock)
    yard.machine = machine
    await yard.start()
    groups = await with_more_groups(yard, YARDS)
    yard.server.limits.enforce = True
    week = Week(yard, machine, groups)
    await week.plan()
    yield week
    await yard.stop()


async def test_a_jump_is_seen_through_at_once_and_across_a_restart(week: Week) -> None:
    alarms: list[str] = []
    await week.live(2)
    for jump, alarm in ((DAY, AHEAD), (-DAY, BACK)):
        week.machine.wrong_by = jump
        await week.live(2)
        alarms += [alarm]
        assert week.alarms() == alarms
        await week.yard.restart()
        await week.live(2)
        alarms += [alarm]  # a new process doesn't know that the operator was told
        assert week.alarms() == alarms
        week.machine.wrong_by = timedelta()
        await week.live(2)
        alarms += [AGAIN]
        assert week.alarms() == alarms
    await week.live(STEPS - week.steps)
    assert len(week.yard.log.errors) == 4, "\n".join(week.yard.log.errors)
    week.check()


async def test_a_process_sees_through_a_wrong_clock_from_its_first_second(
    tmp_path: Path,
    sqlite_url: str,
    real_server: Server,
) -> None:
    world, file = real_server.world, tmp_path / "wrong-by-hours"
    set_wrong(file, 0)
    vera = world.add_person("Vera")
    group = world.add_group("Yard 5", vera)
    bot = BotProcess(
        tmp_path, sqlite_url, real_server, ("-m", "tests.delivery.jumping_bot", str(file))
    )
    database = Database(sqlite_url)

    def plan(session: Session) -> None:
        chat_id = session.exec(select(chats.ChatRow)).one().id
        now = datetime.now(UTC)
        remind(session, chat_id, NOW, now)
        for hours in range(1, 30):
            remind(session, chat_id, f"Later {hours}.", now + timedelta(hours=hours))

    async def answers() -> None:
        """The bot is awake: it looked at its clock after this was asked."""
        asked = group.last_message_id
        world.say(group, vera, "/help", ephemeral=False)
        await world.until(
            lambda: any(
                m.message_id > asked and "I help neighbours" in m.text for m in group.messages
            ),
            PATIENCE,
        )

    try:
        async with killable(bot):
            world.add_bot(group, by=vera)
            await world.message(vera, group, "Hello, neighbours", PATIENCE)
            for life, hours in enumerate((24, -24), start=1):
                await bot.kill()
                database.write_now(plan)
                set_wrong(file, hours)
                await bot.start()
                await world.until(lambda: len(posts(group, NOW)) == life, PATIENCE)  # noqa: B023
                for alarms, set_to in enumerate((hours, 0, -hours, 0), start=4 * life - 3):
                    set_wrong(file, set_to)
                    await answers()
                    # By the answer to its answer, which comes after what is seen.
                    await eventually(lambda: len(alarms_in(bot.log.splitlines())) >= alarms)  # noqa: B023
    finally:
        database.close()
    assert not posts(group, "Later")
    assert [m.text for m in posts(group, NOW)] == [f"⏰ {NOW}"] * 2
    first, second = [AHEAD, AGAIN, BACK, AGAIN], [BACK, AGAIN, AHEAD, AGAIN]
    assert alarms_in(bot.log.splitlines()) == first + second


def alarms_in(lines: list[str]) -> list[str]:
    return [words for line in lines for words in (AHEAD, BACK, AGAIN) if words in line]


def posts(group: Chat, words: str) -> list[Message]:
    """What the bot reminded the group of with these words."""
    return [m for m in group.messages if m.text.startswith("⏰") and words in m.text]
