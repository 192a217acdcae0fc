"""What the bot does by itself goes in portions: others write in between, and what was cut off goes on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, insert
from sqlmodel import select

from bot.chores import Chore, Chores, Found, some
from bot.clock import TurnableClock
from bot.feature import DueSource
from bot.safety.keys import Keys
from bot.safety.outlived import OUTLIVED, SHORT_LIVED
from bot.store import Defaults, Store, UnitOfWork
from playground.world import PATIENCE_SECONDS
from storage import chats
from storage.chats import ChatRow, Presence
from storage.database import Database
from storage.delivery import holds
from storage.delivery.holds import HoldRow
from storage.duty import Duty, Task
from storage.handled_updates import HandledUpdateRow
from storage.short_lived import ShortLivedRow
from storage.troubles import UnusableDatabaseError
from tests.yard import LogKeeper

pytestmark = pytest.mark.databases("sqlite", "postgresql")

HOUR = timedelta(hours=1, minutes=1)
THINGS, AT_ONCE = 23, 5


@dataclass
class Bench:
    """A store, and the hourly work on it."""

    store: Store
    clock: TurnableClock
    duty: Duty
    at_work: list[Chores] = field(default_factory=list)

    def begin(
        self, *chores: Chore[int], besides: Sequence[Callable[[], Awaitable[None]]] = ()
    ) -> Chores:
        work = Chores(self.store, self.clock, self.duty, chores, besides)
        self.at_work.append(work)
        work.start()
        return work

    async def until(self, condition: Callable[[UnitOfWork], bool]) -> None:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not await self.store.read(condition):  # noqa: ASYNC110 - nothing there wakes us
                await asyncio.sleep(0.01)


@pytest.fixture
async def bench(database_url: str, clock: TurnableClock) -> AsyncIterator[Bench]:
    database, duty = Database(database_url), Duty(database_url, Task.DELIVERY, bool)
    store = Store(database, clock, Keys(bytes(32)), Defaults("en", "Europe/Minsk"))
    bench = Bench(store, clock, duty)
    yield bench
    for chores in bench.at_work:
        await chores.stop()
    duty.close()
    database.close()


@dataclass
class Numbers:
    """Things that are done once each: number n becomes a chat, and the database refuses a second one."""

    offset: int = 0
    fails_at: int | None = None
    fault: Exception | None = None

    @property
    def chore(self) -> Chore[int]:
        return Chore(self.look, self.do)

    def look(self, work: UnitOfWork, after: int | None) -> Found[int]:
        if len(self.done(work)) == THINGS:
            return Found()
        first = 0 if after is None else after + 1
        return some(range(first, min(first + AT_ONCE, THINGS)), AT_ONCE)

    def do(self, work: UnitOfWork, numbers: Sequence[int]) -> None:
        for number in numbers:
            chats.add(work.session, self.offset - number - 1, language="en", timezone="UTC")
        if self.fault is not None and self.fails_at in numbers:
            raise self.fault

    def done(self, work: UnitOfWork) -> list[int]:
        found = work.session.exec(select(ChatRow.telegram_id)).all()
        return sorted(number for number in range(THINGS) if self.offset - number - 1 in set(found))

    def are_done(self, *numbers: int) -> Callable[[UnitOfWork], bool]:
        return lambda work: self.done(work) == list(numbers)


def marks(number: int, now: datetime) -> Callable[[UnitOfWork], None]:
    """So many updates that were handled three days ago."""
    hour = now - timedelta(days=3)
    rows = [{"bot_id": 7, "update_id": n, "hour": hour} for n in range(number)]
    return lambda work: (work.session.execute(insert(HandledUpdateRow), rows), None)[1]


def remembered(work: UnitOfWork) -> int:
    return work.session.exec(select(func.count()).select_from(HandledUpdateRow)).one()


async def test_others_write_between_two_portions(bench: Bench) -> None:
    await bench.store.run(marks(2_100, bench.clock.now()))
    chores = Chores(bench.store, bench.clock, bench.duty, ())
    seen: set[int] = set()

    async def watch() -> None:
        while 0 not in seen:
            seen.add(await bench.store.run(remembered))

    async with asyncio.timeout(PATIENCE_SECONDS), asyncio.TaskGroup() as both:
        both.create_task(watch())
        both.create_task(chores.go_through(OUTLIVED[0]))
    assert seen - {0, 2_100}, "a tap gets in before all of it is done"


async def test_what_is_over_goes_and_what_isnt_stays(bench: Bench) -> None:
    now = bench.clock.now()
    rows = [
        {"key": n.to_bytes(16, "big"), "sealed": b"x", "expires_at": now + timedelta(hours=n % 2)}
        for n in range(1_300)
    ]
    await bench.store.run(lambda work: work.session.execute(insert(ShortLivedRow), rows) and None)
    chores = Chores(bench.store, bench.clock, bench.duty, ())
    await chores.go_through(SHORT_LIVED)

    def left(work: UnitOfWork) -> list[int]:
        found = work.session.exec(select(ShortLivedRow.key)).all()
        return sorted(int.from_bytes(key, "big") for key in found)

    assert await bench.store.read(left) == list(range(1, 1_300, 2))


async def test_a_hold_stays_where_the_bot_was_removed_meanwhile(bench: Bench) -> None:
    """Else nobody would be told, once it is back, since when it was silent."""
    now = bench.clock.now()
    ended = now - timedelta(days=2)

    def hold(work: UnitOfWork) -> None:
        _add_chat(work, (0, 1))
        for chat in work.session.exec(select(ChatRow)).all():
            holds.hold(work.session, chat.id, ended, ended, is_silenced=True)

    def leave(work: UnitOfWork) -> None:
        _chat_of(work, 1).presence = Presence.AWAY

    def held(work: UnitOfWork) -> list[int]:
        found = work.session.exec(select(HoldRow.chat_id)).all()
        return [number for number in (0, 1) if _chat_of(work, number).id in found]

    *_, idle_holds = OUTLIVED
    await bench.store.run(hold)
    found = await bench.store.read(idle_holds.look, None)
    await bench.store.run(leave)
    assert await bench.store.read(held) == [0, 1]
    await bench.store.run(idle_holds.do, found.things)
    assert await bench.store.read(held) == [1]


async def test_everything_is_done_once_an_hour(bench: Bench) -> None:
    one, other = Numbers(), Numbers(offset=-1_000)
    bench.begin(one.chore, other.chore)
    await bench.until(other.are_done(*range(THINGS)))
    assert await bench.store.read(one.done) == list(range(THINGS))

    later = Numbers(offset=-2_000)
    looked = asyncio.Event()

    async def look() -> None:
        looked.set()

    bench.begin(later.chore, besides=(look,))
    async with asyncio.timeout(PATIENCE_SECONDS):
        await looked.wait()
    assert await bench.store.read(later.done) == list(range(THINGS))


async def test_a_round_cut_off_by_the_database_goes_on_where_it_was(
    bench: Bench, log: LogKeeper
) -> None:
    cut, behind = Numbers(fails_at=12), Numbers(offset=-1_000)
    cut.fault = UnusableDatabaseError("the disk is full")
    bench.begin(cut.chore, behind.chore)
    await bench.until(cut.are_done(*range(10)))
    await bench.until(lambda _: any("hourly work was cut off" in line for line in log.errors))
    assert await bench.store.read(behind.done) == [], "the others wait for the disk too"
    cut.fault = None
    bench.clock.turn(HOUR)
    await bench.until(behind.are_done(*range(THINGS)))
    assert await bench.store.read(cut.done) == list(range(THINGS)), "nothing skipped, nothing twice"
    log.errors.clear()


async def test_what_cant_be_done_keeps_nothing_else_from_its_turn(
    bench: Bench, log: LogKeeper
) -> None:
    spoilt, behind = Numbers(fails_at=12), Numbers(offset=-1_000)
    spoilt.fault = ArithmeticError("a fault of ours")
    bench.begin(spoilt.chore, behind.chore)
    await bench.until(behind.are_done(*range(THINGS)))
    bench.clock.turn(HOUR)
    but_one_portion = [n for n in range(THINGS) if not 10 <= n < 15]
    await bench.until(spoilt.are_done(*but_one_portion))
    assert len([line for line in log.errors if "a part of the hourly work failed" in line]) == 1
    log.errors.clear()


async def test_a_bot_that_stops_begins_nothing_more(bench: Bench) -> None:
    """What is in hand may still be written: nobody waits for more than that."""
    looks: list[int] = []

    def look(_work: UnitOfWork, after: int | None) -> Found[int]:
        looks.append((after or 0) + 1)
        return Found(looks[-1:], go_on=looks[-1])

    chores = bench.begin(Chore(look, _add_chat))
    await bench.until(lambda work: _chats(work) >= 3)
    async with asyncio.timeout(PATIENCE_SECONDS):
        await chores.stop()
    in_hand = len(looks) + 1
    for _ in range(5):
        await bench.store.run(_chats)
    assert len(looks) <= in_hand
    assert await bench.store.run(_chats) <= in_hand


@pytest.mark.databases("postgresql")
async def test_of_several_processes_one_does_it(bench: Bench, database_url: str) -> None:
    other = Duty(database_url, Task.DELIVERY, bool)
    assert await asyncio.to_thread(other.take)
    numbers, looks = Numbers(), asyncio.Queue[None]()

    async def look() -> None:
        looks.put_nowait(None)

    bench.begin(numbers.chore, besides=(look,))
    async with asyncio.timeout(PATIENCE_SECONDS):
        await looks.get()
        assert await bench.store.read(numbers.done) == []
        other.close()
        while not await bench.store.read(numbers.done):
            bench.clock.turn(HOUR)  # the server takes a moment to see that the other is gone
            await looks.get()
    assert await bench.store.read(numbers.done) == list(range(THINGS))


async def test_what_falls_due_at_once_moves_a_few_at_a_time(bench: Bench) -> None:
    moved: list[int] = []

    def next_due(work: UnitOfWork) -> datetime | None:
        return work.now if _chats(work) < THINGS else None

    def look(work: UnitOfWork) -> range:
        return range(_chats(work), min(_chats(work) + 2, THINGS))

    def move(work: UnitOfWork, numbers: range) -> None:
        _add_chat(work, numbers)
        moved.append(len(numbers))

    await DueSource(move, next_due, look).move_due(bench.store)
    assert await bench.store.read(_chats) == THINGS
    assert moved == [2] * 11 + [1]


def _add_chat(work: UnitOfWork, numbers: Sequence[int]) -> None:
    for number in numbers:
        chats.add(work.session, -number - 1, language="en", timezone="UTC")


def _chat_of(work: UnitOfWork, number: int) -> ChatRow:
    return work.session.exec(select(ChatRow).where(ChatRow.telegram_id == -number - 1)).one()


def _chats(work: UnitOfWork) -> int:
    return work.session.exec(select(func.count()).select_from(ChatRow)).one()
