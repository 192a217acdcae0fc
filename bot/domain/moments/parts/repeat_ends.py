"""Where something that repeats ends: "until 1 june", "10 times", «до конца ноября», "for 5 weeks"."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from bot.domain.moments.languages.lexicon import skip_marks
from bot.domain.moments.languages.tokens import Kind
from bot.domain.moments.languages.words import (
    AFTER_YEAR,
    BEFORE_WEEKDAY,
    CARDINALS,
    COUNTS,
    END_OF,
    EVERY,
    FIXED_SPANS,
    HOURS,
    IN_ALL,
    INCLUSIVE,
    LASTING,
    MONTHS,
    MONTHS_LONG,
    NARROWING,
    NEW_YEAR,
    SEASONS,
    SPANS,
    SURELY_UNTIL,
    THIS,
    THIS_MONTH,
    THIS_YEAR,
    THROUGH,
    TIMES,
    TWICE,
    UNTIL,
    WHOLE,
    YEARS_LONG,
)
from bot.domain.moments.parts.days import CalendarDate, Day, last_day_at
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

DIGITS_OF_A_YEAR = 4
MOST_WORDS_BEFORE_COUNT = 2


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
    return (
        SURELY_UNTIL.match(tokens, start) is not None
        or _names_a_length_at(tokens, start)
        or _is_whole_at(tokens, start)
        or _are_times_near(tokens, start)
    )


def _are_times_near(tokens: Tokens, place: int) -> bool:
    """ "5 more times", «ещё 3 раза», «не более 3 раз»."""
    for start in range(place, place + MOST_WORDS_BEFORE_COUNT + 1):
        count = _count_at(tokens, start)
        if count:
            return any(TIMES.match(tokens, end) for end in (count[1], count[1] + 1))
        if tokens[start].kind is not Kind.WORD or tokens[start].is_capital:
            return False
    return False


def is_frequency_at(tokens: Tokens, place: int) -> bool:
    """ "3 times a day", "twice a week": how often, not how long."""
    start = skip_marks(tokens, place, ",(", 2)
    count = _count_at(tokens, start)
    often = TWICE.match(tokens, start) or (TIMES.match(tokens, count[1]) if count else None)
    return often is not None and _is_in_a_span(tokens, often[1])


def _is_in_a_span(tokens: Tokens, place: int) -> bool:
    unit = COUNTS.skip(tokens, BEFORE_WEEKDAY.skip(tokens, place))
    is_unit = SPANS.match(tokens, unit) or MONTHS_LONG.match(tokens, unit)
    return bool(unit > place and is_unit) or bool(EVERY.match(tokens, place))


def _names_a_length_at(tokens: Tokens, place: int) -> bool:
    """ "5 weeks", "for a month"; hours and minutes are how long each time takes."""
    lasting = LASTING.match(tokens, place)
    after = lasting[1] if lasting else place
    count = _count_at(tokens, after)
    start = count[1] if count else after
    unit = SPANS.match(tokens, start)
    is_long = unit is not None and unit[0] >= MINUTES_IN_A_DAY
    is_year = lasting is not None and YEARS_LONG.match(tokens, start)
    return start > place and bool(is_long or is_year or MONTHS_LONG.match(tokens, start))


def _is_whole_at(tokens: Tokens, place: int) -> bool:
    """ "All november", «всё лето», «весь месяц»."""
    whole = WHOLE.match(tokens, LASTING.skip(tokens, place))
    what = THIS.skip(tokens, whole[1]) if whole else place
    return bool(whole) and any(
        lexicon.match(tokens, what) for lexicon in (MONTHS, SEASONS, NARROWING)
    )


def _until_at(tokens: Tokens, place: int) -> Found:
    until = UNTIL.match(tokens, place)
    if not until:
        return None
    if end := END_OF.match(tokens, until[1]):
        return _end_of_at(tokens, end[1])
    if new_year := NEW_YEAR.match(tokens, until[1]):
        year, after = _year_at(tokens, new_year[1])
        return (_last_of(year - 1) if year else EndOf.YEAR), after
    if last := last_day_at(tokens, until[1]):
        return last
    month = MONTHS.match(tokens, until[1]) if THROUGH.match(tokens, place) else None
    return (EndOfMonth(month[0]), month[1]) if month else None


def _end_of_at(tokens: Tokens, place: int) -> Found:
    if month := MONTHS.match(tokens, place):
        return EndOfMonth(month[0]), month[1]
    number, after = _year_at(tokens, place)
    if number:
        return _last_of(number), after
    if year := THIS_YEAR.match(tokens, place):
        return EndOf.YEAR, year[1]
    month_now = THIS_MONTH.match(tokens, place)
    return (EndOfMonth(None), month_now[1]) if month_now else None


def _year_at(tokens: Tokens, place: int) -> tuple[int, int]:
    """A year in four digits; 0 where there is none."""
    token = tokens[place]
    if token.kind is not Kind.NUMBER or len(token.text) != DIGITS_OF_A_YEAR:
        return 0, place
    return token.numbers[0], AFTER_YEAR.skip(tokens, place + 1)


def _last_of(year: int) -> CalendarDate:
    return CalendarDate(31, 12, year)


def _times_at(tokens: Tokens, place: int) -> Found:
    """ "10 times", «всего 10 раз», "x5"."""
    start = IN_ALL.skip(tokens, place)
    mark = TIMES.match(tokens, start)
    if mark and tokens[mark[1]].kind is Kind.NUMBER and len(tokens[start].text) == 1:
        return Times(tokens[mark[1]].numbers[0]), mark[1] + 1
    count = _count_at(tokens, start)
    times = TIMES.match(tokens, count[1]) if count else None
    if not count or not times or _is_in_a_span(tokens, times[1]):
        return None
    return Times(count[0]), IN_ALL.skip(tokens, times[1])


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
    # In «двух месяцев» a number stands in the case that hours have, too.
    in_words = (lexicon.match(tokens, place) for lexicon in (COUNTS, CARDINALS, HOURS))
    return next(filter(None, in_words), None)
