"""Running what works on a database: again where two collided, and so that a future can hold how it ended."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

T = TypeVar("T")

# Serialization failure and deadlock: PostgreSQL asks that the transaction be run again.
_COLLISIONS = ("40001", "40P01")
_MOST_ATTEMPTS = 12


def is_collision(error: BaseException) -> bool:
    """Whether PostgreSQL undid a transaction because of another one's."""
    return isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None) in _COLLISIONS


def again_after_collision(transaction: Callable[[], T]) -> T:
    """Run a transaction, again where PostgreSQL asks for that; a serializable reader can collide too."""
    for attempt in range(1, _MOST_ATTEMPTS):
        try:
            return transaction()
        except DBAPIError as error:
            if not is_collision(error):
                raise
            # Jitter, or the two that collided collide again. Off the event loop, so sleeping is fine.
            time.sleep(random.uniform(0, 0.01 * attempt))  # noqa: S311
    return transaction()


def without_stopping(work: Callable[[Session], T], session: Session) -> T:
    """Run it. A future can't hold a StopIteration: whoever waits for it would wait for ever."""
    try:
        return work(session)
    except StopIteration as error:
        raise RuntimeError("something was looked for and wasn't there") from error
