"""Making a backup, beside whoever writes in the database: whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from bot.backup.container import Backup, pack
from bot.backup.errors import BackupError
from bot.backup.locking import Lock
from bot.safety.custody.whole_file import writing_whole
from storage.copying.contents import Contents, Copy, Told
from storage.copying.reading import reading

_LEFT_OUT = "short_lived"
"""Drafts, and links that open private pages: over within the hour, and a backup would keep them for years."""


def make_backup(
    database_url: str, file: Path, lock: Lock, now: datetime, told: Told, *, replaces: bool = False
) -> Contents:
    """Write all rows of a database, as they are now, into a file that nobody has there yet, or in place of
    another. Returns what is in it.

    Raises `BackupError`, `CopyingError`, `UnusableDatabaseError` and `NewerSchemaError`.
    """
    with _said_in_words(file):
        if file.exists() and not replaces:
            raise _is_there(file)
    with reading(database_url) as found, _said_in_words(file):
        copy = _without_what_is_over_soon(found)
        with writing_whole(file, replaces=replaces) as new:
            lock(pack(Backup(now.replace(second=0, microsecond=0), copy), told), new)
    return copy.contents


def _without_what_is_over_soon(copy: Copy) -> Copy:
    contents = copy.contents
    counts = {name: 0 if name == _LEFT_OUT else rows for name, rows in contents.counts.items()}
    portions = (portion for portion in copy.portions if portion.table.name != _LEFT_OUT)
    return Copy(replace(contents, counts=counts), portions)


@contextmanager
def _said_in_words(file: Path) -> Iterator[None]:
    try:
        yield
    except FileExistsError as error:
        raise _is_there(file) from error
    except OSError as error:
        raise BackupError(
            f"The backup can't be written to {file}: {error.strerror}. No part of it is left there."
        ) from error


def _is_there(file: Path) -> BackupError:
    return BackupError(f"{file} is there already. Take another name, or replace it: --force.")
