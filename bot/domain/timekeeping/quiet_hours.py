"""The hours of the night in which a chat hears nothing but what somebody timed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from bot.domain.timekeeping.moment import resolve

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From `begins` until just before `ends`, as clocks on the wall show them; over midnight where
    `ends` is the earlier of the two, and not at all where they are equal.

    On nights when the clocks change an edge that is skipped moves forward with the clocks, and of one
    that comes twice the first counts (see `bot.domain.timekeeping.moment.resolve`).
    """

    begins: time
    ends: time

    def __post_init__(self) -> None:
        if self.begins.tzinfo is not None or self.ends.tzinfo is not None:
            raise ValueError("a wall time has no zone of its own")

    @property
    def is_off(self) -> bool:
        return self.begins == self.ends

    def contain(self, at: datetime, zone: ZoneInfo) -> bool:
        """Whether an aware moment lies in quiet hours."""
        return any(begin <= at < end for begin, end in self._nights(at, zone))

    def over_at(self, at: datetime, zone: ZoneInfo) -> datetime:
        """The first moment from `at` (aware) on that isn't in quiet hours."""
        for begin, end in self._nights(at, zone):
            if begin <= at < end:
                at = end
        return at

    def before(self, at: datetime, zone: ZoneInfo) -> datetime:
        """The last minute up to `at` (aware) that isn't in quiet hours."""
        for begin, end in reversed(list(self._nights(at, zone))):
            if begin <= at < end:
                at = begin - timedelta(minutes=1)
        return at

    def _nights(self, at: datetime, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
        """The quiet hours around a moment as pairs of instants in UTC, the earliest first."""
        if self.is_off:
            return
        # Where a clock change pushes one night's end past the next one's beginning, both count.
        first = at.astimezone(zone).date() - timedelta(days=2)
        for day in (first + timedelta(days=n) for n in range(5)):
            next_day = day if self.begins < self.ends else day + timedelta(days=1)
            begin = resolve(datetime.combine(day, self.begins), zone).at
            yield begin, resolve(datetime.combine(next_day, self.ends), zone).at


NEVER = QuietHours(time(0), time(0))
USUAL = QuietHours(time(22), time(8))
