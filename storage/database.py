"""The database: one writer, readers beside it, a schema brought up to date at start."""

from __future__ import annotations

import asyncio
import contextvars
import logging
import random
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlmodel import Session

from storage.changes import note_changes
from storage.handled_updates import Mark
from storage.running import again_after_collision, without_stopping
from storage.troubles import Trouble, UnusableDatabaseError, in_words, said_in_words
from storage.writer import Writer

logger = logging.getLogger(__name__)

T = TypeVar("T")

_MOST_ATTEMPTS = 12
_BUSY_MILLISECONDS = 30_000
# Readers come first: so long a writer waits for them to leave a gap in the write-ahead log.
_READERS_LEAVE_MILLISECONDS = 50


class Database:
    """SQLite (WAL) or PostgreSQL (SERIALIZABLE), behind two calls: one thread writes, a few read beside it.

    `write` and `read` run a plain function with a session off the event loop. `write` commits when it
    returns and rolls back when it raises; it may run the function again, from the same state, where the
    database refused a transaction. Both raise `UnusableDatabaseError` where the disk beneath is full, failing
    or read-only.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.is_sqlite = make_url(url).get_backend_name() == "sqlite"
        # Names of tables that were written since somebody last cleared them from here.
        self.changed: set[str] = set()
        if self.is_sqlite:
            self._write_engine = _sqlite_engine(url, begin="BEGIN IMMEDIATE", connections=1)
            self._read_engine = _sqlite_engine(url, begin="BEGIN", connections=2)
            self._readers = ThreadPoolExecutor(2, thread_name_prefix="reader")
        else:
            self._write_engine = _postgresql_engine(url)
            # One snapshot, and no serialization failure that a mere look would have to repeat.
            self._read_engine = self._write_engine.execution_options(
                isolation_level="REPEATABLE READ"
            )
            self._readers = ThreadPoolExecutor(3, thread_name_prefix="reader")
        note_changes(self._write_engine)
        self._writer = Writer(self._write_engine, self.changed.update)

    @property
    def engine(self) -> Engine:
        """The engine that writes; for migrations and maintenance."""
        return self._write_engine

    def on_commit(self, listener: Callable[[int], None]) -> None:
        """Call `listener`, in the writer's thread, after each commit with how many use cases shared it."""
        self._writer.on_commit(listener)

    def on_refusal(self, listener: Callable[[], None]) -> None:
        """Call `listener`, in the writer's thread, where a commit failed because the disk is full, failing or
        read-only."""
        self._writer.on_refusal(listener)

    async def write(self, work: Callable[[Session], T]) -> T:
        """Run `work` in a transaction, with nobody else's changes half done. Durable when this returns."""
        return await self.put(work)

    def put(self, work: Callable[[Session], T], mark: Mark | None = None) -> asyncio.Future[T]:
        """The same, once for the update of a `mark`: the future raises `Redelivered` where it had its effect
        before. It stands in the queue when this returns; what is put later is written later."""
        return self._writer.put(work, mark)

    async def read(self, query: Callable[[Session], T]) -> T:
        """Run `query` beside the writer; whatever it changes is thrown away."""
        context = contextvars.copy_context()
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._readers, context.run, self.read_now, query)

    def write_now(self, work: Callable[[Session], T]) -> T:
        """`write` for callers without an event loop: start-up and maintenance."""
        return self._writer.put_now(work).result()

    def read_now(self, query: Callable[[Session], T]) -> T:
        """`read` for callers without an event loop."""
        with said_in_words(self.engine.url):
            return again_after_collision(lambda: self._read_once(query))

    async def maintain(self, work: Callable[[sqlite3.Cursor], T]) -> T:
        """Run `work` on SQLite's one writing connection, between two transactions of others."""
        return await self._writer.put_upkeep(work)

    async def empty_wal(self) -> bool:
        """Have what SQLite keeps in its write-ahead log written back, and nothing left in it.

        False where somebody reads an older state at the moment.
        """
        return await self.maintain(_empty_wal)

    def close(self) -> None:
        """Finish what is running, then let go of every connection."""
        self._writer.close()
        self._readers.shutdown()
        self._write_engine.dispose()
        self._read_engine.dispose()

    def _read_once(self, query: Callable[[Session], T]) -> T:
        with Session(self._read_engine, expire_on_commit=False) as session:
            return without_stopping(query, session)


