"""When a digest comes, as somebody typed it: "weekly sunday 18:00", «штодня 9:00», "off"."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.domain.moments.languages.lexicon import skip_marks
from bot.domain.moments.languages.nothing import is_nothing
from bot.domain.moments.languages.tokens import tokenize
from bot.domain.moments.languages.words import EVERY_WEEK
from bot.domain.moments.reading import read_moment, read_schedule
from bot.domain.moments.results import EitherOf, OneTime, Repeating
from bot.domain.refusal import Refused
from bot.domain.timekeeping.moment import MomentNote
from bot.domain.timekeeping.recurrence import A_MONDAY, EVERY_DAY, Weekly

_ANY_HOUR = "12:00"

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


def read_digest_times(typed: str, *, now: datetime, zone: ZoneInfo) -> Weekly | None:
    """One day of the week or every day, and the hour; None where no digest is wanted.

    A weekday alone is every week's. Raises `Refused("digests.refused.example")` for what isn't understood
    and for a rule of several days, `Refused("moments.which_hour")` for an hour of either half of the day,
    and `Refused("moments.several")` for several hours.
    """
    line = " ".join(typed.split())
    if is_nothing(line):
        return None
    tokens = tokenize(line)
    weekly = EVERY_WEEK.match(tokens, 0)
    if weekly:
        line = line[tokens[skip_marks(tokens, weekly[1], ",:")].start :]
    rule = _repeating(line, now, zone) or _on_weekday(line, now, zone)
    is_daily = rule is not None and rule.weekdays == EVERY_DAY and not weekly
    if rule is None or (not is_daily and len(rule.weekdays) > 1):
        raise Refused("digests.refused.example")
    if rule.also_at:
        raise Refused("moments.several")
    return rule


def days_without_hour(typed: str, *, now: datetime, zone: ZoneInfo) -> frozenset[int] | None:
    """The days of what lacks nothing but its hour: "weekly sunday", «штодня»; None of anything else."""
    with suppress(Refused):
        rule = read_digest_times(f"{typed} {_ANY_HOUR}", now=now, zone=zone)
        return rule.weekdays if rule is not None else None
    return None


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
    if not isinstance(reading, Repeating) or reading.last_on:
        return None
    rule = reading.rule
    is_weekly = isinstance(rule, Weekly) and rule.weeks == 1 and rule.since == A_MONDAY
    return rule if isinstance(rule, Weekly) and is_weekly else None


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
