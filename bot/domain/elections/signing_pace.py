"""When the target would be reached if signatures went on coming as in the last seven days.

Everything here is counted from public numbers, so a forecast tells nothing that they don't.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WINDOW = timedelta(days=7)
_FARTHEST = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class PublicDay:
    """The public number at the end of a day on which it moved."""

    day: date
    shown: int


def forecast(history: Sequence[PublicDay], needed: int, today: date) -> date | None:
    """The day on which `needed` would be reached at the pace of the last seven days.

    `history` is in the order of its days and begins from nothing. None where the target is reached, where
    nothing was gained within the seven days, or where it would take more than a year.
    """
    shown = _number_on(history, today)
    missing, gained = needed - shown, shown - _number_on(history, today - WINDOW)
    if missing <= 0 or gained <= 0:
        return None
    ahead = timedelta(days=-(-missing * WINDOW.days // gained))
    return today + ahead if ahead <= _FARTHEST else None


def _number_on(history: Sequence[PublicDay], day: date) -> int:
    return next((each.shown for each in reversed(history) if each.day <= day), 0)
