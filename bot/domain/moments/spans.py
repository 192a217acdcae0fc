"""Spans of time from now: "in 20 minutes", «через час», «праз 3 дні»."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.domain.moments.tokens import Kind
from bot.domain.moments.words import AHEAD, CONJUNCTIONS, COUNTS, FIXED_SPANS, SPANS

if TYPE_CHECKING:
    from bot.domain.moments.tokens import Tokens

MINUTES_IN_A_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Span:
    """So many minutes ahead; one said in hours or minutes names an instant, not only a day."""

    minutes: int
    names_an_instant: bool


def span_at(tokens: Tokens, place: int) -> tuple[Span, int] | None:
    """A span of one or more units, each smaller than the one before: "in 1 hour 30 minutes"."""
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
    """The minutes of "2 hours", those of its unit, and the place after it."""
    count: int
    if tokens[place].kind is Kind.NUMBER:
        count, place = tokens[place].numbers[0], place + 1
    elif in_words := COUNTS.match(tokens, place):
        count, place = in_words
    else:
        return None
    unit = SPANS.match(tokens, place)
    return (count * unit[0], unit[0], unit[1]) if unit else None
