"""A SQLite file to write a copy into: written aside, and put in its place once it is whole."""

from __future__ import annotations

import errno
import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, NullPool, create_engine

from storage.copying.refusals import InUseError
from storage.copying.room import require_empty
from storage.database import engine_of_reader
from storage.troubles import Trouble, UnusableDatabaseError, in_words, said_in_words, trouble_of

_TROUBLES = {
    errno.ENOSPC: Trouble.FULL,
    errno.EDQUOT: Trouble.FULL,
    errno.EROFS: Trouble.READ_ONLY,
    errno.EACCES: Trouble.READ_ONLY,
    errno.EPERM: Trouble.READ_ONLY,
    errno.EIO: Trouble.FAILING,
}


@contextmanager
def target_file(url: URL, *, replaces: bool) -> Iterator[Connection]:
    """Give a connection to an empty file, which takes its place if all goes well and outlives a loss of power
    then. What a killed process left there is written over.

    Raises `NotEmptyError` where there is something that isn't to be replaced, `InUseError` and
    `UnusableDatabaseError`.
    """
    file = Path(url.database or "")
    if file.exists() and not replaces:
        _require_empty(url)
    draft = file.with_name(f"{file.name}.part")
    with _opened(url, draft) as descriptor:
        try:
            with said_in_words(url), _connected(draft) as connection:
                yield connection
            with _said_in_words(url):
                os.fsync(descriptor)
                _let_go_of(file)
                draft.replace(file)
                _remember_names(file.parent)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise


@contextmanager
def _opened(url: URL, draft: Path) -> Iterator[int]:
    """The draft, empty, and written by nobody else as long as this process lives."""
    with _said_in_words(url):
        descriptor = os.open(draft, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # Another may have put it in its place since it was opened here.
            is_there = os.path.samestat(os.fstat(descriptor), draft.stat())
        except (BlockingIOError, FileNotFoundError):
            is_there = False
        if not is_there:
            raise InUseError(f"Somebody else is writing {draft} at this moment.")
        os.ftruncate(descriptor, 0)
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def _connected(draft: Path) -> Iterator[Connection]:
    engine = create_engine(
        URL.create("sqlite", database=str(draft)), hide_parameters=True, poolclass=NullPool
    )
    with engine.begin() as connection:
        # If this fails nothing of the file is wanted.
        connection.exec_driver_sql("PRAGMA journal_mode=OFF")
        connection.exec_driver_sql("PRAGMA synchronous=OFF")
        yield connection


def _require_empty(url: URL) -> None:
    engine = engine_of_reader(url)
    try:
        with said_in_words(url, otherwise=Trouble.CLOSED), engine.connect() as connection:
            require_empty(connection)
    finally:
        engine.dispose()


def _let_go_of(file: Path) -> None:
    """Let nothing lie beside a file that is replaced: SQLite would take it for a part of the new one."""
    if not file.exists():
        return
    try:
        with closing(sqlite3.connect(file, timeout=0)) as connection:
            # It can only be done as long as nobody else has the file open.
            connection.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        if trouble_of(error) is not Trouble.DAMAGED:
            raise InUseError(
                f"Somebody has {file} open: is a bot at work there? Stop it first."
            ) from error
    for ending in ("-wal", "-shm", "-journal"):
        file.with_name(f"{file.name}{ending}").unlink(missing_ok=True)


def _remember_names(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _said_in_words(url: URL) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        trouble = _TROUBLES.get(error.errno or 0, Trouble.CLOSED)
        raise UnusableDatabaseError(in_words(trouble, url)) from error
