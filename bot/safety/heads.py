"""What the key's folder remembers of the database, so that an old backup can't pass for the newest.

A file beside KEY_FILE holds the newest number and digest of each thing that must not go back. It is
written after the database has committed them, never before: a crash between the two leaves the file
behind, which is harmless, and the next start brings it up. A file ahead of the database means that the
database is older than what was already made public.
"""

from __future__ import annotations

import fcntl
import logging
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from storage import heads
from storage.database import Database
from storage.heads import Head

logger = logging.getLogger(__name__)

_LINE = re.compile(r"(?P<name>[a-z0-9:-]{1,80}) (?P<number>[0-9]{1,9}) (?P<digest>[0-9a-f]{1,128})")


class OldBackupError(Exception):
    """The database is older than what this bot has already made public."""


class HeadFile:
    """The file beside the key. Several processes may share it."""

    def __init__(self, key_file: Path) -> None:
        self.path = key_file.with_name(f"{key_file.name}.heads")

    def read(self) -> dict[str, Head]:
        """What it remembers, by name. Raises `OldBackupError` where it can't be read."""
        try:
            lines = self.path.read_text(encoding="ascii").splitlines()
        except FileNotFoundError:
            return {}
        except (OSError, UnicodeDecodeError) as error:
            raise OldBackupError(f"{self.path} can't be read. {_REMEDY}") from error
        matches = [_LINE.fullmatch(line) for line in lines]
        found = [Head(m["name"], int(m["number"]), m["digest"]) for m in matches if m]
        if len(found) != len(lines):
            raise OldBackupError(f"{self.path} is damaged. {_REMEDY}")
        return {head.name: head for head in found}

    def keep(self, newest: Iterable[Head]) -> None:
        """Remember these beside what is there already. Where the folder can't be written to, say so in
        the log and go on: the database itself is whole."""
        try:
            with self._locked():
                known = self.read()
                for head in newest:
                    if head.name not in known or known[head.name].number < head.number:
                        known[head.name] = head
                self._write(known.values())
        except OSError as error:
            logger.warning(
                "%s can't be written (%s): an old backup might go unnoticed",
                self.path,
                error.strerror,
            )
        except OldBackupError as error:
            logger.warning("%s", error)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One writer at a time, in this process or another."""
        descriptor = os.open(
            self.path.with_name(f"{self.path.name}.lock"), os.O_WRONLY | os.O_CREAT, 0o600
        )
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def _write(self, known: Iterable[Head]) -> None:
        """Replace the file whole; it is never there in half. The new one is private from the first."""
        text = "".join(f"{a.name} {a.number} {a.digest}\n" for a in sorted(known))
        descriptor, draft = tempfile.mkstemp(prefix=f"{self.path.name}.", dir=self.path.parent)
        try:
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            Path(draft).replace(self.path)
        except BaseException:
            Path(draft).unlink(missing_ok=True)
            raise
        folder = os.open(self.path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


_REMEDY = (
    "It remembers what was published, so that an old backup can't pass for the newest "
    "database. If you know why, remove the file and start again."
)


def require_newest(database: Database, file: HeadFile) -> None:
    """Go on only with a database that is as new as the file remembers, and bring the file up to it.

    Raises `OldBackupError`, which says how to go on.
    """
    stored = database.read_now(heads.every)
    for kept in file.read().values():
        found = stored.get(kept.name)
        if found is None or found.number < kept.number:
            known = f"number {found.number}" if found else "nothing of it"
            raise OldBackupError(_message(kept, known, file))
        if found.number == kept.number and found != kept:
            raise OldBackupError(_message(kept, "another one by that number", file))
    if stored:
        file.keep(stored.values())


def _message(kept: Head, known: str, file: HeadFile) -> str:
    return (
        "The database is older than what was already published.\n"
        f"{kept.name} had come to number {kept.number}; the database knows {known}.\n"
        "It looks as if an old backup had been restored: what neighbours did since is missing in it, and\n"
        "what comes next would contradict what they have. Restore the newest backup.\n"
        f"If this is the newest, tell the neighbours, remove the file {file.path}\n"
        "and start again."
    )
