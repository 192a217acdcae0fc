"""Environments of their own: for aiogram, which pins other versions than we do; and for Dvor without what
only its tests need, because some of that is imported where it is found."""

from __future__ import annotations

import subprocess
import venv
from pathlib import Path

from benchmarks.stage.town import ROOT

_RIVALS = Path(__file__).parents[1] / "rivals"


def aiogram_python() -> Path:
    """The interpreter of an environment with aiogram."""
    return _environment("aiogram", _RIVALS / "aiogram.lock")


def runtime_python() -> Path:
    """The interpreter of an environment as `make install` leaves it."""
    return _environment("runtime", ROOT / "requirements.lock")


def _environment(name: str, lock: Path) -> Path:
    """Made once, and again where the lock has changed since."""
    folder = ROOT / ".venv" / name
    python, installed = folder / "bin" / "python", folder / ".installed"
    if not installed.exists() or installed.read_text() != lock.read_text():
        print(f"Installing {lock.name} into an environment of its own…", flush=True)
        venv.create(folder, with_pip=True, clear=True)
        install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        safely = ["--only-binary", ":all:", "--require-hashes", "-r", str(lock)]
        subprocess.run([str(python), *install, *safely], check=True)
        installed.write_text(lock.read_text())
    return python
