"""Where something that repeats ends: "until 1 june", "until friday", "10 times", «да 1 чэрвеня», «10 раз»."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.domain.moments.languages.lexicon import skip_marks
from bot.domain.moments.languages.tokens import Kind
from bot.domain.moments.languages.words import COUNTS, TIMES, UNTIL
from bot.domain.moments.parts.days import Day, last_day_at

if TYPE_CHECKING:
    from bot.domain.moments.languages.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Times:
    """So many times and no more."""

    count: int


Ending = Day | Times


def ending_at(tokens: Tokens, place: int) -> tuple[Ending, int] | None:
    """The end said at `place`: the last day, or a number of times."""
    start = skip_marks(tokens, place, ",", 1)
    if until := UNTIL.match(tokens, start):
        return last_day_at(tokens, until[1])
    count = _count_at(tokens, start)
    times = TIMES.match(tokens, count[1]) if count else None
    return (Times(count[0]), times[1]) if count and times else None


def _count_at(tokens: Tokens, place: int) -> tuple[int, int] | None:
    if tokens[place].kind is Kind.NUMBER:
        return tokens[place].numbers[0], place + 1
    return COUNTS.match(tokens, place)
