"""What repeats: "every monday and thursday", «по пн, ср и пт», «штодня», "mondays"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.domain.moments.languages.lexicon import skip_marks
from bot.domain.moments.languages.tokens import Kind
from bot.domain.moments.languages.vocabulary import Every
from bot.domain.moments.languages.words import (
    BEFORE_WEEKDAY,
    BEGINNING,
    CONJUNCTIONS,
    EVERY,
    EVERY_MONTH,
    EVERY_OTHER,
    EVERY_SECOND_WEEK,
    EVERY_WEEK,
    EVERY_WHAT,
    EVERY_YEAR,
    FIXED_SPANS,
    NTHS,
    ONCE_IN,
    PASSING_OVER,
    REPEATEDLY,
    SPANS,
    THROUGH_A_DAY,
    UNTIL,
    UNTIL_HOUR,
    WEEKDAYS,
    WEEKDAYS_AFTER_UNTIL,
    WEEKDAYS_IN_PLURAL,
)
from bot.domain.moments.parts.clocks import clock_at
from bot.domain.moments.parts.days import BETWEEN
from bot.domain.moments.parts.months import (
    MonthDay,
    MonthWeekday,
    YearDay,
    monthly_at,
    nth_weekday_at,
    yearly_at,
)
from bot.domain.moments.parts.spans import MINUTES_IN_A_DAY, MINUTES_IN_A_WEEK, count_at

if TYPE_CHECKING:
    from bot.domain.moments.languages.lexicon import Lexicon
    from bot.domain.moments.languages.tokens import Tokens


@dataclass(frozen=True, slots=True)
class EverySecondWeek:
    """On these weekdays of every second week; none where they weren't said."""

    weekdays: frozenset[int]


@dataclass(frozen=True, slots=True)
class EveryFewDays:
    """Every `days` days. `or_once`: or once, the day after tomorrow, as in «через день»."""

    days: int
    or_once: bool = False


Repeats = Every | EverySecondWeek | EveryFewDays | MonthDay | MonthWeekday | YearDay
Found = tuple[Repeats, int] | None

SHORT_WEEKDAY = 3
"""Letters of "mon wed" and «вт чт», which need no comma between them."""

EVERY_WEEKDAY_WORD = (WEEKDAYS, WEEKDAYS_IN_PLURAL, WEEKDAYS_AFTER_UNTIL)
ONLY_PLURALS = (WEEKDAYS_IN_PLURAL,)


def repeated_at(tokens: Tokens, place: int) -> Found:
    """The days on which something said at `place` repeats."""
    return (
        yearly_at(tokens, place)
        or _by_days_at(tokens, place)
        or monthly_at(tokens, place)
        or _by_weeks_at(tokens, place)
        or _every_at(tokens, place)
    )


def _by_days_at(tokens: Tokens, place: int) -> tuple[EveryFewDays, int] | None:
    """ "Every 3 days", «раз в три дня», "every second day", «через день»."""
    if through := THROUGH_A_DAY.match(tokens, place):
        return EveryFewDays(2, or_once=True), through[1]
    every = EVERY.match(tokens, place) or ONCE_IN.match(tokens, place)
    count = _count_of_days_at(tokens, every[1]) if every else None
    unit = SPANS.match(tokens, count[1]) if count else None
    if not count or not unit or unit[0] != MINUTES_IN_A_DAY:
        return None
    return (EveryFewDays(count[0]), unit[1]) if count[0] > 1 else None


def _count_of_days_at(tokens: Tokens, place: int) -> tuple[int, int] | None:
    """ "3", "three", "3rd", "third", "other"."""
    if other := EVERY_OTHER.match(tokens, place):
        return 2, other[1]
    if nth := NTHS.match(tokens, place):
        return nth
    if tokens[place].kind is Kind.ORDINAL:
        return tokens[place].numbers[0], place + 1
    count = count_at(tokens, place)
    return (int(count[0]), count[1]) if count and count[0].denominator == 1 else None


def repeated_after_hour_at(tokens: Tokens, place: int) -> Found:
    """The same after an hour, where a mere "Mondays" may begin a title."""
    place = skip_marks(tokens, place, ",", 1)
    if nth := nth_weekday_at(tokens, place):
        return monthly_at(tokens, place) or nth
    starts = (
        EVERY,
        BEFORE_WEEKDAY,
        EVERY_SECOND_WEEK,
        EVERY_YEAR,
        EVERY_MONTH,
        ONCE_IN,
        PASSING_OVER,
    )
    if any(lexicon.match(tokens, place) for lexicon in starts):
        return repeated_at(tokens, place)
    if yearly := yearly_at(tokens, place):
        return yearly
    return REPEATEDLY.match(tokens, place) or _several_weekdays_at(tokens, place)


