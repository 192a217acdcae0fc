"""Which day and instant is meant by what was said, seen from now."""

from __future__ import annotations

from calendar import monthrange
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from bot.domain.moments.languages.vocabulary import DayPart, FromToday
from bot.domain.moments.parts.clock import A_DAY as MINUTES_IN_A_DAY
from bot.domain.moments.parts.days import CalendarDate, Day, MonthsAhead, Week, Weekday
from bot.domain.moments.results import MomentProblem
from bot.domain.timekeeping.moment import Moment, resolve

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from bot.domain.moments.parts.clock import Clock

FARTHEST = timedelta(days=2 * 366)
JUST_PAST = timedelta(days=30)
"""A date gone by as long as this ago was rather mistaken than meant for next year."""
MOST_MONTHS = 25

A_DAY = timedelta(days=1)
A_WEEK = timedelta(weeks=1)


def next_moments(
    days: tuple[Day, ...], clock: Clock | None, now: datetime, zone: ZoneInfo
) -> tuple[Moment, ...]:
    """The first strike of `clock` after an aware `now`, on a day that is all of `days`.

    There are several where only the one who said it knows which, the earliest first.
    """
    if not all(day.exists for day in days if isinstance(day, CalendarDate)):
        raise MomentProblem("moments.impossible")
    if any(isinstance(day, Week) for day in days):
        raise MomentProblem("moments.which_day")
    if clock is None:
        raise MomentProblem("moments.no_time")
    if any(_is_tonight(day) for day in days) and _is_after_midnight(clock):
        clock = clock.of_night()
    if not clock.strikes:
        raise MomentProblem("moments.impossible")
    if not days:
        return _next_strikes(clock, now, zone)
    today = now.astimezone(zone).date()
    telling = _most_telling(days)
    found: list[Moment] = []
    for candidate in _dates_meant(telling, days, today):
        moments = _strikes_on(candidate, clock, now, zone)
        if isinstance(telling, Weekday):
            moments = _without_second_half(moments, candidate, clock, now, zone)
        if moments and not _is_all(days, candidate, today):
            kinds = {type(day) for day in days}
            raise MomentProblem("moments.several" if len(kinds) == 1 else "moments.disagree")
        found += [moment for moment in moments if moment not in found]
        if found and not (isinstance(telling, Weekday) and telling.counted):
            break
    if not found:
        raise MomentProblem("moments.past")
    return tuple(sorted(found, key=lambda moment: moment.at))


def next_date(day: CalendarDate, now: datetime, zone: ZoneInfo) -> date:
    """The first such day from today on, or one just past."""
    return next(_dates(day, now.astimezone(zone).date()))


def last_date(day: Day, now: datetime, zone: ZoneInfo) -> date:
    """The day on which something that repeats ends: the next such one, or one gone by if it was named."""
    today = now.astimezone(zone).date()
    return next(_dates(day, today))


def _is_tonight(day: Day) -> bool:
    return isinstance(day, FromToday) and day.part in (DayPart.EVENING, DayPart.NIGHT)


def _is_after_midnight(clock: Clock) -> bool:
    """ "Tonight at 1" and "tonight at 1am", but "tonight at 5" is the evening's."""
    return clock.part is DayPart.AM or (clock.part is DayPart.EVENING and not clock.strikes)


def _next_strikes(clock: Clock, now: datetime, zone: ZoneInfo) -> tuple[Moment, ...]:
    """Of an hour without a day. What is over today may be tomorrow's, or the other half's of today."""
    today = now.astimezone(zone).date()
    firsts = []
    for strike in clock.strikes:
        moments = (_resolved(today + n * A_DAY, strike, zone) for n in range(-1, 4))
        firsts.append(next(moment for moment in moments if moment.at > now))
    if len(firsts) == 1 or clock.part is not None or clock.any_midnight:
        return (min(firsts, key=lambda moment: moment.at),)
    if not clock.is_asked and firsts[0].at < firsts[1].at:
        return (firsts[0],)
    return tuple(sorted(firsts, key=lambda moment: moment.at))


