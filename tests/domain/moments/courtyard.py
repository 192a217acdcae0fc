"""A fixed place and moment to read words in: Minsk, Thursday 22 October 2026, 15:00."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.domain.moments.reading import read_schedule
from bot.domain.moments.results import EitherOf, MomentProblem, OneTime, Repeating, TimeOrDate
from bot.domain.timekeeping.recurrence import (
    EveryFewDays,
    MonthlyOnDay,
    MonthlyOnWeekday,
    Pattern,
    Weekly,
    Yearly,
)

MINSK = ZoneInfo("Europe/Minsk")
NOW = datetime(2026, 10, 22, 12, 0, tzinfo=UTC)

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def understood(words: str) -> tuple[str, str]:
    """What was understood, as in the tables of examples, and the rest."""
    try:
        read = read_schedule(words, now=NOW, zone=MINSK)
    except MomentProblem as problem:
        return problem.key, ""
    if isinstance(read, TimeOrDate):
        return f"{read.as_time.moment.wall:%H:%M} or {read.date:%d.%m.%Y}", read.rest
    if isinstance(read, EitherOf):
        return f"{_said(read.first)} or {_said(read.second)}", read.rest
    return _said(read), read.rest


def _said(read: OneTime | Repeating) -> str:
    if isinstance(read, OneTime):
        return f"{DAYS[read.moment.wall.weekday()]} {read.moment.wall:%d.%m.%Y %H:%M}"
    times = " ".join(f"{at:%H:%M}" for at in read.rule.times)
    since = f" from {read.first.wall:%d.%m.%Y}" if _begins_later(read.rule) else ""
    until = f" until {read.last_on:%d.%m.%Y}" if read.last_on else ""
    return f"every {_days(read.rule)} {times}{since}{until}"


def _begins_later(rule: Pattern) -> bool:
    """What comes every second week or every few days is counted from its first day anyhow."""
    is_counted = isinstance(rule, EveryFewDays) or (isinstance(rule, Weekly) and rule.weeks > 1)
    return not is_counted and rule.since > NOW.date()


def _days(rule: Pattern) -> str:
    match rule:
        case Weekly(weekdays=weekdays, weeks=weeks):
            days = " ".join(DAYS[number] for number in sorted(weekdays))
            return f"second {days}" if weeks == 2 else days
        case MonthlyOnDay(day=day):
            return f"month {day}"
        case MonthlyOnWeekday(nth=nth, weekday=weekday):
            return f"month {nth} {DAYS[weekday]}"
        case EveryFewDays(days=days):
            return f"{days} days"
        case Yearly(month=month, day=day):
            return f"year {day:02}.{month:02}"
    raise TypeError(type(rule).__name__)


def table(text: str) -> list[tuple[str, str]]:
    """(words, meaning) of a table where each meaning stands above its indented words."""
    rows = []
    meaning = ""
    for line in filter(str.strip, text.splitlines()):
        if line.startswith(" "):
            rows.append((line.strip(), meaning))
        else:
            meaning = line
    return rows
