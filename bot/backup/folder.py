"""The folder with a backup for each night: the name tells the day, and nothing else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

_ONE = "dvor-????-??-??.age"


def file_of(folder: Path, day: date) -> Path:
    """Where the backup of a day stands."""
    return folder / f"dvor-{day.isoformat()}.age"


def kept(folder: Path) -> list[Path]:
    """The backups there, the newest last. Raises `OSError` where the folder isn't there or can't be read."""
    return sorted(_matching(folder, _ONE))


def keep_newest(newest: Path, number: int) -> None:
    """Delete all but so many, and what was left behind of those that were cut off. What has the name of a
    later day than the newest, by a clock that was wrong, goes first. Raises `OSError`."""
    folder = newest.parent
    by_worth = sorted(kept(folder), key=lambda file: (file.name <= newest.name, file.name))
    for old in (*by_worth[:-number], *_matching(folder, f"{_ONE}.*")):
        old.unlink(missing_ok=True)


def _matching(folder: Path, name: str) -> list[Path]:
    # A glob finds nothing where it may not look.
    return [file for file in folder.iterdir() if file.match(name)]
