"""What repeats: "every monday and thursday", «по пн, ср и пт», «штодня», "mondays"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.domain.moments.lexicon import skip_marks
from bot.domain.moments.months import MonthDay, MonthWeekday, monthly_at
from bot.domain.moments.tokens import Kind
from bot.domain.moments.vocabulary import Every
from bot.domain.moments.words import (
    BEFORE_WEEKDAY,
    CONJUNCTIONS,
    EVERY,
    EVERY_OTHER,
    EVERY_SECOND_WEEK,
    EVERY_WHAT,
    REPEATEDLY,
    WEEKDAYS,
    WEEKDAYS_IN_PLURAL,
)

if TYPE_CHECKING:
    from bot.domain.moments.lexicon import Lexicon
    from bot.domain.moments.tokens import Tokens


@dataclass(frozen=True, slots=True)
class EverySecondWeek:
    """On these weekdays of every second week; none where they weren't said."""

    weekdays: frozenset[int]


Repeats = Every | EverySecondWeek | MonthDay | MonthWeekday
Found = tuple[Repeats, int] | None

EVERY_WEEKDAY_WORD = (WEEKDAYS, WEEKDAYS_IN_PLURAL)
ONLY_PLURALS = (WEEKDAYS_IN_PLURAL,)


def repeated_at(tokens: Tokens, place: int) -> Found:
    """The days on which something said at `place` repeats."""
    return monthly_at(tokens, place) or _every_second_at(tokens, place) or _every_at(tokens, place)


def repeated_after_hour_at(tokens: Tokens, place: int) -> Found:
    """The same after an hour, where a mere "Mondays" may begin a title."""
    place = skip_marks(tokens, place, ",", 1)
    said = EVERY.match(tokens, place) or BEFORE_WEEKDAY.match(tokens, place)
    if said or EVERY_SECOND_WEEK.match(tokens, place):
        return repeated_at(tokens, place)
    return REPEATEDLY.match(tokens, place)


def _every_at(tokens: Tokens, place: int) -> tuple[Every, int] | None:
    if every := EVERY.match(tokens, place):
        what = EVERY_WHAT.match(tokens, every[1])
        return what or _weekdays_at(tokens, every[1], EVERY_WEEKDAY_WORD)
    on = BEFORE_WEEKDAY.skip(tokens, place)
    return (
        REPEATEDLY.match(tokens, place)
        or REPEATEDLY.match(tokens, on)
        or _weekdays_at(tokens, on, ONLY_PLURALS)
    )


def _every_second_at(tokens: Tokens, place: int) -> Found:
    """ "Every second monday", "every two weeks on monday and thursday"."""
    if week := EVERY_SECOND_WEEK.match(tokens, place):
        start = skip_marks(tokens, week[1], ",", 1)
        on = BEFORE_WEEKDAY.skip(tokens, EVERY.skip(tokens, start))
        days = _weekdays_at(tokens, on, EVERY_WEEKDAY_WORD)
        return (EverySecondWeek(days[0].weekdays), days[1]) if days else (_UNSAID, week[1])
    every = EVERY.match(tokens, place)
    other = EVERY_OTHER.match(tokens, every[1]) if every else None
    days = _weekdays_at(tokens, other[1], EVERY_WEEKDAY_WORD) if other else None
    return (EverySecondWeek(days[0].weekdays), days[1]) if days else None


_UNSAID = EverySecondWeek(frozenset())


def _weekdays_at(
    tokens: Tokens, place: int, words: tuple[Lexicon[int], ...]
) -> tuple[Every, int] | None:
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
