"""The file with MASTER: found, made at the first start, sealed and opened. It is read once, at the start."""

from __future__ import annotations

import errno
import os
import secrets
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bot.safety.custody.private_files import why_not_private
from bot.safety.custody.sealed_key import DamagedKey, is_sealed, open_key, seal_key
from bot.safety.custody.whole_file import move_whole, write_whole, writing_whole
from bot.safety.keys import KEY_BYTES, Keys


class KeyFileError(Exception):
    """The key file can't be used; the message says why and what to do."""


def load_keys(key_file: Path, *, known_check: bytes | None, unlocked: Keys | None = None) -> Keys:
    """Open MASTER, or make it at the first start with a new database.

    `known_check` is what the database remembers of its key, None for a new one; `unlocked` are the keys of
    a sealed file, opened before. Raises `KeyFileError` where a database exists and its key doesn't: nothing
    in it could be read, and a new key would quietly let everyone act twice.
    """
    keys = unlocked or Keys(_plain_or_new(key_file, may_make=known_check is None))
    if known_check is not None and not keys.recognises(known_check):
        if is_there(successor_of(key_file)):
            raise KeyFileError(
                f"KEY_FILE {key_file} was being changed, and that was cut short.\n"
                "Nothing is lost: the command rotate-key goes on where it was."
            )
        raise KeyFileError(
            f"KEY_FILE {key_file} isn't the key of this database.\n"
            "Put the right key file there, or point DATABASE_URL at the database that belongs to this key."
        )
    return keys


def is_there(key_file: Path) -> bool:
    """Whether there is a key file. Raises `KeyFileError` where its folder won't tell."""
    with _said_in_words(key_file, "read"):
        return key_file.exists()


def sealed_content(key_file: Path) -> bytes | None:
    """Return what a sealed key file holds, None where it isn't sealed or there. Raises `KeyFileError`."""
    content = _read(key_file) if is_there(key_file) else b""
    return content if is_sealed(content) else None


def unlock(key_file: Path, content: bytes, phrase: str) -> bytes:
    """Return the MASTER of a sealed key file. Raises `WrongPhrase` and `KeyFileError`."""
    try:
        return open_key(content, phrase)
    except DamagedKey as error:
        raise KeyFileError(
            f"KEY_FILE {key_file} is damaged: it is neither a key nor a sealed one."
        ) from error


def seal_file(key_file: Path, phrase: str) -> bool:
    """Seal the key in its place, or make one that is sealed from the first.

    Returns whether there was one. Raises `KeyFileError`; then what stood there stands there still.
    """
    was_there = is_there(key_file)
    master = plain_master(key_file) if was_there else secrets.token_bytes(KEY_BYTES)
    sealed = seal_key(master, phrase)
    with _said_in_words(key_file, "written"):
        if was_there:
            with _written_over(key_file.resolve()):
                write_whole(key_file.resolve(), sealed)
        else:
            key_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(key_file, sealed)
    return was_there


def open_file(key_file: Path, master: bytes) -> None:
    """Put the plain key in a sealed one's place. Raises `KeyFileError`."""
    with _said_in_words(key_file, "written"):
        write_whole(key_file.resolve(), master)


def successor_of(key_file: Path) -> Path:
    """Return where the key lies that is to take the place of this one, while `rotate-key` is at work."""
    key_file = key_file.resolve()
    return key_file.with_name(f"{key_file.name}.new")


def require_replaceable(key_file: Path) -> None:
    """Raises `KeyFileError` where another key couldn't be put in this one's place: the file is somebody
    else's, can't be written, or was given to a container by itself."""
    file = key_file.resolve()
    try:
        file.chmod(stat.S_IMODE(file.stat().st_mode))  # as it is: only its owner may
        with tempfile.TemporaryFile(dir=file.parent):
            pass
    except OSError as error:
        raise _not_replaceable(key_file, error.strerror) from error
    if os.path.ismount(file):
        raise _not_replaceable(key_file, os.strerror(errno.EBUSY))


def _not_replaceable(key_file: Path, why: str | None) -> KeyFileError:
    return KeyFileError(
        f"KEY_FILE {key_file} can't be changed where it is: {why}.\n"
        "Let rotate-key put the new key elsewhere, with --to FILE (docs/key.md)."
    )


def write_new_key(file: Path, phrase: str | None) -> bytes:
    """Put a new key into a file, in place of any other, sealed by the phrase where there is one. Returns its
    MASTER. Raises `KeyFileError`."""
    master = secrets.token_bytes(KEY_BYTES)
    try:
        write_whole(file, seal_key(master, phrase) if phrase is not None else master)
    except OSError as error:
        raise KeyFileError(f"The new key {file} can't be made: {error.strerror}.") from error
    return master


def succeed(key_file: Path) -> None:
    """Put the key's successor in its place, and write over the old one where it lay.

    Raises `KeyFileError`.
    """
    with _said_in_words(key_file, "written"), _written_over(key_file.resolve()):
        move_whole(successor_of(key_file), key_file.resolve())


def _plain_or_new(key_file: Path, *, may_make: bool) -> bytes:
    if not is_there(key_file):
        if not may_make:
            raise KeyFileError(
                f"KEY_FILE {key_file} is missing, but the database already exists.\n"
                "Put the key file back from where you keep its copy, or plug in what it lies on.\n"
                "Without it the database can't be used; to begin anew, move the database away too."
            )
        with _said_in_words(key_file, "made"):
            _make(key_file)
    return plain_master(key_file)


def plain_master(key_file: Path) -> bytes:
    """Return MASTER out of a plain key file that nobody else may read. Raises `KeyFileError`."""
    content = _read(key_file)
    if is_sealed(content):
        raise KeyFileError(f"KEY_FILE {key_file} is sealed by a pass phrase.")
    if len(content) != KEY_BYTES:
        raise KeyFileError(
            f"KEY_FILE {key_file} is damaged: it must have exactly {KEY_BYTES} bytes."
        )
    problem = why_not_private(key_file)
    if problem is not None:
        raise KeyFileError(
            f"KEY_FILE {problem}\n"
            "On a stick that keeps no such rights (FAT), mount it with umask=077 instead."
        )
    return content


def _read(key_file: Path) -> bytes:
    with _said_in_words(key_file, "read"):
        return key_file.read_bytes()


def _make(key_file: Path) -> None:
    key_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Of several processes that begin at once one makes it, and all read that one.
    with suppress(FileExistsError), writing_whole(key_file, replaces=False) as new:
        new.write(secrets.token_bytes(KEY_BYTES))


@contextmanager
def _written_over(key_file: Path) -> Iterator[None]:
    """What is put in the key's place inside of this is new; the old one is written over where it lay on the
    disk."""
    key_file.chmod(0o600)  # some keep it from being written by mistake
    with key_file.open("r+b") as old:
        status = os.fstat(old.fileno())
        yield
        if status.st_nlink == 1:  # else it is copied by a link, which stays as it is
            old.write(bytes(status.st_size))
            old.flush()
            os.fsync(old.fileno())


@contextmanager
def _said_in_words(key_file: Path, done: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise KeyFileError(f"KEY_FILE {key_file} can't be {done}: {error.strerror}.") from error
