"""The term of an office: its last day, as people type it, and the moment in which that day is over."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from bot.domain.moments.languages.tokens import Kind, tokenize
from bot.domain.moments.languages.words import AFTER_YEAR
from bot.domain.moments.reading import read_moment
from bot.domain.moments.results import MomentProblem, OneTime, TimeOrDate
from bot.domain.plain_text import clean_line
from bot.domain.refusal import Refused

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

MOST_YEARS = 10
_YEAR_LENGTH = 4

_FULL_DATE = re.compile(
    r"(?P<day>[0-9]{1,2})[./](?P<month>[0-9]{1,2})[./](?P<year>[0-9]{4})"
    r"|(?P<iso>[0-9]{4}-[0-9]{2}-[0-9]{2})"
)


def read_last_day(typed: str, *, now: datetime, zone: ZoneInfo) -> date:
    """The day that was typed: in full ("31.12.2027", "2027-12-31") or in words ("1 june").

    Raises `Refused("representatives.refused.day")` where it is none, `.day_past` where the day isn't
    ahead, and `.day_far` where it lies more than MOST_YEARS ahead.
    """
    line = clean_line(typed)
    today = now.astimezone(zone).date()
    match, (day, year) = _FULL_DATE.fullmatch(line), _day_and_year(line)
    last_day: date | None
    if match:
        last_day = _in_full(match)
    elif day and year:
        last_day = _in_year(_in_words(day, now, zone), int(year))
    else:
        last_day = _in_words(line, now, zone)
    if last_day is None:
        raise _refused("day", today)
    require_term(last_day, today=today)
    return last_day


def answered_day(typed: str, answer: str) -> str:
    """Return what was refused and the answer to that as one day: a day and its year, in either order."""
    day, year = _day_and_year(clean_line(typed))
    other_day, other_year = _day_and_year(clean_line(answer))
    if day and other_year and not other_day:
        return f"{day} {other_year}"
    if year and not day and other_day and not other_year:
        return f"{other_day} {year}"
    return answer


def require_term(last_day: date, *, today: date) -> None:
    """Go on only if a term may end on that day. Raises `Refused` as above."""
    if last_day <= today:
        raise _refused("day_past", today)
    if last_day > in_years(today, MOST_YEARS):
        raise _refused("day_far", today)


def _refused(why: str, today: date) -> Refused:
    """The example that is shown is of the next year."""
    return Refused(f"representatives.refused.{why}", most=MOST_YEARS, year=today.year + 1)


def in_years(day: date, years: int) -> date:
    """The same day some years later; 28 February where there is no 29th."""
    with suppress(ValueError):
        return day.replace(year=day.year + years)
    return day.replace(year=day.year + years, day=28)


def end_of(last_day: date, zone: ZoneInfo) -> datetime:
    """The moment, in aware UTC, in which a day is over in `zone`."""
    midnight = datetime.combine(last_day + timedelta(days=1), time(), tzinfo=zone)
    return midnight.astimezone(UTC)


def _in_full(match: re.Match[str]) -> date | None:
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"])
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def _day_and_year(line: str) -> tuple[str, str]:
    """A day and the year behind it; either may be missing."""
    match = _FULL_DATE.fullmatch(line)
    if match is not None:
        return (
            (f"{match['day']}.{match['month']}", match["year"]) if match["year"] else (line, line)
        )
    tokens = tokenize(line)
    for place, token in enumerate(tokens):
        is_year = token.kind is Kind.NUMBER and len(token.text) == _YEAR_LENGTH
        if is_year and tokens[AFTER_YEAR.skip(tokens, place + 1)].kind is Kind.END:
            return line[: token.start].rstrip(" ,./"), token.text
    return line, ""


def _in_year(day: date | None, year: int) -> date | None:
    try:
        return day.replace(year=year) if day is not None else None
    except ValueError:
        return None


def _in_words(line: str, now: datetime, zone: ZoneInfo) -> date | None:
    """A day in words is read by the grammar of moments, which wants an hour too: noon."""
    try:
        reading = read_moment(line, now=now, zone=zone)
        if isinstance(reading, TimeOrDate) and not reading.rest:
            return reading.date
    except MomentProblem as problem:
        if problem.key == "moments.no_time":
            return _at_noon(line, now, zone)
    return None


def _at_noon(line: str, now: datetime, zone: ZoneInfo) -> date | None:
    try:
        reading = read_moment(f"{line} 12:00", now=now, zone=zone)
    except MomentProblem as problem:
        key = {"moments.past": "day_past", "moments.too_far": "day_far"}.get(problem.key, "day")
        raise _refused(key, now.astimezone(zone).date()) from None
    if not isinstance(reading, OneTime) or reading.rest:
        return None
    return reading.moment.wall.date()
