"""The package: built, installed where nothing else is, and started by its command."""

from __future__ import annotations

import asyncio
import re
import shutil
import signal
import subprocess
import sys
import venv
import zipfile
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import aiohttp

from bot import __version__
from playground.server import Server
from tests.process import PATIENCE, beside, environment, says, stopped
from tests.source import ROOT

FOLDERS = ("bot", "handlers", "playground", "storage")
BESIDE = ("pyproject.toml", "README.md", "LICENSE")


async def test_the_package_is_built_and_works_where_nothing_else_is_installed(
    tmp_path: Path, real_server: Server
) -> None:
    wheel = await asyncio.to_thread(built, tmp_path)
    assert files_in(wheel) == files_of_the_house()
    dvor = await asyncio.to_thread(installed, wheel, tmp_path / "installed")
    folder = tmp_path / "a folder of somebody"
    folder.mkdir()
    assert run(dvor, "--version", folder=folder) == f"Dvor {__version__}\n"
    assert "\n  dvor playground --port" in run(dvor, "playground", "--help", folder=folder)
    await is_played(dvor, "playground", "--port", "0", folder=folder)
    await is_played(dvor, "run", folder=folder, first=f"no BOT_TOKEN in {folder / '.env'} yet")
    assert names_in(folder) == set()
    await is_at_work(dvor, folder, real_server)


def built(place: Path) -> Path:
    """The wheel, by way of the source package, out of what belongs to it and nothing else."""
    source = place / "source"
    for name in FOLDERS:
        shutil.copytree(ROOT / name, source / name)
    for name in BESIDE:
        shutil.copy(ROOT / name, source)
    build = (sys.executable, "-m", "build", "--no-isolation")
    run(*build, "--outdir", str(place / "dist"), folder=source)
    [wheel] = (place / "dist").glob("*.whl")
    assert wheel.name == f"dvor-{__version__}-py3-none-any.whl"
    return wheel


def installed(wheel: Path, place: Path) -> str:
    """The command, in an environment that has what requirements.lock names and nothing else.

    pip takes nothing from anywhere: what the package asks for has to be in the lock.
    """
    venv.create(place, symlinks=True)
    python = str(place / "bin" / "python")
    packages = Path(run(python, "-c", "import site; print(site.getsitepackages()[0])").strip())
    for name in re.findall(r"^([\w.-]+)==", (ROOT / "requirements.lock").read_text(), re.MULTILINE):
        lend(name, packages)
    pip = (sys.executable, "-m", "pip", "--python", python)
    run(*pip, "install", "--quiet", "--no-index", "--no-compile", str(wheel))
    return str(place / "bin" / "dvor")


def lend(name: str, packages: Path) -> None:
    """Put links to a package of this environment into another one, unless it is for other systems only."""
    try:
        files = distribution(name).files or []
    except PackageNotFoundError:
        return
    for top in {file.parts[0] for file in files} - {"..", "__pycache__"}:
        target = packages / top
        if not target.exists():
            target.symlink_to(Path(str(distribution(name).locate_file(top))).resolve())


def run(*command: str, folder: Path = ROOT) -> str:
    """What it says. It finds nothing of the checkout."""
    variables = environment()
    del variables["PYTHONPATH"]
    ended = subprocess.run(
        command,
        cwd=folder,
        env=variables,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


def files_in(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as package:
        return {name for name in package.namelist() if name.split("/")[0] in FOLDERS}


def files_of_the_house() -> set[str]:
    return {
        str(file.relative_to(ROOT))
        for folder in FOLDERS
        for file in (ROOT / folder).rglob("*")
        if file.is_file() and file.suffix != ".pyc"
    }


def names_in(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


async def is_played(dvor: str, *arguments: str, folder: Path, first: str = "") -> None:
    """It opens a page, says so, and ends when told to."""
    variables = environment()
    del variables["PYTHONPATH"]
    async with beside(dvor, *arguments, folder=folder, variables=variables) as process:
        if first:
            await says(process, first)
        address = (await says(process, "The playground is open")).split()[-1]
        async with aiohttp.ClientSession() as session, session.get(address) as page:
            assert page.status == 200
            assert "<title>" in await page.text()
        assert "Stopped." in await stopped(process, signal.SIGTERM)
        assert process.returncode == 0


async def is_at_work(dvor: str, folder: Path, server: Server) -> None:
    """With a token it connects, and says where it keeps things."""
    variables = environment(BOT_TOKEN=server.world.bot.token, BOT_API_URL=server.url)
    del variables["PYTHONPATH"]
    async with beside(dvor, "run", folder=folder, variables=variables) as process:
        await says(process, f"Data is in {folder / 'data'}, the key is {folder / 'keys'}")
        await says(process, "at work")
        assert "Stopped." in await stopped(process, signal.SIGTERM)
    assert names_in(folder) == {"data", "keys"}
