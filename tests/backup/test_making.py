"""What a backup has in it and what it hasn't, who opens it, and that no half of one is ever left."""

from __future__ import annotations

import base64
import errno
import io
import re
import stat
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyrage
import pytest

from bot.backup.locking import for_keys
from storage.short_lived import ShortLivedRow
from tests.actions.announce import announce
from tests.backup.volunteer import Machine, Safe, machine_of
from tests.copying.copies import everything_in
from tests.frame.test_failing_disk import read_only
from tests.process import TOKEN
from tests.safety.test_sealed_key import Terminal
from tests.yard import Yard

pytestmark = pytest.mark.databases("sqlite")

PHRASE = "five words of no relation"


async def test_it_holds_no_secret_and_nothing_that_is_over_within_the_hour(
    yard: Yard, safe: Safe
) -> None:
    await announce(yard, yard.ales)
    yard.say(yard.nina, "/action tomorrow 20:00 Secret draft @ Fountain")
    await yard.hears(yard.nina, "Secret draft")
    machine = machine_of(yard)
    _, rows = everything_in(yard.database_url)
    short_lived = str(ShortLivedRow.__tablename__)
    assert rows[short_lived], "there is a draft"
    (machine.folder / ".env").write_text(f"BOT_TOKEN={TOKEN}\n")
    (machine.folder / ".env").chmod(0o600)
    machine.back_up(safe)

    plain = safe.plain()
    assert b"Concert" in plain
    assert f'"{short_lived}":0'.encode() in plain
    assert f'"table":"{short_lived}"'.encode() not in plain
    master = machine.key_file.read_bytes()
    for secret in (
        *(master, master.hex().encode(), base64.b64encode(master)),
        *(TOKEN.encode(), (yard.settings.bot_token or "").encode()),
    ):
        assert secret not in plain
        assert secret not in safe.backup.read_bytes()


def test_only_its_owner_may_read_it_and_none_is_replaced_unasked(
    machine: Machine, safe: Safe
) -> None:
    machine.back_up(safe)
    first = safe.backup.read_bytes()
    assert stat.S_IMODE(safe.backup.stat().st_mode) == 0o600
    again = machine.type("backup", str(safe.backup), BACKUP_TO=safe.public_half)
    assert again.returncode == 2
    assert "is there already" in again.stderr
    assert safe.backup.read_bytes() == first
    assert set(safe.folder.iterdir()) == {safe.key, safe.backup}


def test_each_of_several_keys_opens_it(machine: Machine, safe: Safe) -> None:
    second = pyrage.x25519.Identity.generate()
    keys = f"{safe.public_half}, {second.to_public()}"
    assert machine.type("backup", str(safe.backup), BACKUP_TO=keys).returncode == 0
    assert pyrage.decrypt(safe.backup.read_bytes(), [second])
    assert safe.plain()


async def test_without_a_key_a_pass_phrase_opens_it(machine: Machine, safe: Safe) -> None:
    unasked = machine.type("backup", str(safe.backup))
    assert unasked.returncode == 2
    assert "backup-key" in unasked.stderr
    backup = str(safe.backup)
    making = await Terminal.open("backup", backup, folder=machine.folder, **machine.settings)
    await making.answers("Pass phrase: ", "short")
    await making.answers("Pass phrase: ", PHRASE)
    await making.answers("Once more: ", PHRASE)
    assert await making.ended() == 0, making.shown
    assert pyrage.passphrase.decrypt(safe.backup.read_bytes(), PHRASE)

    before = everything_in(machine.database_url)
    wrong = await Terminal.open("restore", backup, folder=machine.folder, **machine.settings)
    await wrong.answers("Pass phrase", "another phrase than that")
    assert await wrong.ended() == 2
    assert "doesn't open" in wrong.shown
    restoring = await Terminal.open("restore", backup, folder=machine.folder, **machine.settings)
    await restoring.answers("Pass phrase", PHRASE)
    await restoring.answers('Type "yes"', "no")
    assert await restoring.ended() == 2
    assert everything_in(machine.database_url) == before
    restoring = await Terminal.open("restore", backup, folder=machine.folder, **machine.settings)
    await restoring.answers("Pass phrase", PHRASE)
    await restoring.answers('Type "yes"', "yes")
    assert await restoring.ended() == 0, restoring.shown
    assert everything_in(machine.database_url)[1] == before[1]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk on which nothing has room any more."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ("mount", "-t", "tmpfs", "-o", "size=64k", "none", disk)
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this machine lets nobody mount anything")
    with suppress(OSError), (disk / "full").open("wb", buffering=0) as file:
        while True:
            file.write(bytes(1024))
    yield disk
    subprocess.run(["umount", disk], check=True)


def test_a_full_disk_leaves_no_half_of_it(machine: Machine, safe: Safe, small_disk: Path) -> None:
    ended = machine.type("backup", str(small_disk / "b.age"), BACKUP_TO=safe.public_half)
    assert ended.returncode == 2
    assert "No space left" in ended.stderr
    assert [file.name for file in small_disk.iterdir()] == ["full"]


class _AlmostFull(io.RawIOBase):
    """A file on a disk that has room for so many bytes."""

    def __init__(self, room: int) -> None:
        self.room = room

    def writable(self) -> bool:
        return True

    def write(self, written: Any) -> int:
        if len(written) > self.room:
            raise OSError(errno.ENOSPC, "No space left on device")
        self.room -= len(written)
        return len(written)


@pytest.mark.parametrize("missing", [4_000, 20_000, 99_000])
def test_a_disk_that_is_full_at_the_very_end_is_noticed_too(missing: int, safe: Safe) -> None:
    """The library keeps to itself what becomes of its last bytes."""
    lock, plain = for_keys([safe.public_half]), [b"x" * 50_000] * 2
    file = io.BytesIO()
    lock(plain, file)
    with pytest.raises(OSError, match="No space left"):
        lock(plain, _AlmostFull(file.tell() - missing))  # type: ignore[arg-type]


def test_a_folder_that_takes_nothing_is_told_in_words(machine: Machine, safe: Safe) -> None:
    with read_only(safe.folder):
        ended = machine.type("backup", str(safe.backup), BACKUP_TO=safe.public_half)
    assert ended.returncode == 2
    assert "Read-only file system" in ended.stderr
    nowhere = machine.type("backup", "/nowhere/dvor.age", BACKUP_TO=safe.public_half)
    assert nowhere.returncode == 2
    assert re.search("nowhere.*No such file", nowhere.stderr)
    # As where this user may not even look.
    too_long = machine.type("backup", str(safe.folder / ("b" * 300)), BACKUP_TO=safe.public_half)
    assert too_long.returncode == 2
    assert "File name too long" in too_long.stderr


@pytest.mark.parametrize("written", ["age1qqq", "AGE-SECRET-KEY-1", "ssh-ed25519"])
def test_what_is_no_public_half_is_told_at_once(written: str, machine: Machine) -> None:
    ended = machine.type("backup", "b.age", BACKUP_TO=written)
    assert ended.returncode == 2
    assert "BACKUP_TO: must be" in ended.stderr
