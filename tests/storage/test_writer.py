"""What waits for the writer shares a commit, and notices nothing of that."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from storage import chats
from storage.database import Database
from storage.delivery import cards
from storage.delivery.cards import CardRow
from storage.handled_updates import HandledUpdateRow, Mark, Redelivered

pytestmark = pytest.mark.databases("sqlite", "postgresql")

GROUP = -1_001_874_530_229
NOW = datetime(2026, 10, 21, 9, tzinfo=UTC)
BOT = 7_318_529_046


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.close()


@asynccontextmanager
async def busy(database: Database) -> AsyncIterator[None]:
    """The writer is at work: whatever is put in here waits, and is taken together."""
    began, go_on = threading.Event(), threading.Event()

    def hold(_session: Session) -> None:
        began.set()
        assert go_on.wait(timeout=30)

    holding = database.put(hold)
    assert await asyncio.to_thread(began.wait, 30)
    try:
        yield
    finally:
        go_on.set()
        await holding


def mark(number: int) -> Mark:
    return Mark(BOT, number, NOW)


class Refusal(Exception):
    """A use case says no."""


def add(session: Session, number: int = GROUP) -> int:
    return chats.add(session, number, language="en", timezone="0").id


def count_up(session: Session, number: int = GROUP) -> int:
    chat = chats.find(session, number)
    assert chat is not None
    chat.timezone = str(int(chat.timezone) + 1)
    session.add(chat)
    return int(chat.timezone)


def standing(session: Session) -> dict[int, int]:
    return {chat.telegram_id: int(chat.timezone) for chat in session.exec(select(chats.ChatRow))}


def marks(session: Session) -> set[int]:
    return {row.update_id for row in session.exec(select(HandledUpdateRow))}


# Any use cases at once end as they would one after the other.


@dataclass(frozen=True)
class Deed:
    """A use case: what it does to which chat, whether it says no at last, and for which update."""

    does: str
    chat: int
    update: int | None
    says_no: bool

    def run(self, session: Session) -> int:
        known = chats.find(session, -self.chat) is not None
        if self.does == "add":
            result = add(session, -self.chat)
        elif not known:
            raise Refusal
        elif self.does == "forget":
            session.execute(text("DELETE FROM chat WHERE telegram_id = :n"), {"n": -self.chat})
            result = 0
        else:
            result = count_up(session, -self.chat)
        if self.says_no:
            raise Refusal
        return result


DEEDS = st.builds(
    Deed,
    does=st.sampled_from(["add", "count", "count", "forget"]),
    chat=st.integers(1, 3),
    update=st.none() | st.integers(1, 6),
    says_no=st.booleans(),
)


def expected(deeds: list[Deed]) -> tuple[list[object], dict[int, int], set[int]]:
    """How each ends, which chats are left and which updates are done, if each has its turn."""
    ends: list[object] = []
    left: dict[int, int] = {}
    done: set[int] = set()
    for deed in deeds:
        after = dict(left)
        if deed.update in done:
            ends.append(Redelivered)
            continue
        if (deed.does == "add") == (-deed.chat in left):
            ends.append(IntegrityError if deed.does == "add" else Refusal)
            continue
        if deed.does == "forget":
            del after[-deed.chat]
        else:
            after[-deed.chat] = after.get(-deed.chat, -1) + 1
        if deed.says_no:
            ends.append(Refusal)
            continue
        ends.append(None if deed.does == "add" else after.get(-deed.chat, 0))
        left = after
        if deed.update is not None:
            done.add(deed.update)
    return ends, left, done


@settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@example([Deed("add", 1, 1, True), Deed("add", 1, 1, False), Deed("count", 1, 1, False)])
@example([Deed("add", 1, None, False), Deed("add", 1, 2, False), Deed("count", 1, 2, False)])
@given(deeds=st.lists(DEEDS, min_size=2, max_size=12))
async def test_together_is_one_after_the_other(database: Database, deeds: list[Deed]) -> None:
    await database.write(_empty)
    async with busy(database):
        waiting = [
            database.put(deed.run, None if deed.update is None else mark(deed.update))
            for deed in deeds
        ]
    ends = await asyncio.gather(*waiting, return_exceptions=True)
    should, left, done = expected(deeds)
    assert [_kind(end, deed) for end, deed in zip(ends, deeds, strict=True)] == should
    assert await database.read(standing) == left
    assert await database.read(marks) == done


def _kind(end: object, deed: Deed) -> object:
    if isinstance(end, BaseException):
        return type(end)
    return None if deed.does == "add" else end


def _empty(session: Session) -> None:
    session.execute(text("DELETE FROM chat"))
    session.execute(text("DELETE FROM handled_update"))


async def test_first_in_first_out(database: Database) -> None:
    await database.write(add)
    async with busy(database):
        waiting = [database.put(count_up) for _ in range(200)]
    assert await asyncio.gather(*waiting) == list(range(1, 201))


async def test_nobody_is_told_before_the_commit(database: Database) -> None:
    await database.write(add)
    reached, go_on = threading.Event(), threading.Event()

    def dawdle(_session: Session) -> None:
        reached.set()
        assert go_on.wait(timeout=30)

    async with busy(database):
        counted, dawdling = database.put(count_up), database.put(dawdle)
    assert await asyncio.to_thread(reached.wait, 30)
    assert not counted.done()
    assert await database.read(standing) == {GROUP: 0}
    go_on.set()
    await dawdling
    assert counted.result() == 1


async def test_what_cannot_be_committed_is_told_to_all_who_share_it(database: Database) -> None:
    await database.write(_make_promises)
    async with busy(database):
        waiting: list[asyncio.Future[Any]] = [
            database.put(each) for each in (add, _break_promise, count_up)
        ]
    ends = await asyncio.gather(*waiting, return_exceptions=True)
    assert [type(end) for end in ends] == [IntegrityError] * 3
    assert await database.read(standing) == {}
    assert await database.write(add)


def _make_promises(session: Session) -> None:
    chat = "INTEGER REFERENCES chat (id) DEFERRABLE INITIALLY DEFERRED"
    session.execute(text(f"CREATE TABLE promise (chat_id {chat})"))


def _break_promise(session: Session) -> None:
    session.execute(text("INSERT INTO promise (chat_id) VALUES (999)"))


async def test_a_refusal_of_the_database_costs_its_own_use_case_only(database: Database) -> None:
    runs: list[str] = []

    def note(name: str, work: Callable[[Session], Any]) -> Callable[[Session], Any]:
        def noted(session: Session) -> Any:
            runs.append(name)
            return work(session)

        return noted

    await database.write(add)
    async with busy(database):
        waiting = [
            database.put(note("before", count_up), mark(1)),
            database.put(note("twice", add), mark(2)),
            database.put(note("after", count_up), mark(3)),
        ]
    before, twice, after = await asyncio.gather(*waiting, return_exceptions=True)
    assert (before, type(twice), after) == (1, IntegrityError, 2)
    assert await database.read(marks) == {1, 3}
    assert runs == ["before", "twice", "before", "twice", "after"]


async def test_a_use_case_that_swallows_an_error_spoils_nobody_elses(database: Database) -> None:
    def swallow(session: Session) -> None:
        with pytest.raises(IntegrityError):
            add(session)

    await database.write(add)
    async with busy(database):
        waiting: list[asyncio.Future[Any]] = [
            database.put(each) for each in (count_up, swallow, count_up)
        ]
    before, _, after = await asyncio.gather(*waiting, return_exceptions=True)
    assert (before, after) == (1, 2)


@pytest.mark.databases("postgresql")
async def test_a_connection_that_is_lost_costs_nobody_their_use_case(database: Database) -> None:
    killed: list[int] = []

    def lose_connection(session: Session) -> None:
        if not killed:
            killed.append(
                session.connection().execute(text("SELECT pg_backend_pid()")).scalar_one()
            )
            kill = text("SELECT pg_terminate_backend(:pid, 10000)").bindparams(pid=killed[0])
            database.read_now(lambda other: other.connection().execute(kill).scalar_one())

    await database.write(add)
    async with busy(database):
        waiting: list[asyncio.Future[Any]] = [
            database.put(each) for each in (count_up, lose_connection, count_up)
        ]
    assert await asyncio.gather(*waiting) == [1, None, 2]


@pytest.mark.databases("postgresql")
async def test_nobody_takes_the_writers_connection(database: Database) -> None:
    """All who read are at it, and rows are being written anew."""
    looking, go_on = threading.Barrier(4), threading.Event()

    def look(session: Session) -> None:
        session.connection()
        looking.wait(timeout=30)
        assert go_on.wait(timeout=30)

    reading = [asyncio.ensure_future(database.read(look)) for _ in range(3)]
    await asyncio.to_thread(looking.wait, 30)
    with database.engine.connect():
        try:
            async with asyncio.timeout(10):
                assert await database.write(add)
        finally:
            go_on.set()
    await asyncio.gather(*reading)


async def test_a_card_is_marked_once_a_commit(database: Database) -> None:
    def begin(session: Session) -> None:
        cards.add(session, CardRow(kind="test", ref=1, chat_id=add(session), message_id=7))

    def redraw(session: Session) -> None:
        cards.mark_dirty(session, "test", 1, NOW)

    def think_better(session: Session) -> None:
        redraw(session)
        raise Refusal

    def changes(session: Session) -> int:
        return session.exec(select(CardRow.changes)).one()

    await database.write(begin)
    async with busy(database):
        waiting = [database.put(redraw) for _ in range(9)]
    await asyncio.gather(*waiting)
    assert await database.read(changes) == 1
    async with busy(database):
        waiting = [database.put(think_better) for _ in range(2)]
    await asyncio.gather(*waiting, return_exceptions=True)
    assert await database.read(changes) == 1


async def test_upkeep_comes_between_two_transactions(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    await database.write(add)
    async with busy(database):
        counted = [database.put(count_up)]
        upkeep = asyncio.ensure_future(database.maintain(lambda c: c.connection.in_transaction))
        await asyncio.sleep(0)
        counted.append(database.put(count_up))
    assert await asyncio.gather(*counted) == [1, 2]
    assert not await upkeep
    database.close()


async def test_what_was_put_is_written_before_the_database_closes(database: Database) -> None:
    async with busy(database):
        added = database.put(add)
    await asyncio.to_thread(database.close)
    await added
    with pytest.raises(RuntimeError):
        database.put(add)


KILLED = """
import asyncio, os, signal, sys
from storage.database import Database
from tests.storage.test_writer import add, busy, mark

async def main() -> None:
    database = Database(sys.argv[1])
    await database.write(lambda session: add(session, -1))
    print("told 1", flush=True)
    async with busy(database):
        for number in (2, 3):
            put = database.put(lambda session, number=number: add(session, -number), mark(number))
            put.add_done_callback(lambda _: print("told more", flush=True))
        database.put(lambda _: os.kill(os.getpid(), signal.SIGKILL))
    await asyncio.sleep(30)

asyncio.run(main())
"""


def test_killed_in_the_middle_nothing_is_told_and_nothing_kept(database: Database) -> None:
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, database.url],
        check=False,
        stdout=subprocess.PIPE,
        text=True,
        timeout=60,
    )
    assert killed.returncode == -9
    assert killed.stdout == "told 1\n"
    assert database.read_now(standing) == {-1: 0}
    assert database.read_now(marks) == set()
