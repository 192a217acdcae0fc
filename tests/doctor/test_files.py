"""Who reads and changes the bot's files, and whether the disk has room for them. The doctor changes none."""

from __future__ import annotations

import asyncio
import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyrage
import pytest

from tests.bot_process import BotProcess
from tests.doctor.examined import at_work, examined
from tests.frame.test_failing_disk import read_only
from tests.process import PATIENCE, environment, run_bot
from tests.storage.test_troubles import file_of

SQLITE = pytest.mark.databases("sqlite")


def held_below(folder: Path) -> dict[Path, bytes]:
    """Every file, but for the one in which SQLite's readers say where they are."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    return {file: file.read_bytes() for file in files if not file.name.endswith("-shm")}


def type_what_it_says(said: str) -> None:
    """Each command of a finding, as a person would."""
    for command in said.split("Type: ")[1:]:
        program, mode, path = shlex.split(command)[:3]
        subprocess.run([program, mode, path], check=True)


@SQLITE
async def test_what_others_may_read_or_change_is_mended_by_what_it_says_to_type(
    bot: BotProcess,
) -> None:
    await bot.start()
    await bot.kill()
    for name in ("data", "keys"):
        (bot.folder / name).chmod(0o777)
    for name in ("data/dvor.sqlite3", "keys/dvor.key", "keys/dvor.key.heads"):
        (bot.folder / name).touch()
        (bot.folder / name).chmod(0o644)
    found = await examined(bot)
    assert found.status == 1
    assert found.wrong == {"key", "permissions"}
    assert found.numbers("permissions")["problems"] >= 5
    type_what_it_says(found["permissions"][1])
    assert (await examined(bot)).wrong == set()


@SQLITE
@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files to others")
async def test_somebody_elses_files_are_for_their_own_doctor(bot: BotProcess) -> None:
    await bot.start()
    await bot.kill()
    backups = bot.folder / "backups"
    backups.mkdir(mode=0o700)
    for folder in (bot.folder / "data", bot.folder / "keys", backups):
        give_away(folder)
    public_half = str(pyrage.x25519.Identity.generate().to_public())
    nightly = {"BACKUP_DIR": str(backups), "BACKUP_TO": public_half}
    ended = await asyncio.to_thread(run_without_roots_rights, bot, nightly)
    assert ended.returncode == 3, ended.stdout + ended.stderr
    checks = json.loads(ended.stdout)["checks"]
    for each in ("database", "backup"):
        assert "as the user that runs the bot" in checks[each]["remedy"]
    assert checks["token"]["verdict"] == "ok"


@SQLITE
@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files to others")
async def test_a_pass_phrase_that_this_user_may_not_look_for(bot: BotProcess) -> None:
    hidden = bot.folder / "hidden"
    hidden.mkdir(mode=0o700)
    give_away(hidden)
    settings = {"KEY_PASSPHRASE_FILE": str(hidden / "phrase")}
    ended = await asyncio.to_thread(run_without_roots_rights, bot, settings)
    assert ended.returncode == 3, ended.stdout + ended.stderr
    assert "as the user that runs the bot" in json.loads(ended.stdout)["checks"]["key"]["remedy"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files to others")
async def test_before_the_first_start_it_says_where_nothing_can_be_made(
    new_bot: BotProcess,
) -> None:
    system = new_bot.folder / "system"
    system.mkdir(mode=0o755)
    give_away(system)
    settings = {"DATA_DIR": str(system / "dvor" / "data")}
    ended = await asyncio.to_thread(run_without_roots_rights, new_bot, settings)
    assert (
        f"{system} can't be written" in json.loads(ended.stdout)["checks"]["permissions"]["found"]
    )


async def test_a_file_where_the_folder_of_data_is_to_be(new_bot: BotProcess) -> None:
    place = new_bot.folder / "data"
    place.touch()
    found = await examined(new_bot)
    assert found.wrong == {"permissions"}
    assert f"{place} is in the place of a folder" in found["permissions"][1]


def give_away(folder: Path) -> None:
    for place in (folder, *folder.iterdir()):
        os.chown(place, 12345, 12345)


def run_without_roots_rights(
    bot: BotProcess, settings: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    """The doctor as a user who may read nobody else's files."""
    if shutil.which("setpriv") is None:
        pytest.skip("this machine has no setpriv")
    return subprocess.run(
        ["setpriv", "--bounding-set=-all", sys.executable, "-m", "bot", "doctor", "--json"],
        cwd=bot.folder,
        env=environment(**{**bot.settings, **settings}),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def test_an_env_that_others_may_read(tmp_path: Path) -> None:
    env = tmp_path / ".env"
    env.write_text("BOT_TOKEN=\nOPERATORS=12345\n")
    env.chmod(0o644)
    tmp_path.chmod(0o755)
    ended = run_bot("doctor", folder=tmp_path)
    assert ended.returncode == 2
    assert "chmod 600 .env" in ended.stdout


def test_settings_that_others_may_change(tmp_path: Path) -> None:
    """Whoever changes them has the token sent to a server of theirs."""
    env = tmp_path / ".env"
    env.write_text("LOG_LEVEL=ERROR\n")
    env.chmod(0o622)
    ended = run_bot("doctor", "--json", folder=tmp_path)
    assert ended.returncode == 1
    assert json.loads(ended.stdout)["checks"]["permissions"]["found"].endswith("chmod go-w .env")


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    """A disk of eight megabytes there."""
    options = ("-t", "tmpfs", "-o", "size=8m,mode=0700", "none")
    if subprocess.run(["mount", *options, folder], capture_output=True, check=False).returncode:
        pytest.skip("this machine lets nobody mount anything")
    try:
        yield
    finally:
        subprocess.run(["umount", folder], check=True)


@SQLITE
async def test_a_disk_without_room(bot: BotProcess) -> None:
    file = file_of(bot.database_url)
    kept = file.read_bytes()
    with small_disk(file.parent):
        file.write_bytes(kept)
        file.chmod(0o600)
        found = await examined(bot)
    assert found.wrong == {"disk"}
    assert found.numbers("disk")["bytes_free"] < 8_000_000
    assert "Make room: 100.0 MB at least." in found["disk"][1]


@SQLITE
async def test_nothing_is_changed_here_or_at_telegram(bot: BotProcess) -> None:
    """A killed bot has left a write-ahead log, which nobody but the bot writes back."""
    async with at_work(bot):
        await bot.kill()
        before, calls = held_below(bot.folder), bot.server.world.calls
        calls.clear()
        assert (await examined(bot)).status == 0
    assert held_below(bot.folder) == before
    asked = {call.method for call in calls}
    # A message that is nobody's: the answer tells how old the server is.
    assert {name for name in asked if not name.startswith("get")} == {"deleteEphemeralMessage"}
    assert "getUpdates" not in asked


@SQLITE
@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a file system")
async def test_a_folder_that_may_only_be_read(bot: BotProcess) -> None:
    folder = file_of(bot.database_url).parent
    with read_only(folder):
        found = await examined(bot)
    assert found.status == 1
    assert "permissions" in found.wrong
    assert "Traceback" not in found.said
