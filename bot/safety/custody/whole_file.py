"""A file written whole: whoever looks finds the old one or the new one, never half of it."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

# File systems of sticks have no second names for a file.
_NO_LINKS = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS)


def write_whole(file: Path, content: bytes) -> None:
    """Put a new file there, for its owner only, in place of any other. It outlives a loss of power.

    Raises `OSError`; then what stood there stands there still.
    """
    with writing_whole(file) as new:
        new.write(content)


@contextmanager
def writing_whole(file: Path, *, replaces: bool = True) -> Iterator[IO[bytes]]:
    """The same for what is written piece by piece, unless this raises. Raises `FileExistsError` where another
    file isn't to be replaced."""
    descriptor, name = tempfile.mkstemp(prefix=f"{file.name}.", dir=file.parent)
    draft = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as new:
            yield new
            new.flush()
            os.fsync(new.fileno())
        if replaces:
            draft.replace(file)
        else:
            _put_beside(draft, file)
    except BaseException:
        draft.unlink(missing_ok=True)
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


def _put_beside(draft: Path, file: Path) -> None:
    """Of two who put a file there at once, one does."""
    try:
        file.hardlink_to(draft)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if file.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(file)) from error
        draft.replace(file)
    else:
        draft.unlink()
