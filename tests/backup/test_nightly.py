"""A backup each night: made at its hour or later, the oldest go, and who looks after the bot hears of failures."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from playground.people import Person
from tests.backup.volunteer import Machine, Safe, machine_of, yard_on
from tests.intake.test_alarms import told
from tests.process import run_bot
from tests.yard import Yard, turn_to

pytestmark = pytest.mark.databases("sqlite")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture
async def backing_up(bare_yard: Yard, safe: Safe, folder: Path) -> Yard:
    """A yard with backups by night; the bot isn't at work yet. Noon of 21 October, in Minsk."""
    bare_yard.overrides |= {
        "BACKUP_DIR": str(folder),
        "BACKUP_AT": "03:30",
        "BACKUP_KEEP": "2",
        "BACKUP_TO": safe.public_half,
    }
    return bare_yard


async def there_are(yard: Yard, folder: Path, *nights: str) -> None:
    """Wait until there are backups of these nights and nothing else."""
    wanted = {f"dvor-2026-10-{night}.age" for night in nights}

    def found() -> set[str]:
        return {file.name for file in folder.iterdir()} if folder.exists() else set()

    async with asyncio.timeout(60):
        while found() != wanted:
            await asyncio.sleep(0.05)


@pytest.mark.databases("sqlite", "postgresql")
async def test_each_night_has_one_and_the_oldest_go(
    backing_up: Yard, safe: Safe, folder: Path, elsewhere: str
) -> None:
    yard = backing_up
    folder.mkdir()
    (folder / "dvor-2026-10-20.age").write_bytes(b"an old one")
    (folder / "dvor-2026-10-19.age").write_bytes(b"an older one")
    (folder / "dvor-2026-10-19.age.cut-off").write_bytes(b"half of one")
    (folder / "notes.txt").write_text("a volunteer's own")
    await yard.move_in()
    # The bot was off at half past three.
    (folder / "notes.txt").rename(yard.folder / "notes.txt")
    await there_are(yard, folder, "20", "21")
    turn_to(yard, "2026-10-22 00:29")
    await yard.quiet()
    turn_to(yard, "2026-10-22 00:31")
    await there_are(yard, folder, "21", "22")
    await yard.stop()

    (folder / "dvor-2026-10-22.age").rename(safe.backup)
    restored = machine_of(yard).after_the_fire(elsewhere).restore(safe)
    assert restored.returncode == 0, restored.stderr
    assert "chats 1" in restored.stdout
