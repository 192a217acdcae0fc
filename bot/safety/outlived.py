"""The frame's own rows that have outlived their use, and how they are erased."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from bot.chores import Chore, Found, some
from bot.store import UnitOfWork
from storage import handled_updates, short_lived
from storage.delivery import holds, outbox

_REMEMBER_UPDATES = timedelta(hours=48)
_REMEMBER_SENT = timedelta(days=7)
_REMEMBER_SILENCE = timedelta(days=1)

_MARKS_AT_ONCE = 200
_AT_ONCE = 500
"""How many rows one transaction erases: others wait to write meanwhile."""


def _find_updates(work: UnitOfWork, _after: object) -> Found[tuple[int, int]]:
    before = work.now - _REMEMBER_UPDATES
    return some(handled_updates.before(work.session, before, _MARKS_AT_ONCE), _MARKS_AT_ONCE)


def _forget_updates(work: UnitOfWork, marks: Sequence[tuple[int, int]]) -> None:
    handled_updates.forget(work.session, marks)


def _find_sent(work: UnitOfWork, _after: object) -> Found[int]:
    before = work.now - _REMEMBER_SENT
    return some(outbox.sent_before(work.session, before, _AT_ONCE), _AT_ONCE)


def _forget_sent(work: UnitOfWork, ids: Sequence[int]) -> None:
    outbox.forget_sent_before(work.session, work.now - _REMEMBER_SENT, ids)


def _find_idle_holds(work: UnitOfWork, _after: object) -> Found[int]:
    return some(holds.idle(work.session, work.now - _REMEMBER_SILENCE, _AT_ONCE), _AT_ONCE)


def _forget_idle_holds(work: UnitOfWork, ids: Sequence[int]) -> None:
    holds.forget_idle(work.session, work.now - _REMEMBER_SILENCE, ids)


def _find_short_lived(work: UnitOfWork, _after: object) -> Found[bytes]:
    return some(short_lived.over(work.session, work.now, _AT_ONCE), _AT_ONCE)


def _forget_short_lived(work: UnitOfWork, keys: Sequence[bytes]) -> None:
    short_lived.forget_over(work.session, work.now, keys)


OUTLIVED: tuple[Chore[Any], ...] = (
    Chore(_find_updates, _forget_updates),
    Chore(_find_sent, _forget_sent),
    Chore(_find_idle_holds, _forget_idle_holds),
)
SHORT_LIVED = Chore(_find_short_lived, _forget_short_lived)
"""Gone within minutes, not within the hour: see `bot/safety/disk.py`."""
