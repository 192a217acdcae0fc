"""Which day and instant is meant by what was said, seen from now."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from bot.domain.moments.languages.vocabulary import FromToday
from bot.domain.moments.parts.days import CalendarDate, Day, Weekday
from bot.domain.moments.results import MomentProblem
from bot.domain.timekeeping.moment import Moment, resolve

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from bot.domain.moments.parts.clocks import Clock

FARTHEST = timedelta(days=2 * 366)

A_DAY = timedelta(days=1)
A_WEEK = timedelta(weeks=1)


def next_moment(
    days: tuple[Day, ...], clock: Clock | None, now: datetime, zone: ZoneInfo
) -> Moment:
    """The first strike of `clock` after an aware `now`, on a day that is all of `days`."""
    if not all(day.exists for day in days if isinstance(day, CalendarDate)):
        raise MomentProblem("moments.impossible")
    if clock is None:
        raise MomentProblem("moments.no_time")
    if not clock.times:
        raise MomentProblem("moments.impossible")
    if not days:
        return _next_strike(clock, now, zone)
    today = now.astimezone(zone).date()
    for candidate in _dates(_most_telling(days), today):
        moment = _strike_on(candidate, clock, now, zone)
        if moment:
            if not all(_is_on(day, candidate, today) for day in days):
                raise MomentProblem("moments.disagree")
            return moment
    raise MomentProblem("moments.past")


def next_date(day: Day, now: datetime, zone: ZoneInfo) -> date:
    """The first such day from today on."""
    today = now.astimezone(zone).date()
    return next(candidate for candidate in _dates(day, today) if candidate >= today)


def last_date(day: Day, now: datetime, zone: ZoneInfo) -> date:
    """The day on which something that repeats ends: the next such one, or one gone by if it was named."""
    if isinstance(day, FromToday) or (isinstance(day, CalendarDate) and day.year is not None):
        return next(_dates(day, now.astimezone(zone).date()))
    return next_date(day, now, zone)


def _next_strike(clock: Clock, now: datetime, zone: ZoneInfo) -> Moment:
    today = now.astimezone(zone).date()
    strikes = [
        resolve(datetime.combine(today + n * A_DAY, at), zone)
        for n in range(3)
        for at in clock.times
    ]
    return min((moment for moment in strikes if moment.at > now), key=lambda moment: moment.at)


def _strike_on(day: date, clock: Clock, now: datetime, zone: ZoneInfo) -> Moment | None:
    today = now.astimezone(zone).date()
    if day > today + FARTHEST:
        raise MomentProblem("moments.too_far")
    if day < today:
        return None
    strikes = (resolve(datetime.combine(day, at), zone) for at in clock.times)
    return next((moment for moment in strikes if moment.at > now.astimezone(UTC)), None)


def _most_telling(days: tuple[Day, ...]) -> Day:
    order = (CalendarDate, FromToday, Weekday)
    return min(days, key=lambda day: order.index(type(day)))


def _dates(day: Day, today: date) -> Iterator[date]:
    """The days it can be, in order, some perhaps over already."""
    if isinstance(day, FromToday):
        yield today + min(timedelta(days=day.days), FARTHEST + A_DAY)
    elif isinstance(day, Weekday):
        coming = today + timedelta(days=(day.number - today.weekday()) % 7)
        monday = today - timedelta(days=today.weekday())
        if day.next_week:
            yield monday + A_WEEK + timedelta(days=day.number)
        else:
            yield from (coming, coming + A_WEEK)
    elif day.year is not None and day.month is not None:
        yield date(day.year, day.month, day.day)
    else:
        yield from _next_dates(day, today)


def _next_dates(day: CalendarDate, today: date) -> Iterator[date]:
    month = today.replace(day=1)
    while True:
        if (day.month or month.month) == month.month:
            with suppress(ValueError):  # a month too short for it is passed over
                yield month.replace(day=day.day)
        month = (month + timedelta(days=31)).replace(day=1)


def _is_on(day: Day, candidate: date, today: date) -> bool:
    if isinstance(day, FromToday):
        return candidate == today + min(timedelta(days=day.days), FARTHEST + A_DAY)
    if isinstance(day, Weekday):
        return candidate.weekday() == day.number
    said = (day.year or candidate.year, day.month or candidate.month, day.day)
    return said == (candidate.year, candidate.month, candidate.day)
