"""The recurrences that something said to repeat can mean, seen from now."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING

from bot.domain.moments.dates import FARTHEST, last_date, months_later
from bot.domain.moments.languages.vocabulary import Every
from bot.domain.moments.parts.clock import A_DAY, AN_HOUR
from bot.domain.moments.parts.days import CalendarDate, Day
from bot.domain.moments.parts.months import MonthDay, MonthWeekday, YearDay
from bot.domain.moments.parts.repeat_ends import Ending, EndOf, EndOfMonth, Lasting, Times
from bot.domain.moments.parts.repeats import EveryFewDays as FewDaysSaid
from bot.domain.moments.parts.repeats import EverySecondWeek
from bot.domain.moments.results import MomentProblem
from bot.domain.timekeeping.recurrence import (
    A_MONDAY,
    EVERY_DAY,
    LAST_DAY,
    MOST_DAYS,
    EveryFewDays,
    MonthlyOnDay,
    MonthlyOnWeekday,
    Pattern,
    Recurrence,
    Weekly,
    Yearly,
    ending_after,
)

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from bot.domain.moments.parts.phrases import Repeated
    from bot.domain.moments.parts.repeats import Repeats

MOST_TIMES = 1000
MOST_YEARS = 10
DECEMBER = 12


def rules_of(repeated: Repeated, now: datetime, zone: ZoneInfo) -> tuple[Recurrence, ...]:
    """One, or two where only the one who said it knows in which half of the day it is."""
    for day in (repeated.beginning, repeated.ending):
        if isinstance(day, CalendarDate) and not day.exists:
            raise MomentProblem("moments.impossible")
    begins = _beginning(repeated.beginning, now, zone)
    rules = tuple(
        _ended(_pattern(repeated.days, times, begins, now, zone), repeated.ending, now, zone)
        for times in _times(repeated)
    )
    if any(rule.last_on and rule.last_on > _latest_end(now, zone) for rule in rules):
        raise MomentProblem("moments.ends_late")
    return rules


def _times(repeated: Repeated) -> list[list[time]]:
    """The wall times of a day; more than one list of them where it is to be asked."""
    clocks = repeated.clocks
    if not clocks:
        raise MomentProblem("moments.no_time")
    if not all(clock.strikes for clock in clocks):
        raise MomentProblem("moments.impossible")
    is_each = isinstance(repeated.days, Every) and repeated.days.weekdays == EVERY_DAY
    is_daily = is_each or isinstance(repeated.days, FewDaysSaid)
    wall = partial(_wall_time, is_daily=is_daily)
    if (
        len(clocks) == 1
        and clocks[0].is_asked
        and not (clocks[0].any_midnight or clocks[0].any_night)
    ):
        return [[wall(strike)] for strike in clocks[0].strikes]
    if any(
        clock.is_asked and not (is_daily and (clock.any_midnight or clock.any_night))
        for clock in clocks
    ):
        raise MomentProblem("moments.which_hour")
    return [sorted({wall(clock.strikes[0]) for clock in clocks})]


def _wall_time(strike: int, *, is_daily: bool) -> time:
    """What ends a day begins the next, and which of the two is meant matters unless each day has it."""
    if strike >= A_DAY and not is_daily:
        raise MomentProblem("moments.which_hour")
    return time(*divmod(strike % A_DAY, AN_HOUR))


def _beginning(day: Day | None, now: datetime, zone: ZoneInfo) -> date:
    if day is None:
        return A_MONDAY
    begins = last_date(day, now, zone)
    if begins > now.astimezone(zone).date() + FARTHEST:
        raise MomentProblem("moments.too_far")
    return max(begins, A_MONDAY)


def _pattern(
    days: Repeats, times: list[time], begins: date, now: datetime, zone: ZoneInfo
) -> Pattern:
    at, *others = times
    also_at = tuple(others)
    if begins > A_MONDAY:  # what is counted is counted from the day that was said
        now = min(now, datetime.combine(begins, time(), zone) - timedelta(minutes=1))

    match days:
        case Every(weekdays=weekdays) if weekdays:
            return Weekly(weekdays, at, since=begins, also_at=also_at)
        case EverySecondWeek(weekdays=weekdays) if weekdays:
            first, _ = Weekly(weekdays, at, since=begins, also_at=also_at).dated_after(now, zone)
            return Weekly(weekdays, at, weeks=2, since=first, also_at=also_at)
        case FewDaysSaid(days=number) if number <= MOST_DAYS:
            first, _ = Weekly(EVERY_DAY, at, since=begins, also_at=also_at).dated_after(now, zone)
            return EveryFewDays(number, at, first, also_at)
        case MonthDay(day=int(day)) if 1 <= day <= LAST_DAY:
            return MonthlyOnDay(day, at, begins, also_at)
        case MonthWeekday(nth=nth, weekday=weekday):
            return MonthlyOnWeekday(nth, weekday, at, begins, also_at)
        case YearDay(date=CalendarDate(day=day, month=int(month)) as said) if said.exists:
            return Yearly(month, day, at, begins, also_at)
        case MonthDay(day=int()) | YearDay(date=CalendarDate()) | FewDaysSaid():
            raise MomentProblem("moments.impossible")
    raise MomentProblem("moments.which_day")


def _ended(pattern: Pattern, ending: Ending | None, now: datetime, zone: ZoneInfo) -> Recurrence:
    match ending:
        case None:
            return Recurrence(pattern)
        case Times(count=count):
            return _so_many_times(pattern, count, now, zone)
        case Lasting(days=days, months=months):
            if not 1 <= max(days, months) <= MOST_TIMES:
                raise MomentProblem("moments.impossible")
            first, _ = pattern.dated_after(now, zone)
            last = months_later(first, months) + timedelta(days=days)
            return Recurrence(pattern, last - timedelta(days=1))
        case EndOf() | EndOfMonth():
            return Recurrence(pattern, _end_of(ending, now.astimezone(zone).date()))
        case _:
            return Recurrence(pattern, last_date(ending, now, zone))


def _so_many_times(pattern: Pattern, count: int, now: datetime, zone: ZoneInfo) -> Recurrence:
    """Its last day is kept, so several times a day must come out even."""
    if not 1 <= count <= MOST_TIMES:
        raise MomentProblem("moments.impossible")
    ended = ending_after(pattern, count, now, zone, latest=_latest_end(now, zone))
    if ended is None:
        raise MomentProblem("moments.ends_late")
    if pattern.also_at and len(ended.next_few(now.astimezone(UTC), zone, count + 1)) > count:
        raise MomentProblem("moments.unknown_end")
    return ended


def _latest_end(now: datetime, zone: ZoneInfo) -> date:
    """An end farther than this was rather mistaken, and would be much to count."""
    return months_later(now.astimezone(zone).date(), MOST_YEARS * 12)


def _end_of(ending: EndOf | EndOfMonth, today: date) -> date:
    month = DECEMBER if isinstance(ending, EndOf) else ending.month or today.month
    year = today.year + (month < today.month)
    return date(year, month, monthrange(year, month)[1])
