"""What repeats every month: "every month on the 15th", «последняя пятница месяца», "every 31"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.domain.moments.languages.lexicon import skip_marks
from bot.domain.moments.languages.tokens import Kind
from bot.domain.moments.languages.words import (
    BEFORE_DATE,
    BEFORE_WEEKDAY,
    EVERY,
    EVERY_MONTH,
    EVERY_OTHER,
    LAST_DAY,
    NTHS,
    OF_MONTH,
    SPANS,
    WEEKDAYS,
)
from bot.domain.moments.parts.clocks import clock_at
from bot.domain.moments.parts.days import BETWEEN, day_of_month_at
from bot.domain.timekeeping.recurrence import LAST_DAY as THE_LAST

if TYPE_CHECKING:
    from bot.domain.moments.languages.tokens import Tokens


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day of every month, possible or not; None where none was said."""

    day: int | None


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
        return None if needs_month and end == found[1] else (found[0], end)
    return _bare_number_at(tokens, every) if is_every else None


_UNSAID = MonthDay(None)


def _on(tokens: Tokens, place: int) -> int:
    return BEFORE_DATE.skip(tokens, BEFORE_WEEKDAY.skip(tokens, place))


def _day_at(tokens: Tokens, place: int) -> Found:
    """ "The last day", "the first monday", "the 15th"."""
    if last := LAST_DAY.match(tokens, place):
        return MonthDay(THE_LAST), last[1]
    if nth := NTHS.match(tokens, place):
        weekday = WEEKDAYS.match(tokens, nth[1])
        if weekday:
            return MonthWeekday(nth[0], weekday[0]), weekday[1]
    day = day_of_month_at(tokens, place)
    return (MonthDay(day[0].day), day[1]) if day else None


def _bare_number_at(tokens: Tokens, place: int) -> Found:
    """The day of "every 31 11:00". Without an hour after it the number counts something else."""
    token = tokens[place]
    if token.kind is not Kind.NUMBER or SPANS.match(tokens, place + 1):
        return None
    hour_place = skip_marks(tokens, OF_MONTH.skip(tokens, place + 1), BETWEEN)
    if not clock_at(tokens, hour_place):
        return None
    return MonthDay(token.numbers[0]), OF_MONTH.skip(tokens, place + 1)
