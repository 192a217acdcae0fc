"""What repeats: "every monday and thursday", «по пн, ср и пт», «штодня», "mondays"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.domain.moments.languages.lexicon import skip_marks
from bot.domain.moments.languages.tokens import Kind
from bot.domain.moments.languages.vocabulary import Every
from bot.domain.moments.languages.words import (
    BEFORE_WEEKDAY,
    CONJUNCTIONS,
    EVERY,
    EVERY_OTHER,
    EVERY_SECOND_WEEK,
    EVERY_WEEK,
    EVERY_WHAT,
    REPEATEDLY,
    WEEKDAYS,
    WEEKDAYS_IN_PLURAL,
)
from bot.domain.moments.parts.months import MonthDay, MonthWeekday, monthly_at

if TYPE_CHECKING:
    from bot.domain.moments.languages.lexicon import Lexicon
    from bot.domain.moments.languages.tokens import Tokens


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
    return monthly_at(tokens, place) or _by_weeks_at(tokens, place) or _every_at(tokens, place)


def repeated_after_hour_at(tokens: Tokens, place: int) -> Found:
    """The same after an hour, where a mere "Mondays" may begin a title."""
    place = skip_marks(tokens, place, ",", 1)
    said = EVERY.match(tokens, place) or BEFORE_WEEKDAY.match(tokens, place)
    if said or EVERY_SECOND_WEEK.match(tokens, place):
        return repeated_at(tokens, place)
    return REPEATEDLY.match(tokens, place) or _several_weekdays_at(tokens, place)


def _every_at(tokens: Tokens, place: int) -> tuple[Every, int] | None:
    if every := EVERY.match(tokens, place):
        what = EVERY_WHAT.match(tokens, every[1])
        return what or _weekdays_at(tokens, every[1], EVERY_WEEKDAY_WORD)
    on = BEFORE_WEEKDAY.skip(tokens, place)
    return (
        REPEATEDLY.match(tokens, place)
        or REPEATEDLY.match(tokens, on)
        or _weekdays_at(tokens, on, ONLY_PLURALS)
        or _several_weekdays_at(tokens, on)
    )


def _several_weekdays_at(tokens: Tokens, place: int) -> tuple[Every, int] | None:
    """ "Mon-Fri", "monday and thursday": more than one weekday is no single day, so they repeat."""
    found = _weekdays_at(tokens, place, EVERY_WEEKDAY_WORD)
    return found if found and len(found[0].weekdays) > 1 else None


def _by_weeks_at(tokens: Tokens, place: int) -> Found:
    """ "Every week on monday and thursday", "every two weeks on monday", "every second monday"."""
    if week := EVERY_WEEK.match(tokens, place):
        return _days_of_week_at(tokens, week[1])
    if week := EVERY_SECOND_WEEK.match(tokens, place):
        days, end = _days_of_week_at(tokens, week[1])
        return EverySecondWeek(days.weekdays), end
    every = EVERY.match(tokens, place)
    other = EVERY_OTHER.match(tokens, every[1]) if every else None
    found = _weekdays_at(tokens, other[1], EVERY_WEEKDAY_WORD) if other else None
    return (EverySecondWeek(found[0].weekdays), found[1]) if found else None


def _days_of_week_at(tokens: Tokens, place: int) -> tuple[Every, int]:
    """The weekdays said after the week, none where there are none."""
    start = EVERY.skip(tokens, skip_marks(tokens, place, ",", 1))
    found = _weekdays_at(tokens, BEFORE_WEEKDAY.skip(tokens, start), EVERY_WEEKDAY_WORD)
    return found or (Every(frozenset()), place)


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