def _strikes_on(day: date, clock: Clock, now: datetime, zone: ZoneInfo) -> list[Moment]:
    """The moments of a day that are ahead and can be meant."""
    today = now.astimezone(zone).date()
    if day > today + FARTHEST:
        raise MomentProblem("moments.too_far")
    if day < today:
        return []
    moments = (_resolved(day, strike, zone) for strike in clock.strikes)
    ahead = [moment for moment in moments if moment.at > now.astimezone(UTC)]
    return ahead if clock.is_asked else ahead[:1]


def _without_second_half(
    moments: list[Moment], day: date, clock: Clock, now: datetime, zone: ZoneInfo
) -> list[Moment]:
    """On a Thursday afternoon "thursday at 10" is not tonight, and "thursday at 8" may be a week later."""
    is_half = clock.bare and clock.part is None and len(clock.strikes) > 1
    morning = _resolved(day, clock.strikes[0], zone)
    if not moments or not is_half or morning.at > now.astimezone(UTC):
        return moments
    return [*moments, _resolved(day + A_WEEK, clock.strikes[0], zone)] if clock.is_asked else []


def _resolved(day: date, strike: int, zone: ZoneInfo) -> Moment:
    days, minute = divmod(strike, MINUTES_IN_A_DAY)
    at = time(*divmod(minute, 60))
    return resolve(datetime.combine(day + days * A_DAY, at), zone)


def _most_telling(days: tuple[Day, ...]) -> Day:
    order = (CalendarDate, FromToday, MonthsAhead, Weekday)
    return min(days, key=lambda day: order.index(type(day)))


def _dates_meant(telling: Day, days: tuple[Day, ...], today: date) -> Iterator[date]:
    """The days it can be. A date just past isn't the one that is meant where the weekday said beside it is
    that of the next such date alone."""
    candidates = _dates(telling, today)
    first = next(candidates)
    if isinstance(telling, CalendarDate) and first < today:
        following = next(_next_dates(telling, today))
        if not _is_all(days, first, today) and _is_all(days, following, today):
            first = following
    yield first
    yield from candidates


def _is_all(days: tuple[Day, ...], candidate: date, today: date) -> bool:
    return all(_is_on(day, candidate, today) for day in days)


def _dates(day: Day, today: date) -> Iterator[date]:
    """The days it can be, in order, some perhaps over already."""
    if isinstance(day, FromToday):
        yield today + min(timedelta(days=day.days), FARTHEST + A_DAY)
    elif isinstance(day, MonthsAhead):
        yield months_later(today, min(day.months, MOST_MONTHS))
    elif isinstance(day, Weekday):
        yield from _weekdays(day, today)
    elif isinstance(day, Week):
        raise MomentProblem("moments.which_day")
    elif day.year is not None and day.month is not None:
        yield date(day.year, day.month, day.day)
    elif day.month is not None:
        yield next(_next_dates(day, today - JUST_PAST))
    else:
        yield from (found for found in _next_dates(day, today) if found >= today)


def _weekdays(day: Weekday, today: date) -> Iterator[date]:
    coming = today + timedelta(days=(day.number - today.weekday()) % 7)
    if day.weeks is None:
        yield from (coming, coming + A_WEEK)
        return
    weeks = min(timedelta(weeks=day.weeks), FARTHEST + A_WEEK)
    yield today - timedelta(days=today.weekday()) + weeks + timedelta(days=day.number)
    if day.counted:
        yield coming + weeks


def _next_dates(day: CalendarDate, first: date) -> Iterator[date]:
    month = first.replace(day=1)
    while True:
        if (day.month or month.month) == month.month:
            with suppress(ValueError):  # a month too short for it is passed over
                found = month.replace(day=day.day)
                if found >= first:
                    yield found
        month = (month + timedelta(days=31)).replace(day=1)


def months_later(day: date, months: int) -> date:
    """The same day of the month, or the month's last where it is too short."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _is_on(day: Day, candidate: date, today: date) -> bool:
    if isinstance(day, Weekday):
        return candidate.weekday() == day.number
    if isinstance(day, CalendarDate):
        said = (day.year or candidate.year, day.month or candidate.month, day.day)
        return said == (candidate.year, candidate.month, candidate.day)
    return candidate == next(_dates(day, today))
