"""When something that repeats comes next.

A pattern says on which days of the calendar, and what clocks on the wall show then; it goes on without
end. A recurrence is a pattern with its last day. Wall times hold across clock changes: only on a night
that skips one the moment is later, and on a night that repeats it the first of the two counts (see
`resolve`).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.domain.timekeeping.moment import Moment, resolve

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

EVERY_DAY = frozenset(range(7))
WORKING_DAYS = frozenset(range(5))
WEEKEND = EVERY_DAY - WORKING_DAYS

LAST = -1
"""The last such weekday of a month."""
NTHS = (1, 2, 3, 4, LAST)
LAST_DAY = 31
"""The last day of a month, however long it is."""

A_MONDAY = date(1990, 1, 1)
MOST_DAYS = 366
"""Of a pattern that counts days."""

_A_LEAP_YEAR = 2000
_A_DAY = timedelta(days=1)
_A_WEEK = timedelta(weeks=1)


class Pattern(ABC):
    """Days of the calendar that go on without end, and one wall time or several on each."""

    __slots__ = ()

    @property
    @abstractmethod
    def at(self) -> time:
        """What clocks on the wall show, the first time of a day; it has no zone of its own."""

    @property
    @abstractmethod
    def also_at(self) -> tuple[time, ...]:
        """The later times of the same day, in order; most patterns have none."""

    @property
    @abstractmethod
    def since(self) -> date:
        """No day before this one is the pattern's."""

    @abstractmethod
    def falls_on(self, day: date) -> bool:
        """Whether `day` is one of the pattern's."""

    @property
    def times(self) -> tuple[time, ...]:
        """All wall times of a day, in order."""
        return (self.at, *self.also_at)

    def next_after(self, instant: datetime, zone: ZoneInfo) -> Moment:
        """The first occurrence strictly after an aware `instant`."""
        return self.dated_after(instant, zone)[1]

    def dated_after(self, instant: datetime, zone: ZoneInfo) -> tuple[date, Moment]:
        """The same, with the day it belongs to: a wall time that midnight's clock change skipped
        happens on the day after."""
        # A skipped wall time of yesterday may fall into today, and after a time of today's.
        day = max(instant.astimezone(zone).date() - _A_DAY, self.since)
        while True:
            ahead = [
                (on, moment)
                for on in (day, day + _A_DAY)
                if self.falls_on(on)
                for moment in (resolve(datetime.combine(on, at), zone) for at in self.times)
                if moment.at > instant.astimezone(UTC)
            ]
            if ahead:
                return min(ahead, key=lambda found: found[1].at)
            day += _A_DAY

    def occurrences(self, after: datetime, zone: ZoneInfo) -> Iterator[Moment]:
        """All occurrences strictly after an aware instant, in order, without end."""
        while True:
            moment = self.next_after(after, zone)
            yield moment
            after = moment.at


def _require_wall_times(times: tuple[time, ...]) -> None:
    if any(at.tzinfo is not None for at in times):
        raise ValueError("a wall time has no zone of its own")
    if any(later <= earlier for earlier, later in pairwise(times)):
        raise ValueError("the times of a day are in order")


@dataclass(frozen=True, slots=True)
class Weekly(Pattern):
    """On each of `weekdays` (0 is Monday) of every week, or of every second one.

    None comes before the day `since`; of every `weeks` weeks, which begin on Monday, its week counts.
    """

    weekdays: frozenset[int]
    at: time
    weeks: int = 1
    since: date = A_MONDAY
    also_at: tuple[time, ...] = ()

    def __post_init__(self) -> None:
        if not self.weekdays or not self.weekdays <= EVERY_DAY:
            raise ValueError("weekdays are some of 0..6")
        if self.weeks not in (1, 2):
            raise ValueError("every week or every second one")
        _require_wall_times(self.times)

    def falls_on(self, day: date) -> bool:
        if day < self.since or day.weekday() not in self.weekdays:
            return False
        return (_monday(day) - _monday(self.since)) // _A_WEEK % self.weeks == 0


