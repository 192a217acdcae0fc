"""An hour that stands apart from its day, later in the same line: "tomorrow Concert at 19:00"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.moments.around.pieces import SHORT_ON
from bot.domain.moments.around.quotes import is_quoted_at
from bot.domain.moments.languages.tokens import Kind
from bot.domain.moments.languages.vocabulary import DayPart
from bot.domain.moments.languages.words import (
    ALTERNATIVES,
    AT_OR_FOR,
    BEFORE_HOUR,
    CONJUNCTIONS,
    DAY_NAMES,
    EVERY,
    NARROWING,
    NOT_THEN,
    ONCE_IN,
    ONLY_HOURS,
    PART_BEFORE_HOUR,
    TWICE,
    UNTIL,
)
from bot.domain.moments.parts.clocks import (
    LONGEST_PREPOSITION,
    any_clock_at,
    before_hour,
    clock_at,
    is_end_at,
)
from bot.domain.moments.parts.days import days_at
from bot.domain.moments.parts.nouns import counts_at

if TYPE_CHECKING:
    from bot.domain.moments.languages.tokens import Tokens
    from bot.domain.moments.parts.clock import Clock

EARLIEST = 6
"""The first hour that needs no "at" before it."""

COUNTED_BY_TWO = (2, 3, 4)
"""What may be so many evenings as well as that hour of the evening: «2 дня», «3 ночи»."""

_WITH_MINUTES = (Kind.CLOCK, Kind.DASHED, Kind.SPACED, Kind.DOTTED)

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
        if (name := DAY_NAMES.skip(tokens, place)) > place:
            place = name
            continue
        if not found and (said := PART_BEFORE_HOUR.match(tokens, place)):
            part = said[0]
        hour = _hour_at(tokens, place, part)
        if hour is None and may_say_when(tokens, place):
            return None
        if hour and (found or not _has_word(tokens, title, place)):
            return None
        if hour is None and tokens[place - 1].numbers and is_end_at(tokens, place):
            return None  # "5-6 pm"
        if hour and is_end_at(tokens, hour[2]):
            return hour
        found = hour or found
        place = hour[2] if hour else place + 1
    return found or _alone_on_line(tokens, line_end + 1, part)


def _alone_on_line(tokens: Tokens, place: int, part: DayPart | None) -> Hour | None:
    """An hour that is all of the next line."""
    clock = clock_at(tokens, place, part=part) if place < len(tokens) else None
    is_all = clock is not None and tokens[clock[1]].text in ("", "\n") and clock[0].strikes
    return (clock[0], place, clock[1]) if clock and is_all else None


def _hour_at(tokens: Tokens, place: int, part: DayPart | None) -> Hour | None:
    """An hour that is none but an hour: with its minutes, a part of the day, or told by "at"."""
    start = before_hour(tokens, place)
    is_told = start > place and not AT_OR_FOR.match(tokens, start - 1)
    clock = clock_at(tokens, place, part=part) if is_told else None
    if clock is None:
        clock = sure_clock_at(tokens, place)
    if clock is None or not clock[0].strikes:
        return None
    is_ordinal = tokens[start].kind is Kind.ORDINAL and bool(ONLY_HOURS.match(tokens, start - 1))
    is_sure = is_ordinal or clock[0].part or tokens[start].kind in _WITH_MINUTES
    if not is_sure and not _stands_alone(tokens, place, clock[1]):
        return None
    return clock[0].in_part(part), place, clock[1]


def sure_clock_at(tokens: Tokens, place: int) -> tuple[Clock, int] | None:
    """ "19:00" and "7 pm", but neither the score "3:2" nor the verse "3:16", nor «2 дня»."""
    token = tokens[place]
    if not token.numbers or tokens[place - 1].text == "[" or is_quoted_at(tokens, place):
        return None
    if token.kind is Kind.CLOCK:
        is_sure = token.text[-2].isdigit() and token.numbers[0] >= EARLIEST
        return any_clock_at(tokens, place, told=False) if is_sure else None
    clock = any_clock_at(tokens, place, told=False)
    part = clock[0].part if clock else None
    is_count = token.numbers[0] in COUNTED_BY_TWO and part not in (DayPart.AM, DayPart.PM)
    return clock if part and not is_count else None


def _stands_alone(tokens: Tokens, place: int, end: int) -> bool:
    """ "At 19" at the end of what is said or before a place, "at 19 in the yard"; but not "3 in 1"."""
    follower = tokens[end]
    is_over = follower.kind is Kind.END or follower.text in "\n@,;.!?)"
    return (is_over or is_preposition(tokens, end)) and not tokens[place - 1].numbers


def is_preposition(tokens: Tokens, place: int) -> bool:
    """Whether a short word leads on to another, as "at" in "at the fountain"."""
    word, after = tokens[place], tokens[min(place + 1, len(tokens) - 1)]
    is_short = word.kind is Kind.WORD and len(word.text) <= LONGEST_PREPOSITION
    joins = any(lexicon.match(tokens, place) for lexicon in (CONJUNCTIONS, ALTERNATIVES, UNTIL))
    return is_short and not joins and not word.is_capital and after.kind is Kind.WORD


def says_when_between(tokens: Tokens, place: int, end: int) -> bool:
    """Whether something may say when, apart from names: «ул. 8 Марта»."""
    while place < end:
        name = DAY_NAMES.skip(tokens, place)
        if name == place and may_say_when(tokens, place):
            return True
        place = max(place + 1, name)
    return False


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
