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

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from storage.changes import note_changes, noting
from storage.troubles import Trouble, UnusableDatabaseError, in_words, said_in_words

logger = logging.getLogger(__name__)

T = TypeVar("T")

# Serialization failure and deadlock: PostgreSQL asks that the transaction be run again.
_RETRIED_SQLSTATES = ("40001", "40P01")
_MOST_ATTEMPTS = 12
_BUSY_MILLISECONDS = 30_000
# Readers come first: so long a writer waits for them to leave a gap in the write-ahead log.
_READERS_LEAVE_MILLISECONDS = 50


class Database:
    """SQLite (one writer thread, WAL) or PostgreSQL (a small pool, SERIALIZABLE), behind two calls.

    `write` and `read` run a plain function with a session off the event loop. `write` commits when it
    returns and rolls back when it raises; on PostgreSQL it may run the function again. Both raise
    `UnusableDatabaseError` where the disk beneath is full, failing or read-only.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.is_sqlite = make_url(url).get_backend_name() == "sqlite"
        # Names of tables that were written since somebody last cleared them from here.
        self.changed: set[str] = set()
        if self.is_sqlite:
            self._write_engine = _sqlite_engine(url, begin="BEGIN IMMEDIATE", connections=1)
            self._read_engine = _sqlite_engine(url, begin="BEGIN", connections=2)
            self._writers = ThreadPoolExecutor(1, thread_name_prefix="writer")
            self._readers = ThreadPoolExecutor(2, thread_name_prefix="reader")
        else:
            self._write_engine = _postgresql_engine(url)
            # One snapshot, and no serialization failure that a mere look would have to repeat.
            self._read_engine = self._write_engine.execution_options(
                isolation_level="REPEATABLE READ"
            )
            self._writers = self._readers = ThreadPoolExecutor(4, thread_name_prefix="database")
        note_changes(self._write_engine)

    @property
    def engine(self) -> Engine:
        """The engine that writes; for migrations and maintenance."""
        return self._write_engine

    async def write(self, work: Callable[[Session], T]) -> T:
        """Run `work` in a transaction of its own. Durable when this returns."""
        return await self._off_loop(self._writers, self.write_now, work)

    async def read(self, query: Callable[[Session], T]) -> T:
        """Run `query` beside the writer; whatever it changes is thrown away."""
        return await self._off_loop(self._readers, self.read_now, query)

    def write_now(self, work: Callable[[Session], T]) -> T:
        """`write` for callers without an event loop: start-up and maintenance."""
        with said_in_words(self.engine.url):
            return _again_after_collision(lambda: self._write_once(work))

    def read_now(self, query: Callable[[Session], T]) -> T:
        """`read` for callers without an event loop."""
        with said_in_words(self.engine.url):
            return _again_after_collision(lambda: self._read_once(query))

    async def maintain(self, work: Callable[[sqlite3.Cursor], T]) -> T:
        """Run `work` on SQLite's one writing connection, between two transactions of others."""
        loop = asyncio.get_running_loop()
        # Shielded as in `_off_loop`.
        return await asyncio.shield(loop.run_in_executor(self._writers, self._maintain, work))

    async def empty_wal(self) -> bool:
        """Have what SQLite keeps in its write-ahead log written back, and nothing left in it.

        False where somebody reads an older state at the moment.
        """
        return await self.maintain(_empty_wal)

    def close(self) -> None:
        """Finish what is running, then let go of every connection."""
        self._writers.shutdown()
        self._readers.shutdown()
        self._write_engine.dispose()
        self._read_engine.dispose()

    def _write_once(self, work: Callable[[Session], T]) -> T:
        with (
            Session(self._write_engine, expire_on_commit=False) as session,
            noting(session) as changes,
        ):
            result = work(session)
            session.commit()
            self.changed |= changes.tables
            return result

    def _read_once(self, query: Callable[[Session], T]) -> T:
        with Session(self._read_engine, expire_on_commit=False) as session:
            return query(session)

    def _maintain(self, work: Callable[[sqlite3.Cursor], T]) -> T:
        with said_in_words(self.engine.url):
            connection = self._write_engine.raw_connection()
            try:
                cursor: Any = connection.cursor()
                return work(cursor)
            finally:
                connection.close()

    @staticmethod
    async def _off_loop(
        pool: ThreadPoolExecutor,
        call: Callable[[Callable[[Session], T]], T],
        work: Callable[[Session], T],
    ) -> T:
        context = contextvars.copy_context()
        loop = asyncio.get_running_loop()
        # Shielded: a cancelled handler must not leave its commit half known.
        return await asyncio.shield(
            loop.run_in_executor(pool, context.run, _without_stopping, call, work)
        )


def _empty_wal(cursor: sqlite3.Cursor) -> bool:
    try:
        cursor.execute(f"PRAGMA busy_timeout={_READERS_LEAVE_MILLISECONDS}")
        is_busy, _, _ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        cursor.execute(f"PRAGMA busy_timeout={_BUSY_MILLISECONDS}")
    return not is_busy


def _without_stopping(
    call: Callable[[Callable[[Session], T]], T], work: Callable[[Session], T]
) -> T:
    """A future can't hold a StopIteration: whoever waits for it would wait for ever."""
    try:
        return call(work)
    except StopIteration as error:
        raise RuntimeError("something was looked for and wasn't there") from error


def _again_after_collision(transaction: Callable[[], T]) -> T:
    """Run a transaction, again where PostgreSQL asks for that; a serializable reader can collide too."""
    for attempt in range(1, _MOST_ATTEMPTS):
        try:
            return transaction()
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) not in _RETRIED_SQLSTATES:
                raise
            # Jitter, or the two that collided collide again. Off the event loop, so sleeping is fine.
            time.sleep(random.uniform(0, 0.01 * attempt))  # noqa: S311
    return transaction()


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


def _sqlite_engine(url: str, *, begin: str, connections: int) -> Engine:
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
        pool_size=4,
        max_overflow=0,
        pool_pre_ping=True,
        isolation_level="SERIALIZABLE",
    )


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
        if not engine.dialect.has_table(connection, "alembic_version"):
            return None
        version: str | None = connection.execute(
            text("SELECT version_num FROM alembic_version")
        ).scalar_one_or_none()
        return version