@dataclass(frozen=True, slots=True)
class MonthlyOnDay(Pattern):
    """On one day of every month (1..31); a month that is too short for it has it on its last day."""

    day: int
    at: time
    since: date = A_MONDAY
    also_at: tuple[time, ...] = ()

    def __post_init__(self) -> None:
        if not 1 <= self.day <= LAST_DAY:
            raise ValueError("a day of the month is one of 1..31")
        _require_wall_times(self.times)

    def falls_on(self, day: date) -> bool:
        return day >= self.since and day.day == min(self.day, _length_of_month(day))


@dataclass(frozen=True, slots=True)
class MonthlyOnWeekday(Pattern):
    """On the first, second, third, fourth or last (`LAST`) such weekday of every month."""

    nth: int
    weekday: int
    at: time
    since: date = A_MONDAY
    also_at: tuple[time, ...] = ()

    def __post_init__(self) -> None:
        if self.nth not in NTHS:
            raise ValueError("the nth weekday is one of 1..4 or the last")
        if self.weekday not in EVERY_DAY:
            raise ValueError("a weekday is one of 0..6")
        _require_wall_times(self.times)

    def falls_on(self, day: date) -> bool:
        if day < self.since or day.weekday() != self.weekday:
            return False
        if self.nth == LAST:
            return day.day + 7 > _length_of_month(day)
        return (day.day - 1) // 7 + 1 == self.nth


@dataclass(frozen=True, slots=True)
class EveryFewDays(Pattern):
    """Every second, third, … day, counted from the day `since`."""

    days: int
    at: time
    since: date
    also_at: tuple[time, ...] = ()

    def __post_init__(self) -> None:
        if not 2 <= self.days <= MOST_DAYS:
            raise ValueError("every 2 to 366 days")
        _require_wall_times(self.times)

    def falls_on(self, day: date) -> bool:
        return day >= self.since and (day - self.since).days % self.days == 0


@dataclass(frozen=True, slots=True)
class Yearly(Pattern):
    """On one date of every year; 29 February is the 28th of a year that has none."""

    month: int
    day: int
    at: time
    since: date = A_MONDAY
    also_at: tuple[time, ...] = ()

    def __post_init__(self) -> None:
        if (
            not 1 <= self.month <= 12
            or not 1 <= self.day <= monthrange(_A_LEAP_YEAR, self.month)[1]
        ):
            raise ValueError("a date that some year has")
        _require_wall_times(self.times)

    def falls_on(self, day: date) -> bool:
        if day < self.since or day.month != self.month:
            return False
        return day.day == min(self.day, _length_of_month(day))


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A pattern up to and including `last_on`; without that day it goes on for good."""

    pattern: Pattern
    last_on: date | None = None

    def next_after(self, instant: datetime, zone: ZoneInfo) -> Moment | None:
        """The first occurrence strictly after an aware `instant`, None where it is over."""
        day, moment = self.pattern.dated_after(instant, zone)
        return None if self.last_on is not None and day > self.last_on else moment

    def next_few(self, instant: datetime, zone: ZoneInfo, count: int) -> tuple[Moment, ...]:
        """Up to `count` occurrences after an aware `instant`, in order."""
        found: list[Moment] = []
        while len(found) < count and (moment := self.next_after(instant, zone)) is not None:
            found.append(moment)
            instant = moment.at
        return tuple(found)

    def latest(self, first: datetime, until: datetime, zone: ZoneInfo) -> datetime:
        """The last occurrence not after an aware `until`, of those from the instant `first` on."""
        latest = first
        while (moment := self.next_after(latest, zone)) is not None and moment.at <= until:
            latest = moment.at
        return latest


def ending_after(
    pattern: Pattern, times: int, instant: datetime, zone: ZoneInfo, latest: date = date.max
) -> Recurrence | None:
    """The pattern with so many occurrences from an aware `instant` on: the day of the last is kept,
    so pausing or skipping doesn't move the end. None where that is later than `latest`."""
    for _ in range(times):
        day, moment = pattern.dated_after(instant, zone)
        if day > latest:
            return None
        instant = moment.at
    return Recurrence(pattern, day)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _length_of_month(day: date) -> int:
    return monthrange(day.year, day.month)[1]
