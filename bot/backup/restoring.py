"""Restoring a backup: first all of it is looked through, then it is put in the place of what is there."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from bot.backup.container import unpack
from bot.backup.errors import BackupError
from bot.backup.opening import Opener
from bot.safety.custody.apart import database_file
from storage.copying.contents import Contents, Copy, Portion, Told
from storage.copying.reading import reading
from storage.copying.writing import write
from storage.database import Database, schema_version
from storage.heads import Head, HeadRow
from storage.instance import InstanceRow
from storage.migrations.upgrade import NewerSchemaError

_GAP = 1_000_000
"""More numbers than any table gave since a backup. Buttons in the chats carry those still, and must not come
to mean something newer."""


@dataclass
class Inside:
    """What is in a backup."""

    made_at: datetime
    contents: Contents
    key_check: bytes | None = None
    """By which it knows its key; None where no bot was ever at work."""
    heads: dict[str, Head] = field(default_factory=dict)
    """What had been published."""

    def learn(self, portion: Portion) -> None:
        """Take from these rows what is to be known before they are restored."""
        if portion.table.name == InstanceRow.__tablename__:
            self.key_check = portion.named()[0]["key_check"]
        elif portion.table.name == HeadRow.__tablename__:
            heads = (Head(row["name"], row["number"], row["digest"]) for row in portion.named())
            self.heads.update({head.name: head for head in heads})


def make_room(database_url: str) -> None:
    """Make the folder that a SQLite file is to lie in, where there is none. Raises `BackupError`."""
    file = database_file(database_url)
    if file is not None:
        try:
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise BackupError(f"{file.parent} can't be made: {error.strerror}.") from error


def look_through(file: Path, opened: Opener, told: Told) -> Inside:
    """Read all of a backup, and change nothing. Raises `BackupError` where it isn't whole."""
    with opened(file) as plain:
        backup = unpack(plain, file)
        inside = Inside(backup.made_at, backup.copy.contents)
        for portion in backup.copy.each(told):
            inside.learn(portion)
    return inside


def what_is_there(database_url: str) -> Contents | None:
    """Return what the database holds that a backup would replace, None where there is none yet.

    Raises `UnusableDatabaseError`, and `BackupError` where it is better left alone.
    """
    file = database_file(database_url)
    if file is not None and not file.exists():
        return None
    with closing(Database(database_url)) as database:
        if schema_version(database.engine) is None:
            return None
    try:
        with reading(database_url) as copy:
            return copy.contents
    except NewerSchemaError as error:
        raise BackupError(
            "The database that is there was written by a newer version of Dvor. Move it away, then restore."
        ) from error


def restore(file: Path, opened: Opener, database_url: str, told: Told) -> None:
    """Put a backup in the place of what is there, and bring it to this version's schema. Be alone on that
    database meanwhile.

    Raises `BackupError`, `CopyingError`, and `UnusableDatabaseError`; then what was there is there still.
    """
    with opened(file) as plain:
        copy = unpack(plain, file).copy
        contents = copy.contents
        # Also of tables that had given none yet.
        further_on = {name: contents.last_ids.get(name, 0) + _GAP for name in contents.counts}
        write(
            database_url,
            Copy(replace(contents, last_ids=further_on), copy.portions),
            told,
            replaces=True,
            upgrades=True,
        )
