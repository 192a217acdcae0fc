"""A small file replaced whole: whoever looks finds the old one or the new one, never half of it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write_whole(file: Path, content: bytes) -> None:
    """Put a new file there, for its owner only, in place of any other. It outlives a loss of power.

    Raises `OSError`; then what stood there stands there still.
    """
    descriptor, draft = tempfile.mkstemp(prefix=f"{file.name}.", dir=file.parent)
    try:
        with os.fdopen(descriptor, "wb") as new:
            new.write(content)
            new.flush()
            os.fsync(new.fileno())
        Path(draft).replace(file)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    _keep_names(file.parent)


def move_whole(file: Path, to: Path) -> None:
    """Put a file in another one's place, in the same folder. Raises `OSError` as above."""
    file.replace(to)
    _keep_names(to.parent)


def _keep_names(where: Path) -> None:
    """What a folder's files are called outlives a loss of power."""
    folder = os.open(where, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
