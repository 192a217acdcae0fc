"""Full hours by a clock on the wall: the moments at which counts of people become public."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

_HOUR = timedelta(hours=1)


def last_full_hour(now: datetime, zone: ZoneInfo) -> datetime:
    """The latest moment, at or before `now`, at which the clock of `zone` shows a full hour; in that zone.

    Some zones are half an hour or 45 minutes beside the others, and in one clocks are put forward by half
    an hour: so the clock is read again where it was put.
    """
    at = now - _past_the_hour(now, zone)
    at -= _past_the_hour(at, zone)
    return at.astimezone(zone)


def next_full_hour(now: datetime, zone: ZoneInfo) -> datetime:
    """The first moment after `now` at which the clock of `zone` shows a full hour; in that zone."""
    at = now + _HOUR - _past_the_hour(now, zone)
    rest = _past_the_hour(at, zone)
    return (at + _HOUR - rest if rest else at).astimezone(zone)


def _past_the_hour(at: datetime, zone: ZoneInfo) -> timedelta:
    wall = at.astimezone(zone)
    return timedelta(minutes=wall.minute, seconds=wall.second, microseconds=wall.microsecond)
