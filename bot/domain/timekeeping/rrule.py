"""A recurrence in iCalendar's words, as it is kept: any calendar program could read it.

    DTSTART:20261026T110000
    RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;UNTIL=20270601T235959

Wall times without a zone ("floating"); the zone stands beside. A day's further times have a rule each, as
in ";BYHOUR=21;BYMINUTE=0". Source: RFC 5545, sections 3.3.10 and 3.8.5.3. The rules written here are read
back, others are not.
"""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from bot.domain.timekeeping.recurrence import (
    EveryFewDays,
    MonthlyOnDay,
    MonthlyOnWeekday,
    Recurrence,
    Weekly,
    Yearly,
)

if TYPE_CHECKING:
    from datetime import date

    from bot.domain.timekeeping.recurrence import Pattern

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_SHORTEST_MONTH = 28


def write_rrule(recurrence: Recurrence) -> str:
    """The rule as text."""
    pattern = recurrence.pattern
    parts = _parts(pattern)
    if recurrence.last_on is not None:
        parts.append(f"UNTIL={recurrence.last_on:%Y%m%d}T235959")
    rule = f"RRULE:{';'.join(parts)}"
    further = [f"{rule};BYHOUR={at.hour};BYMINUTE={at.minute}" for at in pattern.also_at]
    return "\n".join([f"DTSTART:{pattern.since:%Y%m%d}T{pattern.at:%H%M}00", rule, *further])


def read_rrule(text: str) -> Recurrence:
    """The reverse of `write_rrule`. Raises ValueError for anything else."""
    try:
        start, *rules = text.split("\n")
        begins = _moment(start.removeprefix("DTSTART:"))
        parts, *further = (
            dict(part.split("=") for part in rule.removeprefix("RRULE:").split(";"))
            for rule in rules
        )
        until = parts.get("UNTIL")
        also_at = tuple(time(int(each["BYHOUR"]), int(each["BYMINUTE"])) for each in further)
        pattern = _pattern(parts, begins.date(), begins.time(), also_at)
        recurrence = Recurrence(pattern, _moment(until).date() if until else None)
    except (LookupError, ValueError) as error:
        raise ValueError("no rule that is kept here") from error
    if write_rrule(recurrence) != text:
        raise ValueError("no rule that is kept here")
    return recurrence


def _parts(pattern: Pattern) -> list[str]:
    match pattern:
        case Weekly(weekdays=weekdays, weeks=weeks):
            days = ",".join(_WEEKDAYS[day] for day in sorted(weekdays))
            interval = [f"INTERVAL={weeks}"] if weeks > 1 else []
            return ["FREQ=WEEKLY", *interval, f"BYDAY={days}"]
        case EveryFewDays(days=number):
            return ["FREQ=DAILY", f"INTERVAL={number}"]
        case Yearly(month=month, day=day):
            # RFC 5545 passes over years without the day: so the last of the two that there is.
            is_leap_day = (month, day) == (2, 29)
            on = ["BYMONTHDAY=28,29", "BYSETPOS=-1"] if is_leap_day else [f"BYMONTHDAY={day}"]
            return ["FREQ=YEARLY", f"BYMONTH={month}", *on]
    return _monthly_parts(pattern)


def _monthly_parts(pattern: Pattern) -> list[str]:
    match pattern:
        case MonthlyOnDay(day=day) if day <= _SHORTEST_MONTH:
            return ["FREQ=MONTHLY", f"BYMONTHDAY={day}"]
        case MonthlyOnDay(day=day):
            # RFC 5545 passes over months that are too short: so the last of the days that there are.
            days = ",".join(map(str, range(_SHORTEST_MONTH, day + 1)))
            return ["FREQ=MONTHLY", f"BYMONTHDAY={days}", "BYSETPOS=-1"]
        case MonthlyOnWeekday(nth=nth, weekday=weekday):
            return ["FREQ=MONTHLY", f"BYDAY={nth}{_WEEKDAYS[weekday]}"]
    raise TypeError(type(pattern).__name__)


def _pattern(parts: dict[str, str], since: date, at: time, also_at: tuple[time, ...]) -> Pattern:
    interval = int(parts.get("INTERVAL", "1"))
    if parts["FREQ"] == "WEEKLY":
        weekdays = frozenset(_WEEKDAYS.index(day) for day in parts["BYDAY"].split(","))
        return Weekly(weekdays, at, interval, since, also_at)
    if parts["FREQ"] == "DAILY":
        return EveryFewDays(interval, at, since, also_at)
    days = parts.get("BYMONTHDAY")
    if days is None:
        weekday = parts["BYDAY"]
        nth, number = int(weekday[:-2]), _WEEKDAYS.index(weekday[-2:])
        return MonthlyOnWeekday(nth, number, at, since, also_at)
    day = int(days.split(",")[-1])
    if parts["FREQ"] == "YEARLY":
        return Yearly(int(parts["BYMONTH"]), day, at, since, also_at)
    return MonthlyOnDay(day, at, since, also_at)


def _moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y%m%dT%H%M%S")  # noqa: DTZ007 - a wall time has no zone
