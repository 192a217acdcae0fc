"""A fixed place and moment to read words in: Minsk, Thursday 22 October 2026, 15:00."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.domain.moments.reading import read_schedule
from bot.domain.moments.results import MomentProblem, OneTime, Repeating
from bot.domain.timekeeping.recurrence import MonthlyOnDay, MonthlyOnWeekday, Pattern, Weekly

MINSK = ZoneInfo("Europe/Minsk")
NOW = datetime(2026, 10, 22, 12, 0, tzinfo=UTC)

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def understood(words: str) -> tuple[str, str]:
    """What was understood, as in the tables of examples, and the rest."""
    try:
        read = read_schedule(words, now=NOW, zone=MINSK)
    except MomentProblem as problem:
        return problem.key, ""
    if isinstance(read, OneTime):
        return f"{DAYS[read.moment.wall.weekday()]} {read.moment.wall:%d.%m.%Y %H:%M}", read.rest
    if isinstance(read, Repeating):
        until = f" until {read.last_on:%d.%m.%Y}" if read.last_on else ""
        return f"every {_days(read.rule)} {read.rule.at:%H:%M}{until}", read.rest
    return f"{read.as_time.moment.wall:%H:%M} or {read.date:%d.%m.%Y}", read.rest


def _days(rule: Pattern) -> str:
    match rule:
        case Weekly(weekdays=weekdays, weeks=weeks):
            days = " ".join(DAYS[number] for number in sorted(weekdays))
            return f"second {days}" if weeks == 2 else days
        case MonthlyOnDay(day=day):
            return f"month {day}"
        case MonthlyOnWeekday(nth=nth, weekday=weekday):
            return f"month {nth} {DAYS[weekday]}"
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
