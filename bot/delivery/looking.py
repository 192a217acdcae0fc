"""What a turn of delivery looks at before it does anything: all of it in one transaction that reads.

Whatever looks there does so apart: what one of them can't read or draw keeps no other.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Protocol, TypeVar

from bot.safety.logs import report_fault
from bot.store import UnitOfWork
from storage.troubles import said_in_words

logger = logging.getLogger(__name__)

T = TypeVar("T")

Doing = Callable[[], Coroutine[Any, Any, datetime | None]]
"""Does what was found. Returns the moment for the next turn, None where nothing waits."""


@dataclass(frozen=True)
class Busy:
    """The chats that take no post, and no edit, at the moment: Telegram's ids, each with the seconds until
    it does."""

    posts: Mapping[int, float]
    edits: Mapping[int, float]


class Queue(Protocol):
    """Rows that wait for something to be done in Telegram."""

    def look(self, work: UnitOfWork, busy: Busy) -> Doing:
        """Find some of what can be done now. Returns the doing of it."""


def seen_apart(work: UnitOfWork, otherwise: str, look: Callable[[UnitOfWork], T]) -> T | None:
    """Return what is seen; None after a fault, which is told in the words of `otherwise`."""
    try:
        with said_in_words(work.session.get_bind().engine.url):
            return look(work)
    except Exception as error:
        # PostgreSQL answers nothing more in a transaction in which something failed: a new one goes on.
        work.session.close()
        work.later.report(partial(report_fault, logger, otherwise, error))
        return None
