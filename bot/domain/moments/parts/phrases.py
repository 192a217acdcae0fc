"""How days and hours stand together at the beginning of a text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.domain.moments.languages.lexicon import skip_marks
from bot.domain.moments.languages.tokens import Kind
from bot.domain.moments.languages.vocabulary import DayPart, Every, FromToday
from bot.domain.moments.languages.words import BEFORE_DATE, BEFORE_HOUR, PART_BEFORE_HOUR
from bot.domain.moments.parts.clocks import Clock, clock_at, is_explicit_clock_at
from bot.domain.moments.parts.days import (
    BETWEEN,
    CalendarDate,
    Day,
    days_after_hour_at,
    days_at,
    dotted_date,
)
from bot.domain.moments.parts.repeat_ends import Ending, ending_at
from bot.domain.moments.parts.repeats import Repeats, repeated_after_hour_at, repeated_at
from bot.domain.moments.parts.spans import span_at

if TYPE_CHECKING:
    from bot.domain.moments.languages.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Dated:
    """Days that should be one and the same, or none; an hour, or none. `end`: the token after."""

    days: tuple[Day, ...]
    clock: Clock | None
    end: int


@dataclass(frozen=True, slots=True)
class Ahead:
    """So many minutes from now."""

    minutes: int
    end: int


@dataclass(frozen=True, slots=True)
class Undecided:
    """As in "19.10": an hour or a date."""

    clock: Clock
    date: CalendarDate
    end: int


@dataclass(frozen=True, slots=True)
class Repeated:
    """On these days, at that hour, up to an end where one was said."""

    days: Repeats
    clock: Clock | None
    ending: Ending | None
    end: int


def find_phrase(tokens: Tokens) -> Dated | Ahead | Undecided | None:
    """The moment said at the beginning, if any."""
    span = span_at(tokens, 0)
    if span and span[0].names_an_instant:
        return Ahead(span[0].minutes, span[1])
    hour_place, date_place = BEFORE_HOUR.skip(tokens, 0), BEFORE_DATE.skip(tokens, 0)
    if tokens[hour_place].kind is Kind.DOTTED:
        return _dotted_first(tokens, hour_place, only_hour=hour_place != date_place)
    if tokens[date_place].kind is Kind.DOTTED:
        return _dotted_date_first(tokens, date_place)
    return _day_first(tokens) or _hour_first(tokens)


def find_repeated(tokens: Tokens) -> Repeated | None:
    """What repeats, said at the beginning, if it does."""
    if every := repeated_at(tokens, 0):
        days, place = every
        early = ending_at(tokens, place)
        clock, end = _clock_after_day(tokens, early[1] if early else place, _part_of_every(days))
        return _with_ending(Repeated(days, clock, early[0] if early else None, end), tokens)
    part, place = _part_at(tokens, 0)
    clock_found = clock_at(tokens, place, part=part)
    if clock_found and (every := repeated_after_hour_at(tokens, clock_found[1])):
        days, place = every
        clock, end = _part_after_day(clock_found[0], tokens, place, _part_of_every(days))
        return _with_ending(Repeated(days, clock, None, end), tokens)
    return None


def _with_ending(repeated: Repeated, tokens: Tokens) -> Repeated:
    ending = ending_at(tokens, repeated.end) if repeated.ending is None else None
    return replace(repeated, ending=ending[0], end=ending[1]) if ending else repeated


def _part_of_every(days: Repeats) -> DayPart | None:
    return days.part if isinstance(days, Every) else None


def _dotted_first(tokens: Tokens, place: int, *, only_hour: bool) -> Dated | Undecided | None:
    """A date in "19.10 18:00", an hour in "at 19.10" and "19.10 tomorrow", either one alone."""
    as_hour = _hour_first(tokens)
    if only_hour:
        return as_hour
    as_date = _dotted_date_first(tokens, place)
    if as_hour is None or as_hour.clock is None or not as_hour.clock.times or as_date.clock:
        return as_date
    if as_hour.end > place + 1:
        return as_hour
    date = dotted_date(tokens[place])
    if date.exists:
        return Undecided(as_hour.clock, date, as_hour.end)
    return as_date if is_explicit_clock_at(tokens, place + 1) else as_hour


def _dotted_date_first(tokens: Tokens, place: int) -> Dated:
    sure = not is_explicit_clock_at(tokens, place)
    as_date = _day_first(tokens, dotted_is_date=True, after_day=sure)
    return as_date or Dated((dotted_date(tokens[place]),), None, place + 1)


def _day_first(
    tokens: Tokens, *, dotted_is_date: bool = False, after_day: bool = True
) -> Dated | None:
    part, place = _part_at(tokens, 0)
    days, place = days_at(tokens, place, dotted_is_date=dotted_is_date)
    if not days:
        return None
    clock, end = _clock_after_day(tokens, place, part or _part_of(days), after_day=after_day)
    return Dated(days, clock, end)


def _hour_first(tokens: Tokens) -> Dated | None:
    part, place = _part_at(tokens, 0)
    found = clock_at(tokens, place, part=part)
    if not found:
        return None
    clock, end = found
    days, end = days_after_hour_at(tokens, end)
    if days:
        clock, end = _part_after_day(clock, tokens, end, _part_of(days))
    return Dated(days, clock, end)


def _clock_after_day(
    tokens: Tokens, place: int, part: DayPart | None, *, after_day: bool = True
) -> tuple[Clock | None, int]:
    said_part, hour_place = _part_at(tokens, skip_marks(tokens, place, BETWEEN))
    hour_place = skip_marks(tokens, hour_place, BETWEEN)
    found = clock_at(tokens, hour_place, after_day=after_day, part=said_part or part)
    return found or (None, place)


def _part_after_day(
    clock: Clock, tokens: Tokens, place: int, part: DayPart | None
) -> tuple[Clock, int]:
    """As in "at 7 tomorrow evening": only an hour that needs it takes the next word."""
    if not clock.lacks_part:
        return clock, place
    said_part, end = _part_at(tokens, place)
    return clock.in_part(said_part or part), end


def _part_at(tokens: Tokens, place: int) -> tuple[DayPart | None, int]:
    return PART_BEFORE_HOUR.match(tokens, place) or (None, place)


def _part_of(days: tuple[Day, ...]) -> DayPart | None:
    return next((day.part for day in days if isinstance(day, FromToday) and day.part), None)
