"""What a volunteer has and does: a machine on which they type commands, and a safe place elsewhere."""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pyrage
from sqlmodel import Session, func, select

from bot.app import open_database
from bot.settings import read_settings
from storage import chats
from storage.chats import ChatRow
from storage.database import Database
from storage.elections.buildings import BuildingRow
from tests.process import run_bot
from tests.yard import Yard


@dataclass(frozen=True)
class Safe:
    """A folder with the key of backups, and a backup."""

    folder: Path
    public_half: str

    @property
    def key(self) -> Path:
        return self.folder / "backup.key"

    @property
    def backup(self) -> Path:
        return self.folder / "dvor.age"

    def plain(self) -> bytes:
        """What is in the backup, as any `age` program and gunzip show it."""
        return gzip.decompress(pyrage.decrypt(self.backup.read_bytes(), [self._identity]))

    def lock(self, lines: Iterable[bytes]) -> None:
        """Write a backup of lines of one's own, as whoever knows the public half can."""
        text = gzip.compress(b"".join(lines))
        self.backup.write_bytes(pyrage.encrypt(text, [self._identity.to_public()]))

    @property
    def _identity(self) -> pyrage.x25519.Identity:
        (secret_half,) = re.findall("AGE-SECRET-KEY-1[0-9A-Z]+", self.key.read_text())
        return pyrage.x25519.Identity.from_str(secret_half)


@dataclass(frozen=True)
class Machine:
    """A folder with a bot's data and its key, and a terminal."""

    folder: Path
    database_url: str

    @property
    def key_file(self) -> Path:
        return self.folder / "keys" / "dvor.key"

    @property
    def settings(self) -> dict[str, str]:
        return {
            "DATABASE_URL": self.database_url,
            "DATA_DIR": str(self.folder / "data"),
            "KEY_FILE": str(self.key_file),
        }

    def type(self, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        """Type a command where nobody can be asked anything."""
        return run_bot(*arguments, folder=self.folder, **self.settings, **settings)

    def back_up(self, safe: Safe) -> None:
        ended = self.type("backup", str(safe.backup), "--force", BACKUP_TO=safe.public_half)
        assert ended.returncode == 0, ended.stderr

    def restore(self, safe: Safe, *more: str) -> subprocess.CompletedProcess[str]:
        return self.type("restore", str(safe.backup), "--key", str(safe.key), *more)

    def after_the_fire(self, database_url: str) -> Machine:
        """A new machine, with nothing but a copy of KEY_FILE."""
        new = replace(self, folder=self.folder / "elsewhere", database_url=database_url)
        new.key_file.parent.mkdir(parents=True, mode=0o700)
        shutil.copy(self.key_file, new.key_file)
        return new


def make_safe(folder: Path) -> Safe:
    """Make the key with `backup-key`."""
    folder.mkdir()
    shown = run_bot("backup-key", folder=folder).stdout
    (public_half,) = re.findall("BACKUP_TO=(age1[0-9a-z]+)", shown)
    safe = Safe(folder, public_half)
    safe.key.write_text(shown)
    safe.key.chmod(0o600)
    return safe


def begin(machine: Machine) -> Machine:
    """Let it be as after the first start, and in three chats."""
    with closing(Database(machine.database_url)) as database:
        open_database(database, read_settings(machine.settings))
        database.write_now(_add_chats)
    return machine


def _add_chats(session: Session) -> None:
    for number in range(1, 4):
        chats.add(session, -number, language="be", timezone="Europe/Minsk")


def add_a_building(machine: Machine) -> int:
    """Something that is done while the bot is stopped. Returns its number."""

    def add(session: Session) -> int:
        chat_id = session.exec(select(func.min(ChatRow.id))).one()
        building = BuildingRow(chat_id=chat_id, name="5", source="", position=1)
        session.add(building)
        session.flush()
        return building.id

    with closing(Database(machine.database_url)) as database:
        return database.write_now(add)


def machine_of(yard: Yard) -> Machine:
    """The machine on which a yard's bot is."""
    return Machine(yard.folder, yard.database_url)


def yard_on(machine: Machine, yard: Yard) -> Yard:
    """The same neighbours with the bot of another machine."""
    return replace(
        yard, folder=machine.folder, database_url=machine.database_url, _task=None, app=None
    )
