"""Who works on a database: bots share one that has a server, a SQLite file belongs to one process, and what
changes a whole database at once has it to itself.

Locks tell it, and whoever held one is gone without a trace when its process dies: on SQLite a lock of the
system's on an empty file beside the database, which stays there; on PostgreSQL an advisory lock, of every
connection that a bot has: one that lost some works on by those that hold it.
"""

from __future__ import annotations

import errno
import fcntl
import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, text
from sqlalchemy.engine import make_url

from storage.troubles import (
    Trouble,
    UnusableDatabaseError,
    files_said_in_words,
    name_of,
    said_in_words,
)

logger = logging.getLogger(__name__)

_PRESENCE = 7_246_176
# Whoever only asks holds a file for an instant, and who ends lets go a little later.
_ATTEMPTS = 20
_SECONDS_BETWEEN = 0.05

# Telling one lock that is taken from a file system that has none.
_TAKEN = (errno.EWOULDBLOCK, errno.EACCES)

# The server finds out within a minute that a machine is gone without a word, and ends nobody who is only
# silent. Before PostgreSQL 14 it knew no such end.
_LIVING = """
    SET tcp_keepalives_idle = 20; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3;
    SELECT set_config(name, '0', false) FROM pg_settings WHERE name = 'idle_session_timeout'
"""
_BESIDE_OTHERS = f"SELECT pg_try_advisory_lock_shared({_PRESENCE})"
_ALONE = f"SELECT pg_try_advisory_lock({_PRESENCE})"
_KEY_CHECK = "SELECT key_check FROM instance"
# Looked up, not tried: a bot that starts in this instant isn't turned away.
_IN_USE = text(
    """
    SELECT EXISTS (
        SELECT FROM pg_locks
        WHERE locktype = 'advisory' AND granted AND classid = 0 AND objid = :presence AND objsubid = 1
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    )
    """
).bindparams(presence=_PRESENCE)


class OccupiedDatabaseError(UnusableDatabaseError):
    """Another process works on the database; the message says what to do."""


class ChangedKeyError(UnusableDatabaseError):
    """The database got another key while this process wasn't there; the message says what to do."""


def is_in_use(url: str) -> bool:
    """Whether a bot works on this database, or somebody has it to themselves. Changes and disturbs nothing.

    Raises `UnusableDatabaseError` where that can't be asked.
    """
    address = make_url(url)
    if address.get_backend_name() != "sqlite":
        with _connected(address) as connection:
            return bool(connection.execute(_IN_USE).scalar())
    with files_said_in_words(address):
        try:
            lock = os.open(_lock_file(address), os.O_RDONLY)
        except FileNotFoundError:
            return False
    try:
        return not _try_lock(lock, fcntl.LOCK_SH, address)
    finally:
        os.close(lock)


def alone_on(url: str) -> AbstractContextManager[None]:
    """Have a database to oneself: no bot works on it, and none starts until this is left.

    A SQLite file needn't be there yet, its folder must. Entering raises `OccupiedDatabaseError` where a bot
    works on it or somebody else has it, and `UnusableDatabaseError` where that can't be told.
    """
    return _held(make_url(url), _ALONE)


def present_on(url: str) -> AbstractContextManager[None]:
    """Be a bot that works on a database: beside others on PostgreSQL, alone on SQLite. Raises as `alone_on`
    does."""
    return _held(make_url(url), _BESIDE_OTHERS)


def stay_present(engine: Engine, is_ours: Callable[[bytes], bool]) -> None:
    """Let each connection that a bot makes to PostgreSQL from now on be present for as long as it lives.

    `is_ours` tells by a check value whether the database's key is still the bot's: it may have been away when
    the key was changed. Connecting raises `OccupiedDatabaseError` where somebody has the database to
    themselves, and `ChangedKeyError`.
    """
    if engine.dialect.name != "sqlite":
        event.listen(engine, "connect", partial(_join, address=engine.url, is_ours=is_ours))
        engine.dispose()  # those from before aren't


def _join(
    connection: Any, _record: object, *, address: URL, is_ours: Callable[[bytes], bool]
) -> None:
    """Be present on this connection of the driver's, or close it and say why not."""
    with connection.transaction():
        connection.execute(_LIVING)
        is_free = connection.execute(_BESIDE_OTHERS).fetchone()[0]
    # Looked at only then: from here on nobody changes it.
    with connection.transaction():
        known = connection.execute(_KEY_CHECK).fetchone() if is_free else None
    if is_free and (known is None or is_ours(known[0])):
        return
    connection.close()
    if not is_free:
        raise OccupiedDatabaseError(_words(address))
    raise ChangedKeyError(
        f"{name_of(address)} got another key while this process couldn't reach it, so this one ends. If the "
        "new key isn't in KEY_FILE here yet, put it there; then start again."
    )


@contextmanager
def _held(address: URL, lock: str) -> Iterator[None]:
    if address.get_backend_name() == "sqlite":
        with _locked(address):
            yield
        return
    with _connected(address) as connection:
        if not _soon(lambda: bool(connection.exec_driver_sql(lock).scalar())):
            raise OccupiedDatabaseError(_words(address))
        yield


@contextmanager
def _connected(address: URL) -> Iterator[Connection]:
    engine = create_engine(
        address, hide_parameters=True, poolclass=NullPool, isolation_level="AUTOCOMMIT"
    )
    with said_in_words(address, otherwise=Trouble.CLOSED):
        connection = engine.connect()
    with connection:
        connection.exec_driver_sql(_LIVING)
        yield connection


def _soon(try_lock: Callable[[], bool]) -> bool:
    """Whether it is there now, or within a second."""
    for _ in range(_ATTEMPTS):
        if try_lock():
            return True
        time.sleep(_SECONDS_BETWEEN)
    return try_lock()


@contextmanager
def _locked(address: URL) -> Iterator[None]:
    with files_said_in_words(address):
        # For writing too: a file system of the network gives nobody else a lock of one's own.
        lock = os.open(_lock_file(address), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if not _soon(lambda: _try_lock(lock, fcntl.LOCK_EX, address)):
            raise OccupiedDatabaseError(_words(address))
        yield
    finally:
        os.close(lock)


def _try_lock(lock: int, kind: int, address: URL) -> bool:
    """Whether a lock on the file is ours now. Where the file system has no locks, nobody else has one."""
    try:
        fcntl.flock(lock, kind | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _TAKEN:
            return False
        logger.warning(
            "the folder %s knows no locks: nothing keeps a second process from working on this database, "
            "so see to it that there is none",
            _lock_file(address).parent,
        )
    return True


def _lock_file(address: URL) -> Path:
    """Beside the database, links seen through: not the database itself, which may be put in place anew."""
    file = Path(address.database or "").resolve()
    return file.with_name(f"{file.name}.lock")


def _words(address: URL) -> str:
    occupied = (
        f"{name_of(address)} is in use: a bot works on it, or a command that has it to itself."
    )
    if address.get_backend_name() != "sqlite":
        return f"{occupied} Stop the bots, or wait until the command is done, and try again."
    return (
        f"{occupied} Two would spoil each other's work, so this one ends. Stop the other one first. Several "
        "can share the work on PostgreSQL, see docs/scale.md."
    )
