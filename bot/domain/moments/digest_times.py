"""When a digest comes, as somebody typed it: "weekly sunday 18:00", «штодня 9:00», "off"."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.domain.moments.languages.lexicon import skip_marks
from bot.domain.moments.languages.nothing import is_nothing
from bot.domain.moments.languages.tokens import tokenize
from bot.domain.moments.languages.words import EVERY_WEEK
from bot.domain.moments.reading import read_moment, read_schedule, schedule_or_days
from bot.domain.moments.results import EitherOf, HourWanted, OneTime, Repeating
from bot.domain.refusal import Refused
from bot.domain.timekeeping.moment import MomentNote
from bot.domain.timekeeping.recurrence import A_MONDAY, EVERY_DAY, Weekly

_LONGEST = 200
"""Characters of a line that can be one: there is nothing to read in a longer one."""

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


def read_digest_times(typed: str, *, now: datetime, zone: ZoneInfo) -> Weekly | None:
    """One day of the week or every day, and the hour; None where no digest is wanted.

    A weekday alone is every week's. Raises `Refused("digests.refused.example")` for what isn't understood
    and for a rule of several days, `Refused("moments.which_hour")` for an hour of either half of the day,
    and `Refused("moments.several")` for several hours.
    """
    if is_nothing(typed):
        return None
    line, is_weekly = _without_week(typed)
    rule = _repeating(line, now, zone) or _on_weekday(line, now, zone)
    if rule is None or not _has_digests(rule.weekdays, is_weekly=is_weekly):
        raise Refused("digests.refused.example")
    if rule.also_at:
        raise Refused("moments.several")
    return rule


def days_without_hour(typed: str, *, now: datetime, zone: ZoneInfo) -> frozenset[int] | None:
    """The days of what lacks nothing but its hour: "weekly sunday", «штодня»; None of anything else."""
    line, is_weekly = _without_week(typed)
    days = _days(line, now, zone)
    # Read eight days apart, what names a weekday means the same one; a date doesn't.
    is_same = days is not None and days == _days(line, now + timedelta(days=8), zone)
    return days if is_same and days and _has_digests(days, is_weekly=is_weekly) else None


def _without_week(typed: str) -> tuple[str, bool]:
    """The line after "weekly", and whether that was said."""
    line = " ".join(typed.split())
    if len(line) > _LONGEST:
        raise Refused("digests.refused.example")
    tokens = tokenize(line)
    weekly = EVERY_WEEK.match(tokens, 0)
    start = tokens[skip_marks(tokens, weekly[1], ",:")].start if weekly else 0
    return line[start:], weekly is not None


def _has_digests(weekdays: frozenset[int], *, is_weekly: bool) -> bool:
    """Whether one may come on these days: a single one, or every day."""
    return len(weekdays) == 1 or (weekdays == EVERY_DAY and not is_weekly)


def _days(line: str, now: datetime, zone: ZoneInfo) -> frozenset[int] | None:
    try:
        wanted = schedule_or_days(line, now=now, zone=zone)
    except Refused:
        return None
    if not isinstance(wanted, HourWanted) or wanted.rest:
        return None
    latest = wanted.latest
    if isinstance(latest, OneTime):
        return frozenset((latest.moment.wall.weekday(),))
    rule = _weekly(latest)
    return rule.weekdays if rule is not None else None


def _repeating(line: str, now: datetime, zone: ZoneInfo) -> Weekly | None:
    """ "Every sunday 18:00" and the like, with nothing after it."""
    try:
        reading = read_schedule(line, now=now, zone=zone)
    except Refused:
        return None
    if reading.rest:
        return None
    if isinstance(reading, EitherOf):
        raise Refused("moments.which_hour")
    return _weekly(reading) if isinstance(reading, Repeating) else None


def _weekly(reading: Repeating) -> Weekly | None:
    """Its rule, if that has neither beginning nor end and comes each week."""
    rule = reading.rule
    is_endless = reading.last_on is None and rule.since == A_MONDAY
    return rule if isinstance(rule, Weekly) and rule.weeks == 1 and is_endless else None


def _on_weekday(line: str, now: datetime, zone: ZoneInfo) -> Weekly | None:
    """A day of the week and an hour, in any order."""
    try:
        # Read eight days apart, what names a weekday means the same one; a mere hour or a date doesn't.
        readings = [read_moment(line, now=now + timedelta(days=n), zone=zone) for n in (0, 8)]
    except Refused:
        return None
    found = [r.moment for r in readings if isinstance(r, OneTime) and not r.rest]
    if len(found) < len(readings) or found[0].wall.weekday() != found[1].wall.weekday():
        return None
    first, second = found
    # The night that skips the hour shows another one.
    sure = second if first.note is MomentNote.MISSING_HOUR else first
    return Weekly(frozenset((sure.wall.weekday(),)), sure.wall.time())
