"""Elections whose hour has come: what was counted since the last one becomes public."""

from __future__ import annotations

from datetime import datetime

from bot.store import UnitOfWork
from handlers.elections.heart.count.hours import publish_if_due
from storage.elections import progress

_AT_ONCE = 1
"""How many elections one transaction looks at, about 5 ms each: those of a whole zone have the same hour, and
others want to write meanwhile."""


def publish_due_numbers(work: UnitOfWork) -> None:
    for election in progress.to_publish(work.session, work.now, limit=_AT_ONCE):
        publish_if_due(work, election)


def next_hour_due(work: UnitOfWork) -> datetime | None:
    return progress.next_publishing(work.session)
