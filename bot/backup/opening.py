"""Decrypting a backup: by the secret half of a key, or by a pass phrase."""

from __future__ import annotations

import io
import os
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import IO, Any

import pyrage

from bot.backup.errors import BackupError, DamagedBackupError, WrongPhraseError
from bot.safety.custody.private_files import warn_if_open

Opener = Callable[[Path], AbstractContextManager[IO[bytes]]]
"""Decrypts a file. Only whoever has read to the end knows that it is whole: reading raises `BackupError`."""

_SECRET_HALF = re.compile(r"AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}")
_HEAD = b"age-encryption.org/v1\n-> "
_HEAD_FOR_PHRASE = _HEAD + b"scrypt "


def is_for_phrase(file: Path) -> bool:
    """Whether a pass phrase opens it, and not a key. Raises `BackupError`, also where it is no backup."""
    with _said_in_words(file), file.open("rb") as encrypted:
        head = encrypted.read(len(_HEAD_FOR_PHRASE))
    if not head.startswith(_HEAD):
        raise DamagedBackupError(file)
    return head == _HEAD_FOR_PHRASE


def by_phrase(phrase: str) -> Opener:
    """Open by a pass phrase; raises `WrongPhraseError` too."""

    @contextmanager
    def opened(file: Path) -> Iterator[IO[bytes]]:
        with _said_in_words(file):
            encrypted = file.read_bytes()
        try:
            plain = pyrage.passphrase.decrypt(encrypted, phrase)
        except pyrage.DecryptError as error:
            if str(error) == "Decryption failed":
                raise WrongPhraseError(f"This pass phrase doesn't open {file}.") from error
            raise DamagedBackupError(file) from error
        yield io.BytesIO(plain)

    return opened


def by_key(key_file: Path) -> Opener:
    """Open by the secret half of a key, out of a file as `backup-key` and `age-keygen` write it. Raises
    `BackupError`."""
    identities = _secret_halves(key_file)

    @contextmanager
    def opened(file: Path) -> Iterator[IO[bytes]]:
        source, sink = os.pipe()
        decrypting = _Decrypting(file, key_file, identities, sink)
        decrypting.start()
        try:
            yield io.BufferedReader(_Decrypted(source, decrypting))
        finally:
            os.close(source)
            decrypting.join()

    return opened


def _secret_halves(key_file: Path) -> list[Any]:
    with _said_in_words(key_file):
        text = key_file.read_text(encoding="utf-8", errors="replace")
    warn_if_open(key_file)
    try:
        found = [pyrage.x25519.Identity.from_str(each) for each in _SECRET_HALF.findall(text)]
    except pyrage.IdentityError:
        found = []
    if not found:
        raise BackupError(
            f"{key_file} has no secret half of a key in it, which begins with AGE-SECRET-KEY-1."
        )
    return found


class _Decrypting(threading.Thread):
    """The library pushes what it decrypts; through a pipe it can be pulled."""

    def __init__(self, file: Path, key_file: Path, identities: Sequence[Any], sink: int) -> None:
        super().__init__(name="decrypting")
        self._file = file
        self._key_file = key_file
        self._identities = identities
        self._sink = sink
        self._error: BackupError | None = None

    def run(self) -> None:
        with open(self._sink, "wb", buffering=0) as plain:
            try:
                with _said_in_words(self._file), self._file.open("rb") as encrypted:
                    self._decrypt(encrypted, plain)
            except BackupError as error:
                self._error = error

    def _decrypt(self, encrypted: IO[bytes], plain: IO[bytes]) -> None:
        try:
            pyrage.decrypt_io(encrypted, plain, self._identities)
        except pyrage.DecryptError as error:
            if str(error) == "No matching keys found":
                raise BackupError(
                    f"{self._key_file} doesn't open {self._file}: it was written for another key."
                ) from error
            raise DamagedBackupError(self._file) from error
        except BrokenPipeError:
            pass  # whoever reads has seen enough
        except OSError as error:
            if error.errno is None:  # the library's own word for a piece that isn't genuine
                raise DamagedBackupError(self._file) from error
            raise

    def require_whole(self) -> None:
        """Wait for the end. Raises `BackupError` where what came isn't all, as it was written."""
        self.join()
        if self._error is not None:
            raise self._error


class _Decrypted(io.RawIOBase):
    """What comes out of the pipe."""

    def __init__(self, source: int, decrypting: _Decrypting) -> None:
        self._source = source
        self._decrypting = decrypting

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        size = os.readv(self._source, [buffer])
        if size == 0:
            self._decrypting.require_whole()
        return size


@contextmanager
def _said_in_words(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BackupError(f"{file} can't be read: {error.strerror}.") from error
