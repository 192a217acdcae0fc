"""Others on the machine read nothing: what is made is the owner's alone, and open secrets are refused."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.safety.custody.key_file import KeyFileError, load_keys
from playground.server import Server
from tests.process import TOKEN, run_bot, running, says, stopped
from tests.yard import LogKeeper


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may enter, as a project's folder is on most machines."""
    with tempfile.TemporaryDirectory(prefix="dvor-open-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


def told_to(said: str) -> str:
    """The command that a message says to type."""
    return said.split("Type: ", 1)[1].splitlines()[0]


def all_below(folder: Path) -> list[Path]:
    return list(folder.rglob("*"))


def test_a_token_that_others_may_read_is_refused_until_one_line_is_typed(open_folder: Path) -> None:
    env = open_folder / ".env"
    env.write_text(f"BOT_TOKEN={TOKEN}\nLOG_LEVEL=LOUD\n")
    env.chmod(0o644)
    refused = run_bot(folder=open_folder)
    assert refused.returncode == 2
    assert ".env may be read by others on this machine" in refused.stderr
    subprocess.run(told_to(refused.stderr), shell=True, check=True, cwd=open_folder)
    assert stat.S_IMODE(env.stat().st_mode) == 0o600
    assert "LOG_LEVEL" in run_bot(folder=open_folder).stderr, "now it is read"


def test_a_file_without_secrets_may_be_open(open_folder: Path) -> None:
    env = open_folder / ".env"
    env.write_text("BOT_TOKEN=\nLOG_LEVEL=LOUD\n")
    env.chmod(0o644)
    assert "LOG_LEVEL" in run_bot(folder=open_folder).stderr


def test_a_key_that_others_may_read_is_refused(open_folder: Path) -> None:
    key = open_folder / "my keys" / "dvor.key"
    key.parent.mkdir()
    key.parent.chmod(0o755)
    key.write_bytes(bytes(32))
    for mode in (0o644, 0o640):
        key.chmod(mode)
        with pytest.raises(KeyFileError, match=r"dvor\.key may be read by others") as refused:
            load_keys(key, known_check=None)
        subprocess.run(told_to(str(refused.value)), shell=True, check=True)
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
    load_keys(key, known_check=None)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files to others")
def test_what_somebody_else_put_there_is_taken(open_folder: Path, log: LogKeeper) -> None:
    """A service's credential is open to a group of one; a container's secret is open to all."""
    key = open_folder / "dvor.key"
    key.write_bytes(bytes(32))
    os.chown(key, 12345, 12345)
    for mode, is_told in ((0o440, False), (0o444, True)):
        key.chmod(mode)
        load_keys(key, known_check=None)
        assert any("may be read by everybody" in line for line in log.lines) == is_told


async def test_what_is_made_is_its_owners_alone_and_what_was_open_is_told(
    open_folder: Path, real_server: Server
) -> None:
    """Also in a folder that was there before, such as a container's volume."""
    data = open_folder / "data"
    data.mkdir()
    data.chmod(0o755)
    settings = {"BOT_TOKEN": real_server.world.bot.token, "BOT_API_URL": real_server.url}
    before = os.umask(0o022)
    try:
        async with running(folder=open_folder, **settings) as process:
            await says(process, "is at work")
            made = all_below(open_folder)
            assert {"dvor.sqlite3", "dvor.sqlite3-wal", "dvor.key"} <= {path.name for path in made}
            assert [path for path in made if path.stat().st_mode & 0o077] == [data]
            assert "may be read" not in await stopped(process, signal.SIGTERM)
    finally:
        os.umask(before)
    (data / "dvor.sqlite3").chmod(0o644)
    async with running(folder=open_folder, **settings) as process:
        await says(process, "is at work")
        said = await stopped(process, signal.SIGTERM)
    assert told_to(said) == "chmod 600 data/dvor.sqlite3"
