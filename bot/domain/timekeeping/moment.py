"""A moment: what a clock on a wall shows, where that wall is, and the instant it means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


class MomentNote(Enum):
    """What is odd about a wall time on a night when the clocks change."""

    MISSING_HOUR = "missing_hour"
    """It was skipped: the moment is as much later as the clocks were put forward."""

    DOUBLE_HOUR = "double_hour"
    """It came twice: the moment is the first of the two."""


@dataclass(frozen=True, slots=True)
class Moment:
    """`wall` is naive, `zone` an IANA name, `at` the same instant in aware UTC."""

    wall: datetime
    zone: str
    at: datetime
    note: MomentNote | None = None


def resolve(wall: datetime, zone: ZoneInfo) -> Moment:
    """The moment when clocks in `zone` show `wall` (naive). See MomentNote for clock changes.

    After PEP 495: an earlier fold reads a skipped hour with the offset before the change, which
    moves it forward by the gap, and a repeated hour as its first occurrence.
    """
    at = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    moment = moment_at(at, zone)
    if moment.wall != wall:
        note = MomentNote.MISSING_HOUR
    elif wall.replace(tzinfo=zone, fold=1).astimezone(UTC) != at:
        note = MomentNote.DOUBLE_HOUR
    else:
        return moment
    return Moment(moment.wall, moment.zone, at, note)


def moment_at(instant: datetime, zone: ZoneInfo) -> Moment:
    """What the wall in `zone` shows at an aware `instant`."""
    wall = instant.astimezone(zone).replace(tzinfo=None, fold=0)
    return Moment(wall, zone.key, instant.astimezone(UTC))
