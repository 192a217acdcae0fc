"""Permissions: nobody else on the machine reads or changes what is the bot's, and the bot itself can."""

from __future__ import annotations

import os
import shlex
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.doctor.finding import Finding, fine, wrong
from bot.safety.custody.apart import database_file
from bot.safety.custody.private_files import why_not_private
from bot.settings import Settings

_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


def out_of_reach(settings: Settings) -> Path | None:
    """Return what of the bot's this user may not read, None where there is nothing of that kind."""
    return next((file for file in _files(settings) if _is_out_of_reach(file)), None)


def nearest(place: Path) -> Path:
    """Return the place itself, or the nearest folder above it that is there yet."""
    return next(each for each in (place, *place.absolute().parents) if each.exists())


def _is_out_of_reach(file: Path) -> bool:
    try:
        return file.exists() and not os.access(file, os.R_OK)
    except OSError:
        return True


def permissions(settings: Settings) -> Finding:
    """Of key, pass phrase, heads and data. Whether `.env` may be read is asked with the settings."""
    files = [file for file in _files(settings) if file.is_file()]
    folders = _folders(settings)
    problems = [
        *filter(None, map(why_not_private, files)),
        *_changed_by_others([Path(".env"), settings.key_file.parent, *folders]),
        *_closed_to_us([*folders, *_files_of_data(settings)]),
        *_no_folders(folders),
    ]
    if problems:
        return wrong(" ".join(problems), "", problems=len(problems))
    return fine("nobody else on this machine reads or changes what is the bot's.", problems=0)


def _files(settings: Settings) -> Iterator[Path]:
    yield settings.key_file
    yield settings.heads_file
    if settings.passphrase_file is not None:
        yield settings.passphrase_file
    yield from _files_of_data(settings)


def _files_of_data(settings: Settings) -> Iterator[Path]:
    file = database_file(settings.database_url)
    if file is not None:
        yield from (file.with_name(f"{file.name}{end}") for end in ("", "-wal", "-shm"))
    yield settings.data_dir / "updates-in-hand.json"


def _folders(settings: Settings) -> list[Path]:
    """Where the bot makes and replaces files. The key may lie where only the system does."""
    file = database_file(settings.database_url)
    beside = [file.parent] if file is not None else []
    return list(dict.fromkeys([settings.data_dir, *beside, settings.heads_file.parent]))


def _changed_by_others(places: Iterable[Path]) -> Iterator[str]:
    """Whoever may write in a folder may put another file in a file's place."""
    for place in dict.fromkeys(places):
        mode = place.stat().st_mode if place.exists() else 0
        if mode & _OTHERS_WRITE and not mode & stat.S_ISVTX:
            typed = f"chmod go-w {shlex.quote(str(place))}"
            yield f"{place} may be changed by others on this machine. Type: {typed}"


def _closed_to_us(places: Iterable[Path]) -> Iterator[str]:
    """Before the first start also where something is to be made."""
    for place in dict.fromkeys(map(nearest, places)):
        if not os.access(place, os.W_OK):
            yield (
                f"{place} can't be written. Run the doctor as the user that runs the bot; if you do, give "
                "it to that user (chown), or let it lie where one may write."
            )


def _no_folders(folders: Iterable[Path]) -> Iterator[str]:
    for place in dict.fromkeys(map(nearest, folders)):
        if not place.is_dir():
            yield f"{place} is in the place of a folder. Name another folder, or move it away."
