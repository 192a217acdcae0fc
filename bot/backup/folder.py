"""The folder with a backup for each night: the name tells the day, and nothing else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

_ONE = "dvor-????-??-??.age"


def file_of(folder: Path, day: date) -> Path:
    """Where the backup of a day stands."""
    return folder / f"dvor-{day.isoformat()}.age"


def newest(folder: Path) -> Path | None:
    """The newest backup, None where there is none. Raises `OSError`."""
    return max(folder.glob(_ONE), default=None)


def keep_newest(folder: Path, number: int) -> None:
    """Delete all but so many, and what was left behind of those that were cut off. Raises `OSError`."""
    for old in (*sorted(folder.glob(_ONE))[:-number], *folder.glob(f"{_ONE}.*")):
        old.unlink(missing_ok=True)
