"""A SQLite file to write a copy into: written aside, and put in its place once it is whole."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from sqlalchemy import URL, Connection, NullPool, create_engine

from storage.copying.refusals import NotEmptyError
from storage.copying.room import require_empty
from storage.examining import looked_at
from storage.occupied import OccupiedDatabaseError
from storage.troubles import (
    Trouble,
    files_said_in_words,
    name_of,
    said_in_words,
    trouble_of,
)


@contextmanager
def target_file(url: URL, *, replaces: bool) -> Iterator[Connection]:
    """Give a connection to a new file, which comes into its place if all goes well, and outlives a loss of
    power then. What a killed process left of one is written over.

    Raises `NotEmptyError` where there is something that isn't to be replaced, and `UnusableDatabaseError`.
    """
    file = Path(url.database or "").resolve()
    if not file.exists():
        _require_no_rest_of_another(file)
    elif not replaces:
        _require_empty(url)
    draft = file.with_name(f"{file.name}.part")
    try:
        with files_said_in_words(url):
            _begin(draft)
        with said_in_words(url), _connected(draft) as connection:
            yield connection
        _let_go_of(file, url)
        with files_said_in_words(url):
            _put_in_place(draft, file)
    except BaseException:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise


def _require_empty(url: URL) -> None:
    """Without a change to it: it may be another program's."""
    said = said_in_words(url, otherwise=Trouble.CLOSED)
    with said, looked_at(url) as engine, engine.connect() as connection:
        require_empty(connection)


def _require_no_rest_of_another(file: Path) -> None:
    """Where a database was moved away without these, SQLite would take them for a part of the new one."""
    for rest in _beside(file, "-wal", "-journal"):
        if rest.exists() and rest.stat().st_size:
            raise NotEmptyError(
                f"{rest} is a part of a database that lay there. Move it to where you have moved that."
            )


def _beside(file: Path, *endings: str) -> list[Path]:
    return [file.with_name(f"{file.name}{ending}") for ending in endings]


def _begin(draft: Path) -> None:
    draft.unlink(missing_ok=True)
    os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


@contextmanager
def _connected(draft: Path) -> Iterator[Connection]:
    address = URL.create("sqlite", database=str(draft))
    engine = create_engine(address, hide_parameters=True, poolclass=NullPool)
    with engine.begin() as connection:
        # If this fails, nothing of the file is wanted.
        connection.exec_driver_sql("PRAGMA journal_mode=OFF")
        connection.exec_driver_sql("PRAGMA synchronous=OFF")
        yield connection


def _let_go_of(file: Path, url: URL) -> None:
    """Let nothing lie beside a file that is replaced: SQLite would take it for a part of the new one."""
    if not file.exists():
        return
    try:
        with closing(sqlite3.connect(file, timeout=0)) as connection:
            # SQLite does this only where nobody else has the file open, the bot or not.
            connection.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        # What is damaged is replaced all the same: this may be why.
        if trouble_of(error) is not Trouble.DAMAGED:
            problem = f"{name_of(url)} is in use: some program has it open. Close that first."
            raise OccupiedDatabaseError(problem) from error
    for rest in _beside(file, "-wal", "-shm", "-journal"):
        rest.unlink(missing_ok=True)


def _put_in_place(draft: Path, file: Path) -> None:
    _reach_the_disk(draft)
    draft.replace(file)
    _reach_the_disk(file.parent)


def _reach_the_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
