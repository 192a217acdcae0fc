"""When something that repeats comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from bot.domain.moments.moment import Moment, resolve

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

EVERY_DAY = frozenset(range(7))
WORKING_DAYS = frozenset(range(5))
WEEKEND = EVERY_DAY - WORKING_DAYS


@dataclass(frozen=True, slots=True)
class Weekly:
    """On each of `weekdays` (0 is Monday) when clocks on the wall show `at`.

    The wall time holds across clock changes: only on the night that skips it the moment is later,
    and on the night that repeats it the first of the two counts (see `resolve`).
    """

    weekdays: frozenset[int]
    at: time

    def __post_init__(self) -> None:
        if not self.weekdays or not self.weekdays <= EVERY_DAY:
            raise ValueError("weekdays are some of 0..6")
        if self.at.tzinfo is not None:
            raise ValueError("a wall time has no zone of its own")

    def next_after(self, instant: datetime, zone: ZoneInfo) -> Moment:
        """The first occurrence strictly after an aware `instant`."""
        # A skipped wall time of yesterday may fall into today.
        day = instant.astimezone(zone).date() - timedelta(days=1)
        while True:
            if day.weekday() in self.weekdays:
                moment = resolve(datetime.combine(day, self.at), zone)
                if moment.at > instant.astimezone(UTC):
                    return moment
            day += timedelta(days=1)

    def occurrences(self, after: datetime, zone: ZoneInfo) -> Iterator[Moment]:
        """All occurrences strictly after an aware instant, in order, without end."""
        while True:
            moment = self.next_after(after, zone)
            yield moment
            after = moment.at
