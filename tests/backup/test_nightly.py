"""A backup each night: made at its hour or later; the oldest go, and operators hear where it fails."""

from __future__ import annotations

import asyncio
import signal
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from tests.backup.volunteer import Machine, Safe, machine_of
from tests.frame.test_failing_disk import read_only
from tests.intake.test_alarms import told
from tests.process import TOKEN, running, says, stopped
from tests.yard import Yard, turn_to

pytestmark = pytest.mark.databases("sqlite")


@pytest.fixture
def backing_up(bare_yard: Yard, safe: Safe) -> Yard:
    """A yard with backups by night; the bot isn't at work yet. Noon of 21 October, in Minsk."""
    bare_yard.overrides |= {
        "BACKUP_DIR": str(bare_yard.folder / "backups"),
        "BACKUP_AT": "03:30",
        "BACKUP_KEEP": "2",
        "BACKUP_TO": safe.public_half,
    }
    return bare_yard


def folder_of(yard: Yard) -> Path:
    return yard.folder / "backups"


async def there_are(yard: Yard, *nights: str) -> None:
    """Wait until there are backups of these nights and nothing else."""
    folder = folder_of(yard)
    wanted = {f"dvor-2026-10-{night}.age" for night in nights}

    def found() -> set[str]:
        return {file.name for file in folder.iterdir()} if folder.exists() else set()

    async with asyncio.timeout(60):
        while found() != wanted:  # noqa: ASYNC110 - nothing there wakes us
            await asyncio.sleep(0.05)


@pytest.mark.databases("sqlite", "postgresql")
async def test_each_night_has_one_and_the_oldest_go(
    backing_up: Yard, safe: Safe, elsewhere: str
) -> None:
    yard, folder = backing_up, folder_of(backing_up)
    folder.mkdir()
    (folder / "dvor-2026-10-20.age").write_bytes(b"an old one")
    (folder / "dvor-2026-10-19.age").write_bytes(b"an older one")
    (folder / "dvor-2026-10-19.age.cut-off").write_bytes(b"half of one")
    (folder / "notes.txt").write_text("a volunteer's own")
    await yard.move_in()
    # The bot was off at half past three.
    (folder / "notes.txt").rename(yard.folder / "notes.txt")
    await there_are(yard, "20", "21")
    turn_to(yard, "2026-10-22 00:29")
    await yard.quiet()
    turn_to(yard, "2026-10-22 00:31")
    await there_are(yard, "21", "22")
    await yard.stop()

    (folder / "dvor-2026-10-22.age").rename(safe.backup)
    restored = machine_of(yard).after_the_fire(elsewhere).restore(safe)
    assert restored.returncode == 0, restored.stderr
    assert "chats 1" in restored.stdout


async def test_one_of_a_day_to_come_is_of_a_clock_that_was_wrong_and_goes_first(
    backing_up: Yard,
) -> None:
    yard, folder = backing_up, folder_of(backing_up)
    folder.mkdir()
    for day in ("19", "20", "31"):
        (folder / f"dvor-2026-10-{day}.age").write_bytes(b"another one")
    await yard.move_in()
    await there_are(yard, "20", "21")


async def test_making_it_needs_no_token(backing_up: Yard, monkeypatch: pytest.MonkeyPatch) -> None:
    """It came from a stick that somebody has pulled."""
    monkeypatch.setenv("BOT_TOKEN_FILE", str(backing_up.folder / "stick" / "token"))
    await backing_up.move_in()
    await there_are(backing_up, "21")


async def test_the_playground_makes_none(backing_up: Yard, safe: Safe) -> None:
    """Turned forward a week it would take the place of the real bot's."""
    settings = {"BACKUP_DIR": str(folder_of(backing_up)), "BACKUP_TO": safe.public_half}
    async with running("playground", "--port", "0", folder=safe.folder, **settings) as process:
        address = (await says(process, "The playground is open")).split()[-1]
        async with httpx.AsyncClient() as http:
            assert (await http.get(address)).is_success
        assert "Stopped." in await stopped(process, signal.SIGTERM)
    assert not folder_of(backing_up).exists()


async def test_where_it_cannot_be_made_operators_hear_once_a_night_and_it_is_tried_each_hour(
    backing_up: Yard,
) -> None:
    yard, folder = backing_up, folder_of(backing_up)
    operator = yard.world.add_person("Olga")
    yard.world.start(operator)
    yard.overrides["OPERATORS"] = str(operator.id)
    folder.write_text("a file where the folder is to be")
    await yard.move_in()
    await yard.world.until(lambda: told(yard, operator))
    yard.clock.turn(timedelta(hours=1))
    await yard.world.until(lambda: len(_failures(yard)) == 2)
    folder.unlink()
    yard.clock.turn(timedelta(hours=1))
    await there_are(yard, "21")
    assert len(told(yard, operator)) == 1
    assert all("tonight's backup couldn't be made" in line for line in _failures(yard))


async def test_what_the_command_says_of_a_failure_stands_in_the_log(backing_up: Yard) -> None:
    """The folder is there and takes nothing."""
    yard, folder = backing_up, folder_of(backing_up)
    folder.mkdir()
    with read_only(folder):
        await yard.move_in()
        await yard.world.until(lambda: _failures(yard), 60)
    assert "Read-only file system" in _failures(yard)[0]


def _failures(yard: Yard) -> list[str]:
    return [line for line in yard.log.errors if "backup" in line]


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"BACKUP_DIR": "backups"}, "BACKUP_TO: must say for which key"),
        ({"BACKUP_AT": "24:00"}, "BACKUP_AT: must be an hour and minutes"),
        ({"BACKUP_KEEP": "0"}, "BACKUP_KEEP: must be a whole number"),
    ],
)
def test_what_cannot_be_meant_stops_the_start(
    settings: dict[str, str], words: str, machine: Machine
) -> None:
    ended = machine.type("run", BOT_TOKEN=TOKEN, **settings)
    assert ended.returncode == 2
    assert words in ended.stderr
