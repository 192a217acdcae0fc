"""What keeps a database from working, said in words that name the place: a full disk is no fault of ours."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum, auto
from pathlib import Path

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError


class UnusableDatabaseError(Exception):
    """The database can't be used as it is; the message says where it is, why, and what to do."""


class Trouble(Enum):
    """What is wrong beneath the database."""

    # It can't be opened at all, for a reason that only whoever set it up can know.
    CLOSED = auto()
    # There is none yet.
    EMPTY = auto()
    DAMAGED = auto()
    FULL = auto()
    FORBIDDEN = auto()
    # It was there at first.
    LOST = auto()
    READ_ONLY = auto()
    # The disk answers with errors.
    FAILING = auto()


# https://www.sqlite.org/rescode.html
_OF_SQLITE = {
    sqlite3.SQLITE_CANTOPEN: Trouble.CLOSED,
    sqlite3.SQLITE_CORRUPT: Trouble.DAMAGED,
    sqlite3.SQLITE_NOTADB: Trouble.DAMAGED,
    sqlite3.SQLITE_FULL: Trouble.FULL,
    sqlite3.SQLITE_READONLY: Trouble.READ_ONLY,
    sqlite3.SQLITE_PERM: Trouble.READ_ONLY,
    sqlite3.SQLITE_IOERR: Trouble.FAILING,
}
# https://www.postgresql.org/docs/current/errcodes-appendix.html
_OF_POSTGRESQL = {
    "XX001": Trouble.DAMAGED,
    "XX002": Trouble.DAMAGED,
    "53100": Trouble.FULL,
    "25006": Trouble.READ_ONLY,
    "42501": Trouble.FORBIDDEN,
    "58030": Trouble.FAILING,
}
_OF_SYSTEM = {
    errno.ENOSPC: Trouble.FULL,
    errno.EDQUOT: Trouble.FULL,
    errno.EROFS: Trouble.READ_ONLY,
    errno.EACCES: Trouble.READ_ONLY,
    errno.EPERM: Trouble.READ_ONLY,
    errno.EIO: Trouble.FAILING,
}
_WORDS = {
    Trouble.CLOSED: "{what} can't be opened. Is its address right (DATABASE_URL, or DATA_DIR where that is "
    "left out), and may this user read and write there?",
    Trouble.EMPTY: "{what} holds nothing yet: no bot was ever started with it.",
    Trouble.DAMAGED: "{what} is damaged. Put it aside, restore your newest backup, and start again.",
    Trouble.FULL: "{what} can't be written: the disk is full. Make room there.",
    Trouble.FORBIDDEN: "{what} doesn't let this user make or read the tables there. Let the database be the "
    "user's own.",
    Trouble.LOST: "{what} broke off what was being done. The server's own log says more.",
    Trouble.READ_ONLY: "{what} can't be written: {where} may only be read. Is the disk in order, and may "
    "this user write there?",
    Trouble.FAILING: "{what} can't be read or written: the disk beneath it fails. The machine's own log says "
    "more.",
}


def trouble_of(error: BaseException) -> Trouble | None:
    """Return what is wrong beneath the database, None where the error comes from something else."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, OSError):
        return _OF_SYSTEM.get(cause.errno or 0)
    if isinstance(cause, sqlite3.Error):
        return _OF_SQLITE.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF)
    return _OF_POSTGRESQL.get(getattr(cause, "sqlstate", None) or "")


def name_of(url: URL) -> str:
    """Return which database it is, without the password."""
    if url.get_backend_name() != "sqlite":
        return f"The database on the PostgreSQL server {url.host or ''}".strip()
    return f"The database {Path(url.database or '').absolute()}"


def in_words(trouble: Trouble, url: URL) -> str:
    """Return what is wrong and where, without the password."""
    where = "it"
    if url.get_backend_name() == "sqlite":
        folder = Path(url.database or "").absolute().parent
        where = f"the folder {folder}"
        if trouble in (Trouble.CLOSED, Trouble.FAILING) and _is_read_only(folder):
            trouble = Trouble.READ_ONLY
    return _WORDS[trouble].format(what=name_of(url), where=where)


@contextmanager
def said_in_words(url: URL, otherwise: Trouble | None = None) -> Iterator[None]:
    """Turn what is wrong beneath the database into an `UnusableDatabaseError`; any other of its errors into
    `otherwise`, where that is given."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        trouble = trouble_of(error) or otherwise
        if trouble is None:
            raise
        raise UnusableDatabaseError(in_words(trouble, url)) from error


@contextmanager
def files_said_in_words(url: URL) -> Iterator[None]:
    """The same for the files of a database, where the system is asked for them and no driver is."""
    try:
        yield
    except OSError as error:
        raise UnusableDatabaseError(in_words(trouble_of(error) or Trouble.CLOSED, url)) from error


def _is_read_only(folder: Path) -> bool:
    """Whether the file system is: what SQLite says of it is anything but that."""
    try:
        return bool(os.statvfs(folder).f_flag & os.ST_RDONLY)
    except OSError:
        return False
