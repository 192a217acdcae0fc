"""What repeats every month or year: "every month on the 15th", «последняя пятница месяца», "every 31"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.domain.moments.languages.lexicon import skip_marks
from bot.domain.moments.languages.tokens import Kind
from bot.domain.moments.languages.words import (
    BEFORE_DATE,
    BEFORE_WEEKDAY,
    DAYS_OF_MONTH,
    EVERY,
    EVERY_MONTH,
    EVERY_OTHER,
    EVERY_YEAR,
    LAST_DAY,
    NTHS,
    OF_MONTH,
    OF_YEAR,
    SPANS,
    WEEKDAYS,
    WEEKDAYS_IN_PLURAL,
)
from bot.domain.moments.parts.clocks import clock_at
from bot.domain.moments.parts.days import BETWEEN, CalendarDate, calendar_date_at, day_of_month_at
from bot.domain.timekeeping.recurrence import LAST_DAY as THE_LAST

if TYPE_CHECKING:
    from bot.domain.moments.languages.tokens import Tokens


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day of every month, possible or not; None where none was said."""

    day: int | None


@dataclass(frozen=True, slots=True)
class YearDay:
    """A date of every year; None where none was said."""

    date: CalendarDate | None


@dataclass(frozen=True, slots=True)
class MonthWeekday:
    """The nth weekday of every month; -1 is the last."""

    nth: int
    weekday: int


Found = tuple[MonthDay | MonthWeekday, int] | None


def monthly_at(tokens: Tokens, place: int) -> Found:
    """The day of every month that is said at `place`."""
    if month := EVERY_MONTH.match(tokens, place):
        start = _on(tokens, skip_marks(tokens, month[1], ",", 1))
        return _day_at(tokens, start) or _bare_number_at(tokens, start) or (_UNSAID, month[1])
    every = EVERY.skip(tokens, place)
    is_every = every > place
    found = _day_at(tokens, every if is_every else _on(tokens, place))
    if found:
        end = OF_MONTH.skip(tokens, found[1])
        # "Every second monday" is every second week's, unless a month is named.
        needs_month = not is_every or bool(EVERY_OTHER.match(tokens, every))
        if needs_month and end == found[1] and not _is_nth_before_hour(tokens, place, found):
            return None
        return found[0], end
    return _bare_number_at(tokens, every) if is_every else None


_UNSAID = MonthDay(None)


def _is_nth_before_hour(
    tokens: Tokens, place: int, found: tuple[MonthDay | MonthWeekday, int]
) -> bool:
    """«Последняя пятница 18:00», "last friday 18:00": with its hour no title begins so, and nothing is
    planned for a friday gone by."""
    is_clear = not EVERY.match(tokens, place)
    hour_place = skip_marks(tokens, found[1], BETWEEN)
    is_nth = isinstance(found[0], MonthWeekday)
    return is_nth and is_clear and clock_at(tokens, hour_place, after_day=True) is not None


def yearly_at(tokens: Tokens, place: int) -> tuple[YearDay, int] | None:
    """The date of every year that is said at `place`: "every year on march 25", «каждое 9 мая»."""
    year = EVERY_YEAR.match(tokens, place)
    every = EVERY.skip(tokens, place)
    if every > place and len(tokens[place].text) <= 2:  # «по 5 ноября» is up to that day
        every = place
    start = _on(tokens, skip_marks(tokens, year[1], ",", 1)) if year else _on(tokens, every)
    found = calendar_date_at(tokens, start)
    if found is None or found[0].month is None or found[0].year is not None:
        return (YearDay(None), year[1]) if year else None
    of_year = OF_YEAR.match(tokens, skip_marks(tokens, found[1], ",", 1))
    if year is None and every == place and of_year is None:
        return None
    return YearDay(found[0]), of_year[1] if of_year else found[1]


def _on(tokens: Tokens, place: int) -> int:
    return BEFORE_DATE.skip(tokens, BEFORE_WEEKDAY.skip(tokens, place))


def _day_at(tokens: Tokens, place: int) -> Found:
    """ "The last day", "the first monday", "the 15th"."""
    if last := LAST_DAY.match(tokens, place):
        return MonthDay(THE_LAST), last[1]
    if nth := nth_weekday_at(tokens, place):
        return nth
    if day := day_of_month_at(tokens, place):
        return MonthDay(day[0].day), day[1]
    in_words = DAYS_OF_MONTH.match(tokens, place)
    is_said = in_words and OF_MONTH.match(tokens, in_words[1])
    return (MonthDay(in_words[0]), in_words[1]) if in_words and is_said else None


def nth_weekday_at(tokens: Tokens, place: int) -> tuple[MonthWeekday, int] | None:
    """ "On the last friday", "first saturdays", without a month."""
    nth = NTHS.match(tokens, _on(tokens, place))
    weekday = _weekday_at(tokens, nth[1]) if nth else None
    if not nth or not weekday:
        return None
    return MonthWeekday(nth[0], weekday[0]), weekday[1]


def _weekday_at(tokens: Tokens, place: int) -> tuple[int, int] | None:
    return WEEKDAYS.match(tokens, place) or WEEKDAYS_IN_PLURAL.match(tokens, place)


def _bare_number_at(tokens: Tokens, place: int) -> Found:
    """The day of "every 31 11:00". Without an hour after it the number counts something else."""
    token = tokens[place]
    if token.kind is not Kind.NUMBER or SPANS.match(tokens, place + 1):
        return None
    hour_place = skip_marks(tokens, OF_MONTH.skip(tokens, place + 1), BETWEEN)
    if not clock_at(tokens, hour_place):
        return None
    return MonthDay(token.numbers[0]), OF_MONTH.skip(tokens, place + 1)
