"""Spans of time from now: "in 20 minutes", «через час», «праз 3 дні»."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from bot.domain.moments.languages.tokens import Kind
from bot.domain.moments.languages.words import (
    AHEAD,
    AND_A_HALF,
    CARDINALS,
    CONJUNCTIONS,
    COUNTS,
    FIXED_SPANS,
    SPANS,
)

if TYPE_CHECKING:
    from bot.domain.moments.languages.tokens import Tokens

MINUTES_IN_AN_HOUR = 60
MINUTES_IN_A_DAY = 24 * 60
MINUTES_IN_A_WEEK = 7 * MINUTES_IN_A_DAY


@dataclass(frozen=True, slots=True)
class Span:
    """So many minutes ahead; one said in hours or minutes names an instant, not only a day."""

    minutes: int
    names_an_instant: bool


def span_at(tokens: Tokens, place: int) -> tuple[Span, int] | None:
    """A span of one or more units, each smaller than the one before: "in 1 hour 30 minutes", "in 1h30"."""
    ahead = AHEAD.match(tokens, place)
    if not ahead:
        return None
    place = ahead[1]
    if fixed := FIXED_SPANS.match(tokens, place):
        total, place = fixed
        smallest = total
    elif first := _amount_at(tokens, place):
        total, smallest, place = first
    else:
        return None
    while more := _amount_at(tokens, CONJUNCTIONS.skip(tokens, place)):
        minutes, unit, place_after = more
        if unit >= smallest:
            break
        total, smallest, place = total + minutes, unit, place_after
    return Span(total, names_an_instant=smallest < MINUTES_IN_A_DAY), place


def _amount_at(tokens: Tokens, place: int) -> tuple[int, int, int] | None:
    """The minutes of "2 hours", those of its smallest unit, and the place after it."""
    if tokens[place].kind is Kind.CLOCK:
        return _hours_and_minutes_at(tokens, place)
    count = count_at(tokens, place)
    unit = SPANS.match(tokens, count[1]) if count else None
    if not count or not unit:
        return None
    minutes = count[0] * unit[0]
    is_whole_or_hours = count[0].denominator == 1 or unit[0] == MINUTES_IN_AN_HOUR
    return (int(minutes), unit[0], unit[1]) if is_whole_or_hours else None


def _hours_and_minutes_at(tokens: Tokens, place: int) -> tuple[int, int, int] | None:
    """ "1h30": a clock's hours and minutes. "1:30" would rather be an hour of the day."""
    if set(":;") & set(tokens[place].text):
        return None
    hours, minutes = tokens[place].numbers
    unit = SPANS.match(tokens, place + 1)
    end = unit[1] if unit and unit[0] == 1 else place + 1
    return hours * MINUTES_IN_AN_HOUR + minutes, 1, end


def count_at(tokens: Tokens, place: int) -> tuple[Fraction, int] | None:
    """ "2", "two", "1.5", "1,5", "2 and a half"."""
    token = tokens[place]
    if token.kind is Kind.DOTTED:
        return Fraction(token.text.replace(",", ".")), place + 1
    if decimals := _decimals_at(tokens, place):
        return Fraction(f"{token.text}.{decimals}"), place + 3
    if token.kind is Kind.NUMBER:
        count, end = token.numbers[0], place + 1
    elif in_words := COUNTS.match(tokens, place) or CARDINALS.match(tokens, place):
        count, end = in_words
    else:
        return None
    half = AND_A_HALF.match(tokens, end)
    return (count + Fraction(1, 2), half[1]) if half else (Fraction(count), end)


def _decimals_at(tokens: Tokens, place: int) -> str:
    """The digits after a decimal comma, which stands close to both numbers; "" where there are none."""
    shape = tokens[place : place + 3]
    if [token.kind for token in shape] != [Kind.NUMBER, Kind.MARK, Kind.NUMBER]:
        return ""
    whole, comma, decimals = shape
    is_one = comma.text == "," and whole.end == comma.start and comma.end == decimals.start
    return decimals.text if is_one else ""
