"""Quiet hours as people write them: two hours of the clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.moments.hour import as_written, clock_of
from bot.domain.moments.languages.lexicon import skip_marks
from bot.domain.moments.languages.nothing import is_nothing
from bot.domain.moments.languages.tokens import Kind, tokenize
from bot.domain.moments.languages.vocabulary import DayPart
from bot.domain.moments.languages.words import (
    BEGINNING,
    BETWEEN_HOURS,
    CONJUNCTIONS,
    PART_BEFORE_HOUR,
    UNTIL,
    UNTIL_HOUR,
)
from bot.domain.moments.parts.clock import Clock
from bot.domain.moments.parts.joined import join_numbers
from bot.domain.refusal import Refused
from bot.domain.timekeeping.quiet_hours import NEVER, QuietHours

if TYPE_CHECKING:
    from bot.domain.moments.languages.tokens import Tokens

_DASHES = "-–—,"
_MORNING_OR_EVENING = range(7, 13)
NOON = 12 * 60


def read_quiet_hours(typed: str) -> QuietHours:
    """What somebody typed: "22:00-8:00", «с 10 вечера до 8 утра», "10pm to 8am", "off".

    Raises `Refused("quiet.refused.example")`, and `Refused("moments.which_hour")` where they may begin in
    the morning as well as in the evening: "from 10 to 8".
    """
    line = " ".join(typed.split())
    if is_nothing(line):
        return NEVER
    found = _two_clocks(join_numbers(tokenize(line)))
    if found is None:
        raise Refused("quiet.refused.example")
    begins, ends = map(as_written, found)
    if begins is None or ends is None:
        raise Refused("quiet.refused.example")
    first, second = found
    is_told = second.part is not None and second.part is not DayPart.MORNING
    is_afternoons = is_told and any(strike >= NOON for strike in second.strikes[:1])
    either = range(1, 13) if is_afternoons else _MORNING_OR_EVENING
    if first.bare and first.part is None and first.hour in either:
        raise Refused("moments.which_hour")
    return QuietHours(begins, ends)


def _two_clocks(tokens: Tokens) -> tuple[Clock, Clock] | None:
    said = PART_BEFORE_HOUR.skip(tokens, 0)
    between = BETWEEN_HOURS.skip(tokens, said)
    start = BEGINNING.skip(tokens, between)
    if tokens[start].kind in (Kind.DASHED, Kind.SPACED) and tokens[start + 1].kind is Kind.END:
        first, second = tokens[start].numbers  # "22-08" is no minute past 22 here
        return Clock(first, bare=True), Clock(second, bare=True)
    begins = clock_of(tokens, start)
    if begins is None:
        return None
    place = skip_marks(tokens, begins[1], _DASHES, 1)
    if between > said:
        place = CONJUNCTIONS.skip(tokens, place)
    ends = clock_of(tokens, UNTIL.skip(tokens, UNTIL_HOUR.skip(tokens, place)))
    is_all = ends is not None and tokens[ends[1]].kind is Kind.END
    return (begins[0], ends[0]) if ends is not None and is_all else None
