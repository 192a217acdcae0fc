"""A disk that takes nothing any more: reading goes on, people and operators are told, nothing else breaks."""

from __future__ import annotations

import asyncio
import errno
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot.app import stop_each
from playground.server import Server
from storage.troubles import Trouble, in_words
from tests.bot_process import BotProcess, killable
from tests.intake.test_alarms import told
from tests.process import PATIENCE, TOKEN, environment, run_bot
from tests.storage.test_troubles import file_of, fill, spoil_the_middle
from tests.yard import LogKeeper, Yard

pytestmark = pytest.mark.databases("sqlite")


@contextmanager
def nothing_grows(beyond: Path) -> Iterator[None]:
    """As on a failing disk: no file of this process grows larger than this one is now."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (beyond.stat().st_size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """As after a disk's emergency: what is in this folder may be read and not written."""
    options = "bind", "remount,bind,ro"
    try:
        for option in options:
            mount = subprocess.run(
                ["mount", "-o", option, folder, folder], capture_output=True, check=False
            )
            if mount.returncode:
                pytest.skip("this machine lets nobody mount anything")
        yield
    finally:
        subprocess.run(["umount", folder], capture_output=True, check=False)


async def test_while_a_disk_fails_reading_goes_on_and_everybody_is_told(bare_yard: Yard) -> None:
    yard = bare_yard
    operator = yard.world.add_person("Olga")
    yard.world.start(operator)
    yard.overrides["OPERATORS"] = str(operator.id)
    await yard.move_in()
    yard.say(yard.tom, "/action tomorrow 19:00 Concert @ Fountain")
    await yard.tap(yard.tom, await yard.hears(yard.tom, "neighbours will see it"), "Publish")
    card = await yard.card("Concert")
    await yard.tap(yard.ales, card, (0, 0))
    await yard.settled()
    await yard.world.until(lambda: "👥 1 comes" in card.text)

    folder = yard.settings.data_dir
    with nothing_grows(beyond=folder / "dvor.sqlite3-wal"):
        answer = await yard.tap(yard.nina, card, (0, 0))
        assert "сломалось" in (answer.text or "")
        yard.say(yard.tom, "/actions", ephemeral=True)
        await yard.hears(yard.tom, "Concert")
        await yard.world.until(lambda: told(yard, operator))
    reported = [line for line in yard.log.errors if "bot.intake.errors fault" in line]
    assert reported
    assert all(f"{folder}/dvor.sqlite3 can't be read or written" in line for line in reported)
    assert all(line.count("\n") == 0 for line in yard.log.errors)

    await yard.tap(yard.nina, card, (0, 0))
    # A card whose drawing failed rests for a while.
    await yard.settled(seconds=600)
    await yard.world.until(lambda: "👥 2 come" in card.text)


async def test_one_part_that_cannot_be_stopped_leaves_out_no_other(log: LogKeeper) -> None:
    stopped: list[str] = []

    def take_now() -> None:
        stopped.append("now")

    async def take() -> None:
        stopped.append("later")

    def fail_now() -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    async def fail() -> None:
        fail_now()

    await stop_each(fail, take, fail_now, take_now)
    assert stopped == ["later", "now"]
    assert len([line for line in log.errors if "couldn't be stopped" in line]) == 2


async def test_words_that_nobody_takes_stop_nothing(tmp_path: Path, real_server: Server) -> None:
    settings = {"BOT_TOKEN": real_server.world.bot.token, "BOT_API_URL": real_server.url}
    process = await asyncio.create_subprocess_exec(
        *("sh", "-c", f"exec {sys.executable} -m bot > /dev/full"),
        cwd=tmp_path,
        env=environment(**settings),
    )
    try:
        real_server.world.start(real_server.world.add_person("Nina"))
        await real_server.world.until(lambda: not real_server.world.updates, PATIENCE)
        assert process.returncode is None
    finally:
        process.terminate()
        await process.wait()


# At the start


@pytest.mark.parametrize("has_file", [False, True], ids=["gone", "empty"])
async def test_a_key_without_its_database_is_said_before_an_empty_one_is_begun(
    tmp_path: Path, real_server: Server, has_file: bool
) -> None:
    bot = BotProcess(tmp_path, f"sqlite:///{tmp_path / 'data' / 'dvor.sqlite3'}", real_server)
    async with killable(bot):
        assert "KEY_FILE" not in bot.log, "a first start has nothing to say"
    shutil.rmtree(tmp_path / "data")
    if has_file:
        (tmp_path / "data").mkdir(mode=0o700)
        (tmp_path / "data" / "dvor.sqlite3").touch()
    async with killable(bot):
        (line,) = bot.log.splitlines()
    assert str(tmp_path / "keys" / "dvor.key") in line
    assert str(tmp_path / "data" / "dvor.sqlite3") in line
    assert "a new, empty one is begun" in line
    assert "At a first start that is right" in line, "the key may have been made before"
    async with killable(bot):
        assert len(bot.log.splitlines()) == 1, "said once"


def test_a_damaged_database_ends_the_start_in_words(tmp_path: Path, sqlite_url: str) -> None:
    spoil_the_middle(file_of(fill(sqlite_url)))
    ended = run_bot(folder=tmp_path, BOT_TOKEN=TOKEN, DATABASE_URL=sqlite_url)
    assert ended.returncode == 2
    assert ended.stderr.strip() == in_words(Trouble.DAMAGED, make_url(sqlite_url))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a file system")
def test_a_read_only_folder_ends_the_start_in_words(tmp_path: Path, sqlite_url: str) -> None:
    folder = file_of(sqlite_url).parent
    with read_only(folder):
        ended = run_bot(folder=tmp_path, BOT_TOKEN=TOKEN, DATABASE_URL=sqlite_url)
    assert ended.returncode == 2
    assert f"{folder} may only be read" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "CRITICAL" not in ended.stderr
