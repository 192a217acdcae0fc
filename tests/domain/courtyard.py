"""A fixed place and moment to read words in: Minsk, Thursday 22 October 2026, 15:00."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.domain.moments.reading import read_schedule
from bot.domain.moments.results import MomentProblem, OneTime, Repeating

MINSK = ZoneInfo("Europe/Minsk")
NOW = datetime(2026, 10, 22, 12, 0, tzinfo=UTC)

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def understood(words: str) -> tuple[str, str]:
    """What was understood, as in the tables of examples, and the rest."""
    try:
        read = read_schedule(words, now=NOW, zone=MINSK)
    except MomentProblem as problem:
        return problem.text, ""
    if isinstance(read, OneTime):
        return f"{DAYS[read.moment.wall.weekday()]} {read.moment.wall:%d.%m.%Y %H:%M}", read.rest
    if isinstance(read, Repeating):
        days = " ".join(DAYS[number] for number in sorted(read.rule.weekdays))
        return f"every {days} {read.rule.at:%H:%M}", read.rest
    return f"{read.as_time.moment.wall:%H:%M} or {read.date:%d.%m.%Y}", read.rest


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
