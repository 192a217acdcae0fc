"""An hour that stands apart from its day, later in the same line: "tomorrow Concert at 19:00"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.moments.around.pieces import SHORT_ON
from bot.domain.moments.languages.tokens import Kind
from bot.domain.moments.languages.words import (
    AT_OR_FOR,
    BEFORE_HOUR,
    EVERY,
    NARROWING,
    NOT_THEN,
    ONCE_IN,
    PART_BEFORE_HOUR,
    TWICE,
)
from bot.domain.moments.parts.clocks import any_clock_at, before_hour, clock_at
from bot.domain.moments.parts.days import days_at
from bot.domain.moments.parts.nouns import counts_at

if TYPE_CHECKING:
    from bot.domain.moments.languages.tokens import Tokens
    from bot.domain.moments.languages.vocabulary import DayPart
    from bot.domain.moments.parts.clock import Clock

EARLIEST = 6
"""The first hour that needs no "at" before it."""

_OPENING = tuple('«"“„[')

Hour = tuple["Clock", int, int]
"""A clock, and from which token to which it is said."""


def hour_after_title(
    tokens: Tokens, place: int, line_end: int, part: DayPart | None
) -> Hour | None:
    """The one hour between `place` and the end of the line, after a title; None where there isn't
    exactly one, or where the line says when in another way, too."""
    found: Hour | None = None
    title = place
    while place < line_end:
        if not found and (said := PART_BEFORE_HOUR.match(tokens, place)):
            part = said[0]
        hour = _hour_at(tokens, place, part)
        if hour is None and may_say_when(tokens, place):
            return None
        if hour and (found or not _has_word(tokens, title, place)):
            return None
        found = hour or found
        place = hour[2] if hour else place + 1
    return found


def _hour_at(tokens: Tokens, place: int, part: DayPart | None) -> Hour | None:
    """An hour that is none but an hour: with its minutes, a part of the day, or told by "at"."""
    start = before_hour(tokens, place)
    is_told = start > place and not AT_OR_FOR.match(tokens, start - 1)
    clock = clock_at(tokens, place, part=part) if is_told else None
    if clock is None and _is_sure_clock(tokens, place):
        clock = any_clock_at(tokens, place, told=False)
    if clock is None or not tokens[start].numbers or not clock[0].strikes:
        return None
    is_number = clock[1] == start + 1 and tokens[start].kind in (Kind.NUMBER, Kind.ORDINAL)
    if is_number and not _stands_alone(tokens, place, clock[1]):
        return None
    return clock[0].in_part(part), place, clock[1]


def _is_sure_clock(tokens: Tokens, place: int) -> bool:
    """ "19:00", but neither the score "3:2" nor the verse "3:16"."""
    token = tokens[place]
    is_whole = token.kind is Kind.CLOCK and token.text[-2].isdigit()
    return is_whole and token.numbers[0] >= EARLIEST and tokens[place - 1].text not in _OPENING


def _stands_alone(tokens: Tokens, place: int, end: int) -> bool:
    """ "At 19" at the end of what is said, but not "3 in 1"."""
    is_over = tokens[end].kind is Kind.END or tokens[end].text in "\n@,;.!)"
    return is_over and not tokens[place - 1].numbers


def may_say_when(tokens: Tokens, place: int) -> bool:
    """Whether there may be a day, a rule, or a number that may as well be an hour."""
    is_every = EVERY.match(tokens, place) and len(tokens[place].text) > SHORT_ON
    after = BEFORE_HOUR.skip(tokens, place)
    is_told = after > place and bool(tokens[after].numbers)
    is_told_number = is_told and not counts_at(tokens, after + 1, told=True)
    clock = any_clock_at(tokens, place, told=False)
    is_clock = clock is not None and (
        clock[0].part is not None or tokens[place].kind is not Kind.NUMBER
    )
    others = (lexicon.match(tokens, place) for lexicon in (ONCE_IN, NARROWING, NOT_THEN, TWICE))
    return bool(is_every or is_told_number or is_clock or any(others) or days_at(tokens, place)[0])


def _has_word(tokens: Tokens, start: int, end: int) -> bool:
    return any(token.kind is Kind.WORD for token in tokens[start:end])
