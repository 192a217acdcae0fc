"""Commands as processes of their own which needn't load everything first: each is forked off one that has."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from subprocess import CompletedProcess
from tempfile import TemporaryDirectory

from bot.cli.main import main
from tests.process import PATIENCE, environment
from tests.safety.rotation.killing import kill_before

_LOADED = multiprocessing.get_context("forkserver")
_LOADED.set_forkserver_preload(["bot.app", "bot.cli.rotate_key", __name__])


def run_forked(
    *arguments: str,
    folder: Path,
    settings: Mapping[str, str] | None = None,
    killed_before: int | None = None,
) -> CompletedProcess[str]:
    """Run what `python -m bot` would in `folder` to its end; or have it killed before one of its steps."""
    with TemporaryDirectory() as outputs:
        files = [Path(outputs, name) for name in ("out", "err")]
        process = _LOADED.Process(
            target=_run,
            args=(arguments, folder, environment(**settings or {}), files, killed_before),
        )
        process.start()
        process.join(PATIENCE)
        status = process.exitcode
        process.kill()
        assert status is not None, f"{arguments} doesn't come to an end"
        return CompletedProcess(arguments, status, *(file.read_text() for file in files))


def _run(
    arguments: Sequence[str],
    folder: Path,
    variables: Mapping[str, str],
    outputs: Sequence[Path],
    killed_before: int | None,
) -> None:
    for number, file in enumerate(outputs, 1):
        os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600), number)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(variables)
    if killed_before is not None:
        kill_before(killed_before)
    sys.exit(main(list(arguments)))
