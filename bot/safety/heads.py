"""What the key's folder remembers of the database, so that an old backup can't pass for the newest.

A file, beside KEY_FILE unless HEADS_FILE says otherwise, holds the newest number and digest of each thing
that must not go back. It is written after the database has committed them, never before: a crash between
the two leaves the file behind, which is harmless, and the next start brings it up. A file ahead of the
database means that the database is older than what was already made public.
"""

from __future__ import annotations

import fcntl
import logging
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from bot.safety.custody.whole_file import write_whole
from storage import heads
from storage.database import Database
from storage.heads import Head

logger = logging.getLogger(__name__)

_LINE = re.compile(r"(?P<name>[a-z0-9:-]{1,80}) (?P<number>[0-9]{1,9}) (?P<digest>[0-9a-f]{1,128})")


class OldBackupError(Exception):
    """The database is older than what this bot has already made public."""


class HeadFile:
    """The file with the heads. Several processes may share it, and it may be out of reach for a while, on a
    stick that was pulled: what couldn't be written goes in with what comes next, or at the next start."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._newest: dict[str, Head] = {}
        self._is_written = True

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
        the log once and go on: the database itself is whole."""
        _take_newest(self._newest, newest)
        try:
            with self._locked():
                known = self.read()
                _take_newest(known, list(self._newest.values()))
                write_whole(self.path, _lines(known.values()))
        except OSError as error:
            if self._is_written:
                logger.warning(
                    "%s can't be written (%s): an old backup might go unnoticed. "
                    "Where the key's folder takes nothing, name another place in HEADS_FILE",
                    self.path,
                    error.strerror,
                )
            self._is_written = False
        except OldBackupError as error:
            logger.warning("%s", error)
        else:
            self._is_written = True

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


def _take_newest(known: dict[str, Head], heads: Iterable[Head]) -> None:
    for head in heads:
        if head.name not in known or known[head.name].number < head.number:
            known[head.name] = head


def _lines(known: Iterable[Head]) -> bytes:
    return "".join(f"{a.name} {a.number} {a.digest}\n" for a in sorted(known)).encode("ascii")


_REMEDY = (
    "It remembers what was published, so that an old backup can't pass for the newest "
    "database. If you know why, remove the file and start again."
)


def require_newest(database: Database, file: HeadFile) -> None:
    """Go on only with a database that is as new as the file remembers, and bring the file up to it.

    Raises `OldBackupError`, which says how to go on.
    """
    with suppress(OSError):  # writing says what is wrong
        file.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    stored = database.read_now(heads.every)
    missing = what_is_missing(stored, file, "the database")
    if missing is not None:
        raise OldBackupError(
            f"The database is older than what was already published.\n{missing}\n"
            "It looks as if an old backup had been restored: what neighbours did since is missing in it,\n"
            "and what comes next would contradict what they have. Restore the newest backup.\n"
            f"If this is the newest, tell the neighbours, remove the file {file.path}\n"
            "and start again."
        )
    if stored:
        file.keep(stored.values())


def what_is_missing(stored: Mapping[str, Head], file: HeadFile, where: str) -> str | None:
    """Return which head of the file isn't reached `where` these are stored, None where all are. Raises
    `OldBackupError` where the file can't be read."""
    for kept in file.read().values():
        found = stored.get(kept.name)
        if found is None or found.number < kept.number:
            known = f"number {found.number}" if found else "nothing of it"
        elif found.number == kept.number and found != kept:
            known = "another one by that number"
        else:
            continue
        return f"{kept.name} had come to number {kept.number}; {where} knows {known}."
    return None
