"""Transactions: whole or not at all, on both databases."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlmodel import Session

from storage import chats
from storage.database import Database

pytestmark = pytest.mark.databases("sqlite", "postgresql")

GROUP = -1_001_874_530_229


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.close()


def add(session: Session, number: int = GROUP) -> int:
    return chats.add(session, number, language="en", timezone="Europe/Minsk").id


def known(session: Session, number: int = GROUP) -> bool:
    return chats.find(session, number) is not None


async def test_what_is_written_can_be_read(database: Database) -> None:
    await database.write(add)
    assert await database.read(known)


@pytest.mark.parametrize(
    "error", [ValueError, KeyError, SystemExit, KeyboardInterrupt, asyncio.CancelledError]
)
def test_any_exception_leaves_nothing(database: Database, error: type[BaseException]) -> None:
    def work(session: Session) -> None:
        add(session)
        raise error

    with pytest.raises(error):
        database.write_now(work)
    assert not database.read_now(known)


async def test_a_search_that_finds_nothing_ends_too(database: Database) -> None:
    """Python's futures can't hold a StopIteration, and would leave us waiting for ever."""
    for turn in (database.read, database.write):
        with pytest.raises(RuntimeError):
            await asyncio.wait_for(turn(lambda _: next(iter([]))), timeout=15)


def test_a_broken_rule_of_the_database_leaves_nothing(database: Database) -> None:
    database.write_now(add)

    def work(session: Session) -> None:
        add(session, GROUP - 1)
        add(session)

    with pytest.raises(IntegrityError):
        database.write_now(work)
    assert not database.read_now(lambda session: known(session, GROUP - 1))


def test_a_row_that_points_nowhere_is_refused(database: Database) -> None:
    def work(session: Session) -> None:
        session.execute(
            text(
                "INSERT INTO pending_deletion (chat_id, message_id, due_at) "
                "VALUES (999, 1, '2026-10-21 09:00:00')"
            )
        )

    with pytest.raises(IntegrityError):
        database.write_now(work)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(number=st.integers(min_value=-(2**52), max_value=-1))
def test_telegrams_numbers_fit(database: Database, number: int) -> None:
    def work(session: Session) -> int:
        chat = chats.add(session, number, language="en", timezone="Europe/Minsk")
        session.refresh(chat)
        session.delete(chat)
        return chat.telegram_id

    assert database.write_now(work) == number


async def test_a_read_sees_nothing_that_is_not_committed(database: Database) -> None:
    written, go_on = threading.Event(), threading.Event()

    def work(session: Session) -> None:
        add(session)
        written.set()
        assert go_on.wait(timeout=30)

    writing = asyncio.create_task(database.write(work))
    try:
        assert await asyncio.to_thread(written.wait, 30)
        assert not await database.read(known)
    finally:
        go_on.set()
        await writing
    assert await database.read(known)


async def test_what_a_read_changes_is_thrown_away(database: Database) -> None:
    await database.read(add)
    assert not await database.read(known)


async def test_a_cancelled_handler_does_not_lose_its_commit(database: Database) -> None:
    started, go_on = threading.Event(), threading.Event()

    def work(session: Session) -> None:
        add(session)
        started.set()
        assert go_on.wait(timeout=30)

    handler = asyncio.create_task(database.write(work))
    assert await asyncio.to_thread(started.wait, 30)
    handler.cancel()
    with pytest.raises(asyncio.CancelledError):
        await handler
    go_on.set()
    await asyncio.to_thread(database.close)  # waits for what is running
    after = Database(database.url)
    assert after.read_now(known)
    after.close()


async def test_a_change_that_waits_its_turn_outlives_its_handler(database: Database) -> None:
    go_on = threading.Event()

    def hold(_session: Session) -> None:
        assert go_on.wait(timeout=30)

    holder = asyncio.create_task(database.write(hold))
    handler = asyncio.create_task(database.write(add))
    await asyncio.sleep(0)  # both kinds have been handed over
    handler.cancel()
    with pytest.raises(asyncio.CancelledError):
        await handler
    go_on.set()
    await holder
    await asyncio.to_thread(database.close)
    after = Database(database.url)
    assert after.read_now(known)
    after.close()


async def test_writes_at_once_all_count(database: Database) -> None:
    """Each reads a number and writes it back one higher; none may be lost."""
    await database.write(add)
    writers = 8

    def increment(session: Session) -> None:
        chat = chats.find(session, GROUP)
        assert chat is not None
        chat.timezone = f"{int(chat.timezone.rpartition('/')[2].replace('Minsk', '0')) + 1}"
        session.add(chat)

    await asyncio.gather(*(database.write(increment) for _ in range(writers)))

    def count(session: Session) -> int:
        chat = chats.find(session, GROUP)
        return int(chat.timezone) if chat else -1

    assert await database.read(count) == writers


async def test_two_that_collide_on_postgresql_are_run_again(postgres_url: str) -> None:
    """Two processes: one alone writes one thing after the other."""
    database, another = Database(postgres_url), Database(postgres_url)
    await database.write(add)
    together = threading.Barrier(2)
    runs = []

    def rename(session: Session, other: int) -> None:
        """Both read both rows before either writes: one of them must see the other's change."""
        runs.append(other)
        chat = chats.find(session, GROUP)
        assert chat is not None
        if len(runs) <= 2:
            together.wait(timeout=30)
        chat.timezone += f" {other}"
        session.add(chat)

    await asyncio.gather(
        database.write(lambda session: rename(session, 1)),
        another.write(lambda session: rename(session, 2)),
    )
    zone = await database.read(lambda session: chats.find(session, GROUP).timezone)  # type: ignore[union-attr]
    assert sorted(zone.split()[1:]) == ["1", "2"]
    assert len(runs) > 2
    database.close()
    another.close()


