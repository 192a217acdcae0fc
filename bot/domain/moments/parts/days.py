"""Days: "tomorrow", «в субботу», "24 october", "24.10.2026", "the 24th", "in 3 days"."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.domain.moments.languages.lexicon import skip_marks
from bot.domain.moments.languages.tokens import DATE_ENDINGS, PICTURE, Kind
from bot.domain.moments.languages.vocabulary import FromToday
from bot.domain.moments.languages.words import (
    AFTER_DAY_OF_MONTH,
    AFTER_YEAR,
    AHEAD,
    BEFORE_DATE,
    BEFORE_MONTH,
    BEFORE_WEEKDAY,
    DAYS_OF_MONTH,
    FROM_TODAY,
    MONTHS,
    MONTHS_LONG,
    NEXT_WEEK,
    THIS,
    THROUGH_A_DAY,
    WEEKDAYS,
    WEEKDAYS_AFTER_UNTIL,
    WEEKS_AHEAD,
    WORDS_AS_WELL,
)
from bot.domain.moments.parts.clocks import clock_at, is_explicit_clock_at
from bot.domain.moments.parts.nouns import tells_apart_at
from bot.domain.moments.parts.spans import MINUTES_IN_A_DAY, count_at, span_at

if TYPE_CHECKING:
    from bot.domain.moments.languages.lexicon import Lexicon
    from bot.domain.moments.languages.tokens import Token, Tokens

BETWEEN = f',;:.-–—|\n!()[]@…"«»“”{PICTURE}'
"""Marks that may stand between a day and its hour."""

MOST_DAYS = 3
"""As in "tomorrow, Saturday, 24 October"."""

DAYS_IN_A_WEEK = 7

A_LEAP_YEAR = 2000

ROUND_MINUTES = 5
"""People meet at 19.10, but hardly at 19.11: that is a date."""


@dataclass(frozen=True, slots=True)
class Weekday:
    """The coming one (0 is Monday), or the one so many calendar weeks ahead.

    `counted`: so many weeks from today were said, which may be counted from the coming one, too.
    """

    number: int
    weeks: int | None = None
    counted: bool = False


@dataclass(frozen=True, slots=True)
class Week:
    """A calendar week: this one, or one ahead. It needs a weekday beside it."""

    ahead: int


@dataclass(frozen=True, slots=True)
class MonthsAhead:
    """The same day of the month, so many months from now."""

    months: int


@dataclass(frozen=True, slots=True)
class CalendarDate:
    """A day of a month, of whatever month where none was said; it need not exist."""

    day: int
    month: int | None = None
    year: int | None = None

    @property
    def exists(self) -> bool:
        if self.month is None:
            return 1 <= self.day <= 31
        if not 1 <= self.month <= 12 or self.year == 0:
            return False
        return 1 <= self.day <= monthrange(self.year or A_LEAP_YEAR, self.month)[1]


Day = FromToday | Weekday | CalendarDate | MonthsAhead | Week
Found = tuple[Day, int] | None


def days_at(
    tokens: Tokens, place: int, *, dotted_is_date: bool = False
) -> tuple[tuple[Day, ...], int]:
    """The days named at `place`, which should be one and the same, and the place after them.

    "19.10" after a day is its hour, unless an hour follows; as the first thing it is a date only
    where `dotted_is_date`.
    """
    days: list[Day] = []
    while len(days) < MOST_DAYS:
        start = skip_marks(tokens, place, BETWEEN) if days else place
        found = _dotted_date_at(tokens, start)
        if found and days:
            dotted_is_date = _is_date_beside(days[-1], tokens, found[1])
        if not found or not dotted_is_date:
            found = _day_at(tokens, start)
        if not found:
            break
        days.append(found[0])
        place = found[1]
    return _with_weeks(days), place


def _with_weeks(days: list[Day]) -> tuple[Day, ...]:
    """A week and its weekday are one day: "next week on saturday", «в субботу через неделю»."""
    weekday = next((day for day in days if isinstance(day, Weekday) and day.weeks is None), None)
    week = next((day for day in days if _weeks_of(day) is not None), None)
    if weekday is None or week is None:
        return tuple(days)
    day = Weekday(weekday.number, _weeks_of(week), counted=isinstance(week, FromToday))
    return (day, *(other for other in days if other not in (weekday, week)))


def _weeks_of(day: Day) -> int | None:
    if isinstance(day, Week):
        return day.ahead
    if isinstance(day, FromToday) and day.days and day.days % DAYS_IN_A_WEEK == 0:
        return day.days // DAYS_IN_A_WEEK
    return None


def days_after_hour_at(tokens: Tokens, place: int) -> tuple[tuple[Day, ...], int]:
    """The days named after an hour. What could as well begin a title is left alone."""
    start = skip_marks(tokens, place, ",", 1)
    if WORDS_AS_WELL.match(tokens, start):
        return (), place
    if from_today := _from_today_at(tokens, start):
        is_over = from_today[0].days < 0  # "19:00 Yesterday, songs by the Beatles"
        return ((), place) if is_over else ((from_today[0],), from_today[1])
    if date := _date_after_hour_at(tokens, start):
        return (date[0],), date[1]
    if weekday := _weekday_at(tokens, start):
        if week := WEEKS_AHEAD.match(tokens, weekday[1]):
            return _with_weeks([weekday[0], Week(week[0])]), week[1]
        date = _date_after_hour_at(tokens, skip_marks(tokens, weekday[1], ",", 1))
        return ((weekday[0], date[0]), date[1]) if date else ((weekday[0],), weekday[1])
    return (), place


def calendar_date_at(tokens: Tokens, place: int) -> tuple[CalendarDate, int] | None:
    """A date at `place`, where nothing but a date can stand."""
    found = (
        _dotted_date_at(tokens, place) or _date_at(tokens, place) or day_of_month_at(tokens, place)
    )
    if found and isinstance(found[0], CalendarDate):
        return found[0], found[1]
    return None


def last_day_at(tokens: Tokens, place: int) -> Found:
    """The last day of something, at `place`: "1 june", "tomorrow", «пятницы»."""
    return (
        calendar_date_at(tokens, place)
        or _from_today_at(tokens, place)
        or _weekday_at(tokens, place, WEEKDAYS_AFTER_UNTIL)
        or _weekday_at(tokens, place)
    )


def dotted_date(token: Token) -> CalendarDate:
    """The date that "19.10" would be."""
    return CalendarDate(token.numbers[0], token.numbers[1])


def _day_at(tokens: Tokens, place: int) -> Found:
    return (
        _week_at(tokens, place)
        or _from_today_at(tokens, place)
        or _weekday_at(tokens, place)
        or _date_at(tokens, place)
        or day_of_month_at(tokens, place)
        or _days_ahead_at(tokens, place)
    )


def _week_at(tokens: Tokens, place: int) -> Found:
    week = WEEKS_AHEAD.match(tokens, place)
    return (Week(week[0]), week[1]) if week else None


def weekday_at(tokens: Tokens, place: int) -> Found:
    """A weekday by its name, with or without "on" and "next"."""
    return _weekday_at(tokens, place)


def _from_today_at(tokens: Tokens, place: int) -> tuple[FromToday, int] | None:
    return FROM_TODAY.match(tokens, place) or FROM_TODAY.match(
        tokens, BEFORE_WEEKDAY.skip(tokens, place)
    )


def _weekday_at(tokens: Tokens, place: int, words: Lexicon[int] = WEEKDAYS) -> Found:
    place = BEFORE_WEEKDAY.skip(tokens, place)
    start = NEXT_WEEK.skip(tokens, place)
    next_week = start > place
    weekday = words.match(tokens, start if next_week else THIS.skip(tokens, place))
    return (Weekday(weekday[0], 1 if next_week else None), weekday[1]) if weekday else None


def _date_at(tokens: Tokens, place: int) -> Found:
    place = BEFORE_DATE.skip(tokens, place)
    token = tokens[place]
    if token.kind is Kind.ISO:
        year, month, day = token.numbers
        return CalendarDate(day, month, year), place + 1
    if token.kind is Kind.DATE:
        day, month, *years = token.numbers
        full = [year + 2000 if year < 100 else year for year in years]
        end = AFTER_YEAR.skip(tokens, place + 1) if years else place + 1
        return CalendarDate(day, month, *full), end
    return _day_and_month_at(tokens, place) or _month_and_day_at(tokens, place)


def _day_and_month_at(tokens: Tokens, place: int) -> Found:
    day = _day_number_at(tokens, place)
    month = MONTHS.match(tokens, BEFORE_MONTH.skip(tokens, day[1])) if day else None
    if not day or not month:
        return None
    year, end = _year_at(tokens, month[1])
    return CalendarDate(day[0], month[0], year), end


def _day_number_at(tokens: Tokens, place: int) -> tuple[int, int] | None:
    """ "24", "24th", "twenty-fourth"."""
    if _can_be_day_of_month(tokens[place]):
        return tokens[place].numbers[0], place + 1
    return DAYS_OF_MONTH.match(tokens, place)


def _month_and_day_at(tokens: Tokens, place: int) -> Found:
    month = MONTHS.match(tokens, place)
    if not month:
        return None
    place = BEFORE_DATE.skip(tokens, skip_marks(tokens, month[1], ".", 1))
    if not _can_be_day_of_month(tokens[place]):
        return None
    year, end = _year_at(tokens, place + 1)
    return CalendarDate(tokens[place].numbers[0], month[0], year), end


def _year_at(tokens: Tokens, place: int) -> tuple[int | None, int]:
    start = skip_marks(tokens, place, ".,", 1)
    token = tokens[start]
    if token.kind is Kind.NUMBER and len(token.text) == 4:
        return token.numbers[0], AFTER_YEAR.skip(tokens, start + 1)
    return None, place


def day_of_month_at(tokens: Tokens, place: int) -> tuple[CalendarDate, int] | None:
    """ "The 24th", of whatever month."""
    place = BEFORE_DATE.skip(tokens, place)
    if in_words := DAYS_OF_MONTH.match(tokens, place):
        end = AFTER_DAY_OF_MONTH.skip(tokens, in_words[1])
        is_said = end > in_words[1] or clock_at(tokens, skip_marks(tokens, end, BETWEEN))
        return (CalendarDate(in_words[0]), end) if is_said else None
    token = tokens[place]
    end = AFTER_DAY_OF_MONTH.skip(tokens, place + 1)
    ordinal = token.kind is Kind.ORDINAL and token.text.endswith(DATE_ENDINGS)
    ordinal = ordinal and not tells_apart_at(tokens, place + 1)  # "2nd floor"
    number = token.kind is Kind.NUMBER and end > place + 1
    return (CalendarDate(token.numbers[0]), end) if ordinal or number else None


def _days_ahead_at(tokens: Tokens, place: int) -> Found:
    if through := THROUGH_A_DAY.match(tokens, place):
        return FromToday(2), through[1]
    if ahead := AHEAD.match(tokens, place):
        count = count_at(tokens, ahead[1])
        months = MONTHS_LONG.match(tokens, count[1] if count else ahead[1])
        if months and (count is None or count[0].denominator == 1):
            return MonthsAhead(int(count[0]) if count else 1), months[1]
    span = span_at(tokens, place)
    if not span or span[0].names_an_instant:
        return None
    return FromToday(span[0].minutes // MINUTES_IN_A_DAY), span[1]


def _can_be_day_of_month(token: Token) -> bool:
    return token.kind is Kind.ORDINAL or (token.kind is Kind.NUMBER and len(token.text) <= 2)


def _dotted_date_at(tokens: Tokens, place: int) -> Found:
    place = BEFORE_DATE.skip(tokens, place)
    if tokens[place].kind is not Kind.DOTTED or not dotted_date(tokens[place]).exists:
        return None
    return dotted_date(tokens[place]), place + 1


def _is_date_beside(day: Day, tokens: Tokens, place_after: int) -> bool:
    """Whether "19.10" after `day` is its date too: «в субботу 24.10 в 19»."""
    hour_place = skip_marks(tokens, place_after, BETWEEN)
    said_with_weekday = isinstance(day, Weekday) and clock_at(tokens, hour_place) is not None
    is_round = tokens[place_after - 1].numbers[1] % ROUND_MINUTES == 0
    can_be_hour = is_round and is_explicit_clock_at(tokens, place_after - 1)
    return said_with_weekday or is_explicit_clock_at(tokens, hour_place) or not can_be_hour


def _date_after_hour_at(tokens: Tokens, place: int) -> Found:
    """A bare "5th" or "5.5" begins a title here ("5.5 km"); "on the 5th" and "5.05" are dates."""
    start = BEFORE_DATE.skip(tokens, place)
    token = tokens[start]
    if token.kind is Kind.DOTTED:
        two_digits = token.text[-2] not in ".,"
        return _dotted_date_at(tokens, start) if two_digits else None
    if found := _date_at(tokens, place):
        return found
    sure = start > place or token.text.endswith(("го", "га"))
    return day_of_month_at(tokens, place) if sure else None
