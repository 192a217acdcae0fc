"""What a volunteer does: types commands beside the bot, and keeps a key where the machine isn't."""

from __future__ import annotations

import asyncio
import gzip
import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import pyrage

from tests.process import run_bot
from tests.yard import Yard


@dataclass(frozen=True)
class Safe:
    """A folder with the key of backups, and the backups."""

    folder: Path
    public_half: str

    @property
    def key(self) -> Path:
        return self.folder / "backup.key"

    @property
    def backup(self) -> Path:
        return self.folder / "dvor.age"

    def plain(self, backup: Path | None = None) -> bytes:
        """What is in a backup, as any `age` program and gunzip show it."""
        identity = pyrage.x25519.Identity.from_str(self._secret_half)
        encrypted = (backup or self.backup).read_bytes()
        return gzip.decompress(pyrage.decrypt(encrypted, [identity]))

    def lock(self, lines: Iterable[bytes], backup: Path) -> None:
        """Write a backup with lines of one's own, as whoever knows the public half can."""
        recipient = pyrage.x25519.Recipient.from_str(self.public_half)
        backup.write_bytes(pyrage.encrypt(gzip.compress(b"".join(lines)), [recipient]))

    @property
    def _secret_half(self) -> str:
        (found,) = re.findall("AGE-SECRET-KEY-1[0-9A-Z]+", self.key.read_text())
        return str(found)


def make_safe(folder: Path) -> Safe:
    """Make the key as `backup-key` shows it."""
    folder.mkdir()
    shown = run_bot("backup-key", folder=folder).stdout
    (public_half,) = re.findall("BACKUP_TO=(age1[0-9a-z]+)", shown)
    safe = Safe(folder, public_half)
    safe.key.write_text(shown)
    safe.key.chmod(0o600)
    return safe


def settings_of(yard: Yard, safe: Safe) -> dict[str, str]:
    """With which commands work beside the bot of a yard."""
    return {
        "DATABASE_URL": yard.database_url,
        "DATA_DIR": str(yard.settings.data_dir),
        "KEY_FILE": str(yard.settings.key_file),
        "BACKUP_TO": safe.public_half,
    }


async def back_up(yard: Yard, safe: Safe) -> None:
    """Type `backup` while the bot is at work."""
    settings = settings_of(yard, safe)
    arguments = ("backup", str(safe.backup), "--force")
    ended = await asyncio.to_thread(run_bot, *arguments, folder=yard.folder, **settings)
    assert ended.returncode == 0, ended.stderr


async def restore(yard: Yard, safe: Safe, *more: str) -> subprocess.CompletedProcess[str]:
    """Type `restore` for the database of a yard whose bot is stopped."""
    settings = settings_of(yard, safe)
    arguments = ("restore", str(safe.backup), "--key", str(safe.key), *more)
    return await asyncio.to_thread(run_bot, *arguments, folder=yard.folder, **settings)


def after_the_fire(yard: Yard, database_url: str) -> Yard:
    """The same neighbours, and a new machine with nothing but a copy of KEY_FILE."""
    folder = yard.folder / "elsewhere"
    key_file = folder / "keys" / "dvor.key"
    key_file.parent.mkdir(parents=True, mode=0o700)
    shutil.copy(yard.settings.key_file, key_file)
    return replace(yard, folder=folder, database_url=database_url, _task=None, app=None)