async def test_a_fault_that_will_not_go_away_is_not_tried_again(database: Database) -> None:
    runs = []

    def work(session: Session) -> None:
        runs.append(1)
        session.execute(text("SELECT * FROM nowhere"))

    with pytest.raises(SQLAlchemyError):
        await database.write(work)
    assert len(runs) == 1


async def test_context_of_the_handler_reaches_the_thread(database: Database) -> None:
    from contextvars import ContextVar

    name = ContextVar("name", default="nobody")
    name.set("handler")
    assert await database.read(lambda _session: name.get()) == "handler"
    assert await database.write(lambda _session: name.get()) == "handler"


def test_parameters_are_not_in_the_words_of_an_error(database: Database) -> None:
    with pytest.raises(SQLAlchemyError) as failed:
        database.write_now(
            lambda session: session.execute(
                text("SELECT * FROM nowhere WHERE name = :name"), {"name": "Bahuslava"}
            )
        )
    assert "Bahuslava" not in str(failed.value)


@pytest.mark.parametrize("role", ["write", "read"])
def test_sqlite_is_set_to_keep_and_to_forget(sqlite_url: str, role: str) -> None:
    database = Database(sqlite_url)
    pragmas = ("journal_mode", "synchronous", "secure_delete", "foreign_keys", "busy_timeout")

    def values(session: Session) -> list[object]:
        return [session.execute(text(f"PRAGMA {name}")).scalar_one() for name in pragmas]

    call = database.write_now if role == "write" else database.read_now
    assert call(values) == ["wal", 2, 1, 1, 30000]  # 2 is FULL
    database.close()


def test_what_is_deleted_is_gone_from_the_file(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    secret = "Bahuslava/Nowhere"

    def write(session: Session) -> None:
        for n in range(50):
            chats.add(session, GROUP - n, language="en", timezone=f"{secret}{n}")

    database.write_now(write)
    assert secret.encode() in _everything(database.engine)
    database.write_now(lambda session: session.execute(text("DELETE FROM chat")))
    assert secret.encode() not in _everything(database.engine)
    database.close()


async def test_what_was_erased_is_gone_from_the_write_ahead_log_too(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    secret = b"Bahuslava/Nowhere"

    def write(session: Session) -> None:
        chats.add(session, GROUP, language="en", timezone=secret.decode())

    await database.write(write)
    await database.write(lambda session: session.execute(text("DELETE FROM chat")))
    assert secret in _bytes_on_disk(sqlite_url), "the log still has what was erased"
    assert await database.empty_wal()
    assert secret not in _bytes_on_disk(sqlite_url)
    database.close()


def _bytes_on_disk(url: str) -> bytes:
    file = Path(url.removeprefix("sqlite:///"))
    return b"".join(found.read_bytes() for found in file.parent.glob(f"{file.name}*"))


def _everything(engine: Engine) -> bytes:
    """The bytes of the database file once the log is written back."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.rollback()
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        raw.close()
    assert engine.url.database is not None
    with open(engine.url.database, "rb") as file:
        return file.read()


def test_postgresql_is_serializable(postgres_url: str) -> None:
    database = Database(postgres_url)

    def level(session: Session) -> str:
        return str(session.execute(text("SHOW transaction_isolation")).scalar_one())

    assert database.write_now(level) == "serializable"
    database.close()
