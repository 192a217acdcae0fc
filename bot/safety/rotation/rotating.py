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

from bot.safety.custody.key_file import (
    KeyFileError,
    is_there,
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

logger = logging.getLogger(__name__)

_PATIENCE = 10.0
"""Seconds in which others who look at older rows may come to their end."""


class StoppedError(Exception):
    """Whoever typed the command stopped it. Nothing has changed."""


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

        Raises `KeyFileError` where a file is in the new key's place that isn't one.
        """
        known = self.database.read_now(instance.key_check)
        if known is None or Keys(self.key.master).recognises(known) or not is_there(self.new_file):
            return False
        return Keys(reopened_key(self.new_file, self.key)).recognises(known)

    def carry(self, old: Keys, carried: Sequence[CarryOver], tell: Callable[[int], None]) -> None:
        """Make a new key, and the database its own. Raises `KeyFileError`, and `StoppedError` where `tell`
        does; then nothing has changed.

        Raises `UnusableDatabaseError` too: where a server went away at the end it isn't known what came of
        it, so the new key stays where it is.
        """
        if self.elsewhere is not None and is_there(self.elsewhere):
            raise KeyFileError(
                f"{self.elsewhere} is there already, and nothing is written over it. Name another place; "
                "if it is left over from a change of the key that was cut short, remove it."
            )
        new = Keys(write_new_key(self.new_file, self.key.phrase))
        work = partial(carry_all, old=old, new=new, carried=carried, tell=tell)
        try:
            self.database.write_now(work)
        except StoppedError:
            self.new_file.unlink(missing_ok=True)
            raise

    def finish(self) -> None:
        """Put the new key in the old one's place, and let nothing of what the old one opens stay on the disk.
        Raises `KeyFileError`."""
        if self.elsewhere is None:
            succeed(self.key_file)
        try:
            asyncio.run(Rewriting(self.database).forget_order(_PATIENCE))
        except NotNowError as error:
            logger.warning(
                "what the old key opens is still on the disk: %s. The bot sees to it once it is at work",
                error,
            )
