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


def permissions(settings: Settings) -> Finding:
    """Of key, pass phrase, heads and data. Whoever reads the settings has looked at `.env` already."""
    files = [file for file in _files(settings) if file.is_file()]
    folders = [folder for folder in _folders(settings) if folder.is_dir()]
    problems = [
        *filter(None, map(why_not_private, files)),
        *_changed_by_others(folders),
        *_closed_to_us([*folders, *_files_of_data(settings)]),
    ]
    if problems:
        return wrong(" ".join(problems), "", problems=len(problems))
    return fine("others on this machine can't read or change what is the bot's.", problems=0)


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
    """The folders in which something is made and replaced; a key may lie where only the system writes."""
    file = database_file(settings.database_url)
    folders = [settings.data_dir, settings.heads_file.parent]
    return list(dict.fromkeys([*folders, *([file.parent] if file is not None else [])]))


def _changed_by_others(folders: Iterable[Path]) -> Iterator[str]:
    """Whoever may write in a folder may put another file in a file's place."""
    for folder in folders:
        if folder.stat().st_mode & _OTHERS_WRITE and not folder.stat().st_mode & stat.S_ISVTX:
            typed = f"chmod go-w {shlex.quote(str(folder))}"
            yield f"{folder} may be written to by others on this machine. Type: {typed}"


def _closed_to_us(places: Iterable[Path]) -> Iterator[str]:
    for place in places:
        if place.exists() and not os.access(place, os.W_OK):
            yield (
                f"{place} can't be written by this user. Run the doctor as the user that runs the bot; "
                "if you do, give the file to that user (chown), or make room for it where one may write."
            )
