"""The bot as a container or service runs it: nobody's account, no rights, a root that takes nothing."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from playground.server import Server
from tests.process import beside, says
from tests.source import ROOT

ACCOUNT = 10001
STOPS_WITHIN = 10.0
SYSTEM = ("/usr", "/bin", "/lib", "/lib64", "/etc", "/proc", "/dev")
CODE = tuple(str(ROOT / name) for name in ("bot", "handlers", "playground", "storage"))
PACKAGES = Path(sys.prefix).resolve()

UNSHARE = ("unshare", "--mount", "--propagation=private")


def why_not_here() -> str:
    if os.geteuid() != 0:
        return "only root can become another user"
    if not all(map(shutil.which, ("unshare", "setpriv", "chroot"))):
        return "unshare, setpriv or chroot is missing"
    tried = subprocess.run([*UNSHARE, "mount", "-t", "tmpfs", "room", "/mnt"], check=False)
    return "nothing may be mounted here" if tried.returncode else ""


pytestmark = pytest.mark.skipif(bool(why_not_here()), reason=why_not_here())


@pytest.fixture
def place() -> Iterator[Path]:
    """Two folders of the account's own, and one to build its root in. Not where other tests may write, under
    /dev: that is shown as it is, and closed to the account."""
    with tempfile.TemporaryDirectory(dir="/var/tmp") as folder:
        for name in ("data", "keys"):
            Path(folder, name).mkdir(mode=0o700)
            os.chown(Path(folder, name), ACCOUNT, ACCOUNT)
        Path(folder, "room").mkdir()
        yield Path(folder)


@asynccontextmanager
async def in_a_room(
    place: Path, server: Server, *command: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    """What the account runs, with the variables of a container and none of this process."""
    shown = (*SYSTEM, sys.base_prefix, str(PACKAGES), *CODE)
    room = (str(ROOT / "tests" / "deploy" / "room.sh"), str(place / "room"), str(ACCOUNT))
    own = (str(place / "data"), str(place / "keys"))
    variables = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "BOT_TOKEN": server.world.bot.token,
        "BOT_API_URL": server.url,
        "DATA_DIR": str(place / "data"),
        "KEY_FILE": str(place / "keys" / "dvor.key"),
    }
    whole = (*UNSHARE, "sh", *room, *shown, ":", *own, ":", *command)
    async with beside(*whole, folder=ROOT, variables=variables) as process:
        yield process


def bot(*arguments: str) -> tuple[str, ...]:
    return (str(PACKAGES / "bin" / "python"), "-m", "bot", *arguments)


async def ends(process: asyncio.subprocess.Process) -> int:
    """Its exit status after SIGTERM, which it gets no longer for than a container does."""
    process.send_signal(signal.SIGTERM)
    async with asyncio.timeout(STOPS_WITHIN):
        return await process.wait()


async def test_it_works_and_stops_where_it_can_write_to_its_folders_alone(
    place: Path, real_server: Server
) -> None:
    async with in_a_room(place, real_server, *bot("run")) as process:
        await says(process, "at work")
        assert await ends(process) == 0
    made = [file for name in ("data", "keys") for file in (place / name).rglob("*")]
    assert {"dvor.sqlite3", "dvor.key"} <= {file.name for file in made}
    assert [file for file in made if file.stat().st_mode & 0o077] == []
    assert {file.stat().st_uid for file in made} == {ACCOUNT}


async def test_it_stops_as_well_while_telegram_is_silent(place: Path, real_server: Server) -> None:
    await real_server.stop()
    async with in_a_room(place, real_server, *bot("run")) as process:
        await says(process, "Connecting to Telegram")
        assert await ends(process) == 0


async def test_the_room_is_as_closed_as_it_says(place: Path, real_server: Server) -> None:
    """Else the tests above would show nothing."""
    look = f"id -u; umask; touch /x {ROOT}/bot/x {place}/data/x; grep CapEff /proc/self/status"
    async with in_a_room(place, real_server, "sh", "-c", look) as process:
        out, err = await process.communicate()
    assert out.split() == [str(ACCOUNT).encode(), b"0000", b"CapEff:", b"0" * 16]
    assert err.count(b"Read-only file system") == 2
    assert [file.name for file in (place / "data").iterdir()] == ["x"]
