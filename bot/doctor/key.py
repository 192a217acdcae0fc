"""The key: whether it is there, is this database's, and lies where whoever takes the data doesn't find it."""

from __future__ import annotations

from pathlib import Path

from bot.doctor.database import Looked
from bot.doctor.files import nearest
from bot.doctor.finding import Finding, advice, fine, unknown, wrong
from bot.safety.custody.apart import database_file
from bot.safety.custody.key_file import KeyFileError, is_there, load_keys, sealed_content
from bot.settings import Settings


def key(settings: Settings, looked: Looked) -> Finding:
    """Nobody is asked for a pass phrase: whether it opens a sealed key, each start tells."""
    file = settings.key_file
    try:
        if not is_there(file):
            return _missing(file, looked)
        if sealed_content(file) is not None:
            return fine(
                "sealed by a pass phrase; whether it is this database's, the next start tells."
            )
        load_keys(file, known_check=looked.key_check)
    except KeyFileError as error:
        return wrong(" ".join(str(error).splitlines()), "")
    if file.stat().st_dev != nearest(_data(settings)).stat().st_dev:
        return fine("on another disk than the data.")
    where = (
        "apart from the data, but unsealed on the same disk: who takes that has both."
        if settings.is_sqlite
        else "unsealed on this machine's disk: who takes that and the database's server has both."
    )
    return advice(
        where, "docs/key.md has four ways to part them; the first is the command seal-key"
    )


def _missing(file: Path, looked: Looked) -> Finding:
    if looked.is_begun:
        return unknown(
            f"{file} isn't there",
            "On a stick that was pulled that is as it should be. Else put its copy back: without it no start "
            "is possible.",
        )
    return advice(
        "isn't there yet.",
        "The first start makes it. The command seal-key makes one that is sealed from the first.",
    )


def _data(settings: Settings) -> Path:
    return database_file(settings.database_url) or settings.data_dir
