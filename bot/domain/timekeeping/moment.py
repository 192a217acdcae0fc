"""A moment: what a clock on a wall shows, where that wall is, and the instant it means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from zoneinfo import ZoneInfo

import bot.domain.timekeeping.zone_data  # noqa: F401 - says by which data a zone is read

_SECOND = ";fold=1"


class MomentNote(Enum):
    """What is odd about a wall time on a night when the clocks change."""

    MISSING_HOUR = "missing_hour"
    """It was skipped: the moment is as much later as the clocks were put forward."""

    DOUBLE_HOUR = "double_hour"
    """It came twice: the moment is the first of the two."""


@dataclass(frozen=True, slots=True)
class Moment:
    """`wall` is naive, `zone` an IANA name, `at` the same instant in aware UTC.

    The wall's `fold` is 1 in the second of two hours that a clock shows alike: so wall and zone are the
    whole promise, and the instant follows from them by whatever rules the zone has.
    """

    wall: datetime
    zone: str
    at: datetime
    note: MomentNote | None = None


def instant_of(wall: datetime, zone: ZoneInfo) -> datetime:
    """The instant, in aware UTC, when clocks in `zone` show `wall` (naive).

    After PEP 495: of an hour that comes twice the wall's fold says which. An earlier fold reads a skipped
    hour with the offset before the change, which moves it forward by the gap.
    """
    first, second = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    return second if wall.fold and second > first else first


def resolve(wall: datetime, zone: ZoneInfo) -> Moment:
    """The moment when clocks in `zone` show `wall` (naive). See MomentNote for clock changes."""
    at = instant_of(wall, zone)
    moment = moment_at(at, zone)
    if moment.wall != wall:
        note = MomentNote.MISSING_HOUR
    elif instant_of(wall.replace(fold=1), zone) != at:
        note = MomentNote.DOUBLE_HOUR
    else:
        return moment
    return Moment(moment.wall, moment.zone, at, note)


def moment_at(instant: datetime, zone: ZoneInfo) -> Moment:
    """What the wall in `zone` shows at an aware `instant`."""
    wall = instant.astimezone(zone).replace(tzinfo=None)
    return Moment(wall, zone.key, instant.astimezone(UTC))


def write_wall(wall: datetime) -> str:
    """A wall time as it is kept, to the minute: 2026-10-25T02:30, with ";fold=1" in a second such hour."""
    return wall.isoformat(timespec="minutes") + (_SECOND if wall.fold else "")


def read_wall(text: str) -> datetime:
    """The reverse of `write_wall`. Raises ValueError for anything else."""
    return datetime.fromisoformat(text.removesuffix(_SECOND)).replace(fold=text.endswith(_SECOND))


def write_moment(moment: Moment) -> str:
    """A moment as it is kept, by what is promised of it: 2026-10-24T19:00[Europe/Minsk]."""
    return f"{write_wall(moment.wall)}[{moment.zone}]"


def moment_from(text: str) -> Moment:
    """The moment that `write_moment` wrote, by the rules that its zone has now. Raises ValueError."""
    wall, bracket, zone = text.removesuffix("]").partition("[")
    if not bracket:
        raise ValueError("a moment has a zone")
    return moment_at(instant_of(read_wall(wall), ZoneInfo(zone)), ZoneInfo(zone))