def _every_at(tokens: Tokens, place: int) -> tuple[Every, int] | None:
    if every := EVERY.match(tokens, place):
        what = EVERY_WHAT.match(tokens, every[1])
        return what or _weekdays_at(tokens, every[1], EVERY_WEEKDAY_WORD)
    on = BEFORE_WEEKDAY.skip(tokens, place)
    return (
        _span_of_week_at(tokens, place)
        or REPEATEDLY.match(tokens, place)
        or REPEATEDLY.match(tokens, on)
        or _weekdays_at(tokens, on, ONLY_PLURALS)
        or _several_weekdays_at(tokens, on)
        or _weekday_before_every(tokens, on)
    )


def _weekday_before_every(tokens: Tokens, place: int) -> tuple[Every, int] | None:
    """«Понедельник каждый, 11:00»: the hour after it tells it from "monday every neighbour …"."""
    weekday = WEEKDAYS.match(tokens, place)
    every = EVERY.match(tokens, weekday[1]) if weekday else None
    if not weekday or not every or not clock_at(tokens, skip_marks(tokens, every[1], BETWEEN)):
        return None
    return Every(frozenset({weekday[0]})), every[1]


def _span_of_week_at(tokens: Tokens, place: int) -> tuple[Every, int] | None:
    """ "From monday to friday", "friday to sunday", «со среды по пятницу»."""
    begins = max(BEGINNING.skip(tokens, place), BEFORE_WEEKDAY.skip(tokens, place))
    first = _weekday_at(tokens, begins, EVERY_WEEKDAY_WORD)
    to = (UNTIL.match(tokens, first[1]) or UNTIL_HOUR.match(tokens, first[1])) if first else None
    last = _weekday_at(tokens, to[1], EVERY_WEEKDAY_WORD) if to else None
    return (Every(_days_between(first[0], last[0])), last[1]) if first and last else None


def _several_weekdays_at(tokens: Tokens, place: int) -> tuple[Every, int] | None:
    """ "Mon-Fri", "monday and thursday": more than one weekday is no single day, so they repeat."""
    found = _weekdays_at(tokens, place, EVERY_WEEKDAY_WORD)
    return found if found and len(found[0].weekdays) > 1 else None


def _by_weeks_at(tokens: Tokens, place: int) -> Found:
    """ "Every week on monday and thursday", "every two weeks on monday", "every second monday"."""
    if week := EVERY_WEEK.match(tokens, place):
        return _days_of_week_at(tokens, week[1])
    if over := PASSING_OVER.match(tokens, place):
        return _passed_over_at(tokens, over[1])
    if week := EVERY_SECOND_WEEK.match(tokens, place):
        days, end = _days_of_week_at(tokens, week[1])
        return EverySecondWeek(days.weekdays), end
    every = EVERY.match(tokens, place)
    other = EVERY_OTHER.match(tokens, every[1]) if every else None
    found = _weekdays_at(tokens, other[1], EVERY_WEEKDAY_WORD) if other else None
    return (EverySecondWeek(found[0].weekdays), found[1]) if found else None


def _passed_over_at(tokens: Tokens, place: int) -> tuple[EverySecondWeek, int] | None:
    """«Через субботу», «через неделю по субботам»: every second one."""
    week = FIXED_SPANS.match(tokens, place)
    if week and week[0] == MINUTES_IN_A_WEEK:
        on = EVERY.match(tokens, week[1])
        found = _weekdays_at(tokens, on[1], ONLY_PLURALS) if on else None
    else:
        found = _weekdays_at(tokens, place, (WEEKDAYS,))
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
        is_short = max(len(tokens[n].text) for n in (place - 1, place)) <= SHORT_WEEKDAY
        if start == place and not is_short:
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
    return _days_between(first[0], last[0]), last[1]


def _days_between(first: int, last: int) -> frozenset[int]:
    """A weekday, another after it, and those between."""
    return frozenset((first + n) % 7 for n in range((last - first) % 7 + 1))


def _weekday_at(
    tokens: Tokens, place: int, words: tuple[Lexicon[int], ...]
) -> tuple[int, int] | None:
    return next(filter(None, (lexicon.match(tokens, place) for lexicon in words)), None)


def _joined_at(tokens: Tokens, place: int) -> int:
    """The place after "and", a comma, or both, and a repeated "every" or "on"."""
    joint = CONJUNCTIONS.skip(tokens, skip_marks(tokens, place, ".,/+", 2))
    if joint == place or tokens[joint].kind is not Kind.WORD:
        return place
    return BEFORE_WEEKDAY.skip(tokens, EVERY.skip(tokens, joint))
