"""The bot as a process of its own, started as people start it."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import IO, Any, TypeVar

from tests.begun_process import BegunProcess, begin
from tests.prepared_python import PreparedPython, prepared_python
from tests.source import ROOT

Process = asyncio.subprocess.Process | BegunProcess
_AnyProcess = TypeVar("_AnyProcess", bound=Process)

TOKEN = "6021854397:AAHa-token-that-nobody-else-has-00"
"""Looks like a token, and is nobody's."""

PATIENCE = 120.0
"""For a process to start, to stop, or to run to its end: on a busy machine that takes its time."""

_SETTINGS = (
    "BOT_TOKEN",
    "BOT_TOKEN_FILE",
    "BOT_API_URL",
    "PROXY_URL",
    "DATABASE_URL",
    "DATA_DIR",
    "KEY_FILE",
    "KEY_PASSPHRASE_FILE",
    "HEADS_FILE",
    "DEFAULT_LANGUAGE",
    "DEFAULT_TIMEZONE",
    "OPERATORS",
    "MAY_ADD",
    "GRACE_HOURS",
    "FORGET_ACTIONS_DAYS",
    "BACKUP_DIR",
    "BACKUP_AT",
    "BACKUP_KEEP",
    "BACKUP_TO",
    "LOG_LEVEL",
    "LOG_FORMAT",
    "LISTEN",
)
# What Python itself looks at when it starts.
_PYTHONS_OWN = ("PYTHON", "LANG", "LC_")


def environment(**settings: str) -> dict[str, str]:
    """The environment with these settings and none of the developer's own."""
    inherited = {key: value for key, value in os.environ.items() if key not in _SETTINGS}
    return {**inherited, "PYTHONPATH": str(ROOT), **settings}


def run_bot(*arguments: str, folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run `python -m bot` in `folder` to its end."""
    return run_prepared("-m", "bot", *arguments, folder=folder, **settings)


def run_prepared(
    *arguments: str, folder: Path, **settings: str
) -> subprocess.CompletedProcess[str]:
    """The same as `run_python` for `-m module …` or `-c script …`, without loading the bot anew."""
    variables = environment(**settings)
    python = _prepared_for(variables)
    return python.run(*arguments, folder=folder, variables=variables, patience=PATIENCE)


async def begin_prepared(
    *arguments: str, folder: Path, log: IO[Any] | None, **settings: str
) -> BegunProcess:
    """The same beside the test, its errors into `log` or else to be read."""
    variables = environment(**settings)
    python = _prepared_for(variables)
    return await begin(python, *arguments, folder=folder, variables=variables, log=log)


def _prepared_for(variables: Mapping[str, str]) -> PreparedPython:
    return prepared_python(
        tuple((key, value) for key, value in variables.items() if key.startswith(_PYTHONS_OWN))
    )


def run_python(*arguments: str, folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=environment(**settings),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


@asynccontextmanager
async def running(*arguments: str, folder: Path, **settings: str) -> AsyncIterator[BegunProcess]:
    """`python -m bot` in `folder`, beside the test."""
    async with _gone_at_the_end(
        await begin_prepared("-m", "bot", *arguments, folder=folder, log=None, **settings)
    ) as process:
        yield process


@asynccontextmanager
async def beside(
    *command: str, folder: Path, variables: Mapping[str, str]
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Any command in `folder`, with these variables and no others, beside the test."""
    process = await asyncio.create_subprocess_exec(
        *command,
        cwd=folder,
        env=variables,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    async with _gone_at_the_end(process):
        yield process


@asynccontextmanager
async def _gone_at_the_end(process: _AnyProcess) -> AsyncIterator[_AnyProcess]:
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def says(process: Process, words: str) -> str:
    """The first line on standard output with these words."""
    assert process.stdout is not None
    async with asyncio.timeout(PATIENCE):
        async for line in process.stdout:
            if words in line.decode():
                return line.decode()
    assert process.stderr is not None
    raise AssertionError((await process.stderr.read()).decode())


async def stopped(process: Process, by: signal.Signals) -> str:
    """Tell it to stop. Gives what it said at the end, in both outputs."""
    process.send_signal(by)
    async with asyncio.timeout(PATIENCE):
        out, err = await process.communicate()
    return (out + err).decode()
