"""What repeats: "every monday and thursday", «по пн, ср и пт», «штодня», "mondays"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.moments.lexicon import skip_marks
from bot.domain.moments.tokens import Kind
from bot.domain.moments.vocabulary import Every
from bot.domain.moments.words import (
    BEFORE_WEEKDAY,
    CONJUNCTIONS,
    EVERY,
    EVERY_WHAT,
    REPEATEDLY,
    WEEKDAYS,
    WEEKDAYS_IN_PLURAL,
)

if TYPE_CHECKING:
    from bot.domain.moments.lexicon import Lexicon
    from bot.domain.moments.tokens import Tokens

Found = tuple[Every, int] | None

EVERY_WEEKDAY_WORD = (WEEKDAYS, WEEKDAYS_IN_PLURAL)
ONLY_PLURALS = (WEEKDAYS_IN_PLURAL,)


def repeated_at(tokens: Tokens, place: int) -> Found:
    """The weekdays on which something said at `place` repeats."""
    if every := EVERY.match(tokens, place):
        what = EVERY_WHAT.match(tokens, every[1])
        return what or _weekdays_at(tokens, every[1], EVERY_WEEKDAY_WORD)
    on = BEFORE_WEEKDAY.skip(tokens, place)
    return REPEATEDLY.match(tokens, on) or _weekdays_at(tokens, on, ONLY_PLURALS)


def repeated_after_hour_at(tokens: Tokens, place: int) -> Found:
    """The same after an hour, where a mere "Mondays" may begin a title."""
    place = skip_marks(tokens, place, ",", 1)
    said = EVERY.match(tokens, place) or BEFORE_WEEKDAY.match(tokens, place)
    return repeated_at(tokens, place) if said else REPEATEDLY.match(tokens, place)


def _weekdays_at(tokens: Tokens, place: int, words: tuple[Lexicon[int], ...]) -> Found:
    """One weekday, a range of them, or several of both."""
    weekdays: set[int] = set()
    start = place
    while found := _range_at(tokens, start, words):
        weekdays |= found[0]
        place = found[1]
        start = _joined_at(tokens, place)
        if start == place:
            break
    return (Every(frozenset(weekdays)), place) if weekdays else None


def _range_at(
    tokens: Tokens, place: int, words: tuple[Lexicon[int], ...]
) -> tuple[frozenset[int], int] | None:
    first = _weekday_at(tokens, place, words)
    if not first:
        return None
    dash = skip_marks(tokens, first[1], "-–—", 1)
    last = _weekday_at(tokens, dash, words) if dash > first[1] else None
    if not last:
        return frozenset({first[0]}), first[1]
    length = (last[0] - first[0]) % 7 + 1
    return frozenset((first[0] + n) % 7 for n in range(length)), last[1]


def _weekday_at(
    tokens: Tokens, place: int, words: tuple[Lexicon[int], ...]
) -> tuple[int, int] | None:
    return next(filter(None, (lexicon.match(tokens, place) for lexicon in words)), None)


def _joined_at(tokens: Tokens, place: int) -> int:
    """The place after "and", a comma, or both, and a repeated "every" or "on"."""
    joint = CONJUNCTIONS.skip(tokens, skip_marks(tokens, place, ".,/+"))
    if joint == place or tokens[joint].kind is not Kind.WORD:
        return place
    return BEFORE_WEEKDAY.skip(tokens, EVERY.skip(tokens, joint))
