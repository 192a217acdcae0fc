"""The key's folder and those of the data hold nothing of each other: who takes one doesn't get both."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy.engine import make_url


def database_file(database_url: str) -> Path | None:
    """Return the file of a SQLite database, None for a database with a server."""
    url = make_url(database_url)
    return Path(url.database or "") if url.get_backend_name() == "sqlite" else None


def folders_of_data(data_dir: Path, database_url: str | None) -> tuple[Path, ...]:
    """Return the folders in which what the bot keeps lies, links seen through."""
    file = database_file(database_url) if database_url else None
    return (data_dir.resolve(), *(_folders_of(file) if file is not None else ()))


def why_not_apart(key_file: Path, moves_too: Path, data: Iterable[Path]) -> str | None:
    """Return what is wrong with where the key lies and what to type, None where nothing is.

    `moves_too` is the file beside the key that goes along with it.
    """
    folders = tuple(data)
    met = _met(_folders_of(key_file), folders)
    if met is None:
        return None
    problem = (
        f"must not lie in one folder with {met[1]}, or above or below it: who takes one gets both"
    )
    place = _place_apart(key_file, met[1], folders)
    if place is None:
        return f"{problem}; give the key a folder of its own"
    files = [file for file in (key_file, moves_too) if file.exists()]
    if not files:
        return f"{problem}; a good place is {place}"
    folder = shlex.quote(str(place.parent))
    moved = " ".join(shlex.quote(str(file.absolute())) for file in files)
    return (
        f"{problem}. Stop the bot, type: mkdir -m 700 -p {folder} && mv {moved} {folder}/"
        f" - then set KEY_FILE={place}"
    )


def is_inside(path: Path, folder: Path) -> bool:
    """Whether a path leads into a folder, by whatever name; or is it."""
    resolved = path.resolve()
    return any(_is_same(each, folder) for each in (resolved, *resolved.parents))


def _folders_of(file: Path) -> tuple[Path, ...]:
    """The folder in which a file stands, and the one to which a link in its place leads."""
    return tuple(dict.fromkeys((file.parent.resolve(), file.resolve().parent)))


def _met(keys: Iterable[Path], data: Iterable[Path]) -> tuple[Path, Path] | None:
    """A folder of the key and one of the data of which one holds the other."""
    both = [(key, each) for key in keys for each in data]
    return next((pair for pair in both if is_inside(*pair) or is_inside(*reversed(pair))), None)


def _is_same(one: Path, other: Path) -> bool:
    if one == other:
        return True
    try:
        return os.path.samefile(one, other)
    except OSError:
        return False  # one that isn't there yet is no other's second name


def _place_apart(key_file: Path, beside: Path, data: tuple[Path, ...]) -> Path | None:
    """A place for the key beside this folder of the data, or else beside the one that this would meet."""
    tried: set[Path] = set()
    while beside.name and beside not in tried:
        tried.add(beside)
        place = beside.parent / f"{beside.name}-key" / key_file.name
        meets = _met(_folders_of(place), data)
        if meets is None:
            return place
        beside = meets[1]
    return None
