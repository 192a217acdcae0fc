"""Where something that repeats ends: "until 1 june", "10 times", «до конца ноября», "for 5 weeks"."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from bot.domain.moments.languages.lexicon import skip_marks
from bot.domain.moments.languages.tokens import Kind
from bot.domain.moments.languages.words import (
    BEFORE_WEEKDAY,
    CARDINALS,
    COUNTS,
    END_OF,
    FIXED_SPANS,
    INCLUSIVE,
    LASTING,
    MONTHS,
    MONTHS_LONG,
    NEW_YEAR,
    SPANS,
    SURELY_UNTIL,
    THIS_MONTH,
    THIS_YEAR,
    THROUGH,
    TIMES,
    UNTIL,
)
from bot.domain.moments.parts.days import Day, last_day_at
from bot.domain.moments.parts.spans import MINUTES_IN_A_DAY

if TYPE_CHECKING:
    from bot.domain.moments.languages.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Times:
    """So many times and no more."""

    count: int


@dataclass(frozen=True, slots=True)
class EndOfMonth:
    """The last day of the next such month (1..12), or of the one it is."""

    month: int | None


class EndOf(Enum):
    """The last day of what it is now."""

    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Lasting:
    """So long, from the first time on."""

    days: int = 0
    months: int = 0


Ending = Day | Times | EndOfMonth | EndOf | Lasting
Found = tuple[Ending, int] | None


def ending_at(tokens: Tokens, place: int) -> Found:
    """The end said at `place`, in brackets or not: the last day, a number of times, or how long."""
    start = INCLUSIVE.skip(tokens, skip_marks(tokens, place, ",(", 2))
    found = _until_at(tokens, start) or _times_at(tokens, start) or _lasting_at(tokens, start)
    if not found:
        return None
    inclusive = INCLUSIVE.match(tokens, skip_marks(tokens, found[1], ",", 1))
    end = inclusive[1] if inclusive else found[1]
    is_bracketed = any(token.text == "(" for token in tokens[place:start])
    return found[0], skip_marks(tokens, end, ")", 1) if is_bracketed else end


def is_unknown_ending_at(tokens: Tokens, place: int) -> bool:
    """Whether an end seems to begin at `place`, where `ending_at` finds none."""
    start = skip_marks(tokens, place, ",(", 2)
    frequency = _count_at(tokens, start)
    is_often = frequency and TIMES.match(tokens, frequency[1])
    return bool(SURELY_UNTIL.match(tokens, start) or _names_a_length_at(tokens, start) or is_often)


def _names_a_length_at(tokens: Tokens, place: int) -> bool:
    lasting = LASTING.match(tokens, place)
    count = _count_at(tokens, lasting[1]) if lasting else None
    start = count[1] if count else lasting[1] if lasting else place
    return start > place and bool(SPANS.match(tokens, start) or MONTHS_LONG.match(tokens, start))


def _until_at(tokens: Tokens, place: int) -> Found:
    until = UNTIL.match(tokens, place)
    if not until:
        return None
    if end := END_OF.match(tokens, until[1]):
        return _end_of_at(tokens, end[1])
    if new_year := NEW_YEAR.match(tokens, until[1]):
        return EndOf.YEAR, new_year[1]
    if last := last_day_at(tokens, until[1]):
        return last
    month = MONTHS.match(tokens, until[1]) if THROUGH.match(tokens, place) else None
    return (EndOfMonth(month[0]), month[1]) if month else None


def _end_of_at(tokens: Tokens, place: int) -> Found:
    if month := MONTHS.match(tokens, place):
        return EndOfMonth(month[0]), month[1]
    if year := THIS_YEAR.match(tokens, place):
        return EndOf.YEAR, year[1]
    month_now = THIS_MONTH.match(tokens, place)
    return (EndOfMonth(None), month_now[1]) if month_now else None


def _times_at(tokens: Tokens, place: int) -> Found:
    count = _count_at(tokens, place)
    times = TIMES.match(tokens, count[1]) if count else None
    if not count or not times or _is_frequency_at(tokens, times[1]):
        return None
    return Times(count[0]), times[1]


def _is_frequency_at(tokens: Tokens, place: int) -> bool:
    """ "3 times a day" says how often, not how long."""
    unit = BEFORE_WEEKDAY.skip(tokens, COUNTS.skip(tokens, place))
    return unit > place and bool(SPANS.match(tokens, unit) or MONTHS_LONG.match(tokens, unit))


def _lasting_at(tokens: Tokens, place: int) -> Found:
    """ "For 5 weeks", «на протяжении месяца»; hours and minutes are how long each time takes."""
    lasting = LASTING.match(tokens, place)
    if not lasting:
        return None
    count = _count_at(tokens, lasting[1])
    number, start = count or (1, lasting[1])
    if months := MONTHS_LONG.match(tokens, start):
        return Lasting(months=number), months[1]
    unit = SPANS.match(tokens, start) or FIXED_SPANS.match(tokens, start)
    is_days = unit and unit[0] >= MINUTES_IN_A_DAY
    return (
        (Lasting(days=number * unit[0] // MINUTES_IN_A_DAY), unit[1]) if unit and is_days else None
    )


def _count_at(tokens: Tokens, place: int) -> tuple[int, int] | None:
    if tokens[place].kind is Kind.NUMBER:
        return tokens[place].numbers[0], place + 1
    return COUNTS.match(tokens, place) or CARDINALS.match(tokens, place)