def _empty_wal(cursor: sqlite3.Cursor) -> bool:
    try:
        cursor.execute(f"PRAGMA busy_timeout={_READERS_LEAVE_MILLISECONDS}")
        is_busy, _, _ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        cursor.execute(f"PRAGMA busy_timeout={_BUSY_MILLISECONDS}")
    return not is_busy


def _again_while_busy(step: Callable[[], object]) -> None:
    """Where several come first to a new file, SQLite turns all but one away from making it a WAL
    database at once, whatever the busy timeout says: each would wait for the other's lock."""
    for _ in range(_MOST_ATTEMPTS):
        try:
            step()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            time.sleep(random.uniform(0, 0.05))  # noqa: S311
        else:
            return
    step()


def _sqlite_engine(url: str | URL, *, begin: str, connections: int) -> Engine:
    engine = create_engine(
        url,
        hide_parameters=True,
        pool_size=connections,
        max_overflow=0,
        connect_args={"timeout": 30, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver's own BEGIN comes too late and too weak
        cursor = connection.cursor()
        _again_while_busy(lambda: cursor.execute("PRAGMA journal_mode=WAL"))
        for pragma in (
            "synchronous=FULL",
            f"busy_timeout={_BUSY_MILLISECONDS}",
            "foreign_keys=ON",
            "secure_delete=ON",
            "temp_store=MEMORY",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin_transaction(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _postgresql_engine(url: str) -> Engine:
    return create_engine(
        url,
        hide_parameters=True,
        # The writer, three who read, and one who writes rows anew: nobody waits for another's.
        pool_size=5,
        max_overflow=0,
        pool_pre_ping=True,
        isolation_level="SERIALIZABLE",
    )


def engine_of_reader(url: str | URL) -> Engine:
    """Return an engine of one connection, whose transaction sees everything as it was when it began, beside
    whoever writes."""
    if make_url(url).get_backend_name() == "sqlite":
        return _sqlite_engine(url, begin="BEGIN", connections=1)
    return create_engine(
        url,
        hide_parameters=True,
        poolclass=NullPool,
        isolation_level="REPEATABLE READ",
        execution_options={"postgresql_readonly": True},
    )


_SIZES = {
    "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
    "postgresql": "SELECT pg_database_size(current_database())",
}


def size(connection: Connection) -> int:
    """Bytes that the database takes on the disk, without a write-ahead log."""
    return int(connection.execute(text(_SIZES[connection.dialect.name])).scalar_one())


def is_up(url: str) -> bool:
    """Whether the database's server lets anybody in yet; SQLite has none. Waits for it five seconds at most.

    Where it is up it may still know neither this user nor this database.
    """
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        return True
    from psycopg import ProgrammingError, pq
    from psycopg.conninfo import make_conninfo

    _, how = address.get_dialect()().create_connect_args(address)
    try:
        known_as = make_conninfo(**{"connect_timeout": 5, **how})
    except ProgrammingError:
        return True  # an option that isn't known: connecting will say so
    # The server's own words, in its own language, needn't be understood for this.
    return pq.PGconn.ping(known_as.encode()) not in (pq.Ping.REJECT, pq.Ping.NO_RESPONSE)


def require_whole(engine: Engine) -> None:
    """Go on only where the database can be opened and, on SQLite, no page of it is damaged: all are looked
    at, which takes about a second for a gigabyte. Raises `UnusableDatabaseError`."""
    with said_in_words(engine.url, otherwise=Trouble.CLOSED), engine.connect() as connection:
        if engine.dialect.name != "sqlite":
            return
        found: str = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
        if found != "ok":
            raise UnusableDatabaseError(in_words(Trouble.DAMAGED, engine.url))


def schema_version(engine: Engine) -> str | None:
    """The revision that the database stands at; None where it is new. Raises `UnusableDatabaseError`."""
    with said_in_words(engine.url, otherwise=Trouble.CLOSED), engine.connect() as connection:
        return revision_in(connection)


def revision_in(connection: Connection) -> str | None:
    """The same, as the connection's transaction sees it."""
    if not connection.dialect.has_table(connection, "alembic_version"):
        return None
    version: str | None = connection.execute(
        text("SELECT version_num FROM alembic_version")
    ).scalar_one_or_none()
    return version
