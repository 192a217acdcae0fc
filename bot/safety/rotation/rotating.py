"""Changing the key, so that a kill at any moment leaves one of two states, each of them whole.

The new key is written beside the old one. One transaction makes the database the new key's, with the value by
which a database knows its key. Then the new key takes the old one's place. So whichever of the two keys the
database knows is its key, and tells how far it came.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from bot.safety.custody.key_file import (
    KeyFileError,
    is_there,
    require_replaceable,
    succeed,
    successor_of,
    write_new_key,
)
from bot.safety.custody.passphrase import OpenKey, reopened_key
from bot.safety.keys import Keys
from bot.safety.rotation.carrying import CarryOver
from bot.safety.rotation.whole import carry_all
from storage import instance
from storage.database import Database
from storage.rewriting import NotNowError, Rewriting
from storage.troubles import Trouble, UnusableDatabaseError, in_words

logger = logging.getLogger(__name__)

_PATIENCE = 10.0
"""Seconds in which others who look at older rows may come to their end."""


class StoppedError(Exception):
    """Whoever typed the command stopped it. Nothing has changed."""


class UnfinishedError(Exception):
    """The database is the new key's, or nobody knows; the message says what to do."""


@dataclass(frozen=True)
class Rotating:
    """One change of a database's key. `key` is what KEY_FILE has; the new one is put beside it first, or
    `elsewhere` for good."""

    database: Database
    key_file: Path
    key: OpenKey
    elsewhere: Path | None = None

    @property
    def new_file(self) -> Path:
        """Where the new key is put."""
        return self.elsewhere or successor_of(self.key_file)

    def is_carried(self) -> bool:
        """Whether the database is the new key's already: an earlier change was cut short.

        Raises `KeyFileError` where the database is neither key's, or the new one can't be opened.
        """
        known = self.database.read_now(instance.key_check)
        if known is None or Keys(self.key.master).recognises(known):
            return False
        is_begun = is_there(self.new_file)
        if is_begun and Keys(reopened_key(self.new_file, self.key)).recognises(known):
            return True
        neither = f", and {self.new_file} isn't either" if is_begun else ""
        raise KeyFileError(
            f"KEY_FILE {self.key_file} isn't the key of this database{neither}.\n"
            "Put the right key file there, or point DATABASE_URL at the database that belongs to this key. "
            "Where a change with --to was cut short, type that once more with the same --to."
        )

    def require_place(self) -> None:
        """Raises `KeyFileError` where the new key couldn't be put where it is to be."""
        if self.elsewhere is None:
            require_replaceable(self.key_file)
        elif is_there(self.elsewhere):
            raise KeyFileError(
                f"{self.elsewhere} is there already, and nothing is written over it. Name another place; "
                "if it is left over from a change of the key that was cut short, remove it."
            )

    def carry(self, old: Keys, carried: Sequence[CarryOver], tell: Callable[[int], None]) -> None:
        """Make a new key, and the database its own. Raises `KeyFileError`, and `StoppedError` where `tell`
        does, and `UnusableDatabaseError`; then nothing has changed.

        Raises `UnfinishedError` where a server went away: at the end it isn't known what came of it, so the
        new key stays where it is.
        """
        work = partial(self._carry, old=old, carried=carried, tell=tell)
        try:
            self.database.write_now(work)
        except StoppedError:
            self.new_file.unlink(missing_ok=True)
            raise
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
            raise UnfinishedError(
                f"{in_words(Trouble.LOST, self.database.engine.url)}\n"
                "Once it answers, type rotate-key once more: it finds out how far it came."
            ) from error

    def _carry(
        self,
        session: Session,
        old: Keys,
        carried: Sequence[CarryOver],
        tell: Callable[[int], None],
    ) -> None:
        # A server may still be at the end of a run that lost it: the file of that one's key isn't written
        # over before it is known what came of it.
        if not old.recognises(instance.held_key_check(session) or b""):
            raise KeyFileError(
                "Another change of the key has come to its end meanwhile. Type rotate-key once more."
            )
        new = Keys(write_new_key(self.new_file, self.key.phrase))
        carry_all(session, old, new, carried, tell)

    def finish(self) -> None:
        """Put the new key in the old one's place, and let nothing of what the old one opens stay on the disk.
        Raises `UnfinishedError`."""
        if self.elsewhere is None:
            try:
                succeed(self.key_file)
            except KeyFileError as error:
                raise UnfinishedError(
                    f"{error}\nThe database has the new key already, which is in {self.new_file}: keep that "
                    "file. Once KEY_FILE can be written, type rotate-key once more."
                ) from error
        try:
            asyncio.run(Rewriting(self.database).forget_order(_PATIENCE))
        except (NotNowError, UnusableDatabaseError) as error:
            logger.warning(
                "what the old key opens is still on the disk: %s. The bot sees to it once it is at work",
                error,
            )
