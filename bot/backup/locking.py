"""Encrypting a backup, as an age file (https://age-encryption.org/v1): any `age` program opens it too.

What is written for keys streams, however large. For a pass phrase the library wants all of it at once, and
half a gigabyte of memory to stretch the phrase.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import IO

import pyrage

from bot.backup.errors import BackupError

Lock = Callable[[Iterable[bytes], IO[bytes]], None]
"""Encrypts what comes piece by piece into a file."""

_PUBLIC_HALF = re.compile(r"age1[02-9ac-hj-np-z]{58}")
_MOST_BY_PHRASE = 64 * 2**20


def new_key() -> tuple[str, str]:
    """Make a key: its secret half, which opens backups, and its public half, for which they are written."""
    identity = pyrage.x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def is_public_half(text: str) -> bool:
    """Whether it is a key's, whole and without a typo."""
    try:
        return bool(_PUBLIC_HALF.fullmatch(text) and pyrage.x25519.Recipient.from_str(text))
    except pyrage.RecipientError:
        return False


def for_keys(public_halves: Iterable[str]) -> Lock:
    """Encrypt so that each of these keys opens it."""
    recipients = [pyrage.x25519.Recipient.from_str(each) for each in public_halves]

    def lock(plain: Iterable[bytes], file: IO[bytes]) -> None:
        through = _Through(plain, file)
        try:
            pyrage.encrypt_io(through, through, recipients)
        finally:
            if through.error is not None:
                raise through.error

    return lock


def for_phrase(phrase: str) -> Lock:
    """Encrypt so that a pass phrase opens it; raises `BackupError` where it is too much for that."""

    def lock(plain: Iterable[bytes], file: IO[bytes]) -> None:
        whole = bytearray()
        for piece in plain:
            whole += piece
            if len(whole) > _MOST_BY_PHRASE:
                raise BackupError(
                    "This is too much for a pass phrase, for which all of it must fit into memory. "
                    "Make a key instead: backup-key --help."
                )
        file.write(pyrage.passphrase.encrypt(bytes(whole), phrase))

    return lock


class _Through:
    """What the library reads and writes. It remembers what was raised meanwhile: the library says nothing of
    a full disk that doesn't take the last bytes."""

    def __init__(self, plain: Iterable[bytes], file: IO[bytes]) -> None:
        self._pieces = iter(plain)
        self._left = memoryview(b"")
        self._file = file
        self.error: BaseException | None = None

    def read(self, size: int) -> bytes:
        try:
            while not self._left:
                piece = next(self._pieces, None)
                if piece is None:
                    return b""
                self._left = memoryview(piece)
        except BaseException as error:
            self.error = error
            raise
        taken, self._left = self._left[:size], self._left[size:]
        return bytes(taken)

    def write(self, encrypted: bytes) -> int:
        try:
            return self._file.write(encrypted)
        except BaseException as error:
            self.error = error
            raise

    def flush(self) -> None:
        """Whoever opened the file sees to it."""
