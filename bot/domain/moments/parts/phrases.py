"""How days and hours stand together at the beginning of a text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.domain.moments.languages.lexicon import skip_marks
from bot.domain.moments.languages.tokens import Kind
from bot.domain.moments.languages.vocabulary import DayPart, Every, FromToday
from bot.domain.moments.languages.words import (
    BEFORE_DATE,
    BEFORE_HOUR,
    BEGINNING,
    CONJUNCTIONS,
    PART_BEFORE_HOUR,
    UNTIL,
    UNTIL_HOUR,
)
from bot.domain.moments.parts.clock import Clock
from bot.domain.moments.parts.clocks import clock_at, is_explicit_clock_at
from bot.domain.moments.parts.days import (
    BETWEEN,
    ROUND_MINUTES,
    CalendarDate,
    Day,
    calendar_date_at,
    days_after_hour_at,
    days_at,
    dotted_date,
    last_day_at,
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
    """On these days, at those hours, from a day on and up to an end where they were said."""

    days: Repeats
    clocks: tuple[Clock, ...]
    ending: Ending | None
    end: int
    beginning: Day | None = None


_CLOSING = {
    "(": (")",),
    **dict.fromkeys(",.", (",", "", "\n", ".", "!", ":", ";", "–", "—", "-", "|")),
}
"""What closes a day that stands after its hour, by what opens it; "" is the end of the text."""


def find_phrase(tokens: Tokens) -> Dated | Ahead | Undecided | None:
    """The moment said at the beginning, if any."""
    span = span_at(tokens, 0)
    if span and span[0].names_an_instant:
        return Ahead(span[0].minutes, span[1])
    if begun := _begun_at(tokens):
        return begun
    hour_place, date_place = BEFORE_HOUR.skip(tokens, 0), BEFORE_DATE.skip(tokens, 0)
    if tokens[hour_place].kind is Kind.DOTTED:
        return _dotted_first(tokens, hour_place, only_hour=hour_place != date_place)
    if tokens[date_place].kind is Kind.DOTTED:
        return _dotted_date_first(tokens, date_place)
    return _day_first(tokens) or _hour_first(tokens)


def _begun_at(tokens: Tokens) -> Dated | None:
    """ "From 1 november 9:00": when it begins is the moment."""
    begins = _beginning_at(tokens, 0)
    if not begins:
        return None
    after = skip_marks(tokens, begins[1], BETWEEN)
    is_hour = tokens[begins[1] - 1].kind is Kind.DOTTED and not is_explicit_clock_at(tokens, after)
    clock, end = _clock_after_day(tokens, begins[1], None)
    return Dated((begins[0],), clock, end) if clock and not is_hour else None


def find_repeated(tokens: Tokens) -> Repeated | None:
    """What repeats, said at the beginning, if it does."""
    part, place = _part_at(tokens, 0)
    if every := repeated_at(tokens, place):
        return _days_of_rule_first(Repeated(every[0], (), None, every[1]), tokens, part)
    if limits := _limits_at(tokens, 0):
        every = repeated_at(tokens, skip_marks(tokens, limits[2], BETWEEN))
        if every:
            limited = Repeated(every[0], (), limits[1], every[1], limits[0])
            return _days_of_rule_first(limited, tokens, None)
    clocks, place = _clocks_at(tokens, place, part)
    every = repeated_after_hour_at(tokens, place) if clocks else None
    if not every:
        return None
    days, place = every
    clock, end = _part_after_day(clocks[0], tokens, place, _part_of_every(days))
    return _with_limits(Repeated(days, (clock, *clocks[1:]), None, end), tokens)


def _days_of_rule_first(found: Repeated, tokens: Tokens, part: DayPart | None) -> Repeated:
    found = _with_limits(found, tokens)
    said_part, hour_place = _part_at(tokens, skip_marks(tokens, found.end, BETWEEN))
    hour_place = skip_marks(tokens, hour_place, BETWEEN)
    part = said_part or part or _part_of_every(found.days)
    clocks, end = _clocks_at(tokens, hour_place, part, after_day=True)
    return _with_limits(replace(found, clocks=clocks, end=end), tokens) if clocks else found


def _clocks_at(
    tokens: Tokens, place: int, part: DayPart | None, *, after_day: bool = False
) -> tuple[tuple[Clock, ...], int]:
    """The hours of a day: one, or several as in "9:00, 13:00 and 21:00"."""
    clocks: list[Clock] = []
    end = start = place
    while found := clock_at(tokens, start, after_day=after_day, part=part):
        clocks.append(found[0])
        end = found[1]
        comma = skip_marks(tokens, end, ",", 1)
        start = CONJUNCTIONS.skip(tokens, comma)
        after_day = start > comma
        if start == end:
            break
    return tuple(clocks), end


def _with_limits(repeated: Repeated, tokens: Tokens) -> Repeated:
    """With the beginning and the end that are said after it, in either order."""
    for _ in range(2):
        limits = _limits_at(tokens, skip_marks(tokens, repeated.end, ",", 1))
        if limits and repeated.beginning is None:
            ending = repeated.ending or limits[1]
            repeated = replace(repeated, beginning=limits[0], ending=ending, end=limits[2])
        until = ending_at(tokens, repeated.end) if repeated.ending is None else None
        if until:
            repeated = replace(repeated, ending=until[0], end=until[1])
    return repeated


def _limits_at(tokens: Tokens, place: int) -> tuple[Day, Ending | None, int] | None:
    """ "From 1 november", "from 1 to 5 november": the first day, and the last where it is said."""
    if begins := _beginning_at(tokens, place):
        ending = ending_at(tokens, begins[1])
        return (begins[0], *ending) if ending else (begins[0], None, begins[1])
    word = BEGINNING.match(tokens, place)
    first = tokens[word[1]] if word else tokens[-1]
    if word is None or first.kind not in (Kind.NUMBER, Kind.ORDINAL):
        return None
    last = calendar_date_at(tokens, _until_day_at(tokens, word[1] + 1))
    if last is None or last[0].month is None or last[1] == word[1] + 1:
        return None
    return CalendarDate(first.numbers[0], last[0].month, last[0].year), last[0], last[1]


def _until_day_at(tokens: Tokens, place: int) -> int:
    dash = skip_marks(tokens, place, "-–—", 1)
    return (
        UNTIL_HOUR.skip(tokens, place)
        if UNTIL_HOUR.match(tokens, place)
        else UNTIL.skip(tokens, dash)
    )


def _beginning_at(tokens: Tokens, place: int) -> tuple[Day, int] | None:
    """ "From 1 november", «с понедельника», but not "from 9:00"."""
    begins = BEGINNING.match(tokens, place)
    return last_day_at(tokens, begins[1]) if begins else None


def part_said(phrase: Dated | Repeated) -> DayPart | None:
    """The part of the day that its days name: "tonight", "every evening"."""
    return _part_of(phrase.days) if isinstance(phrase, Dated) else _part_of_every(phrase.days)


def _part_of_every(days: Repeats) -> DayPart | None:
    return days.part if isinstance(days, Every) else None


def _dotted_first(tokens: Tokens, place: int, *, only_hour: bool) -> Dated | Undecided | None:
    """A date in "19.10 18:00", an hour in "at 19.10" and "19.10 tomorrow", either one alone."""
    as_hour = _hour_first(tokens)
    if only_hour:
        return as_hour
    as_date = _dotted_date_first(tokens, place)
    if as_hour is None or as_hour.clock is None or not as_hour.clock.strikes or as_date.clock:
        return as_date
    if as_hour.end > place + 1:
        return as_hour
    date = dotted_date(tokens[place])
    if date.exists and as_hour.clock.minute % ROUND_MINUTES:
        return as_date
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
    return _with_bracketed_days(Dated(days, clock, end), tokens)


def _hour_first(tokens: Tokens) -> Dated | None:
    part, place = _part_at(tokens, 0)
    found = clock_at(tokens, place, part=part)
    if not found:
        return None
    clock, end = found
    if place == 0 and end == 1 and tokens[0].kind is Kind.NUMBER:  # "1. Tea" counts lines
        return None
    days, end = days_after_hour_at(tokens, end)
    if days:
        clock, end = _part_after_day(clock, tokens, end, _part_of(days))
    return _with_bracketed_days(Dated(days, clock, end), tokens)


def _with_bracketed_days(dated: Dated, tokens: Tokens) -> Dated:
    """With the days of "tomorrow 19:00 (friday)" and "tomorrow, 19:00, friday, Concert"."""
    mark = tokens[dated.end].text
    if dated.clock is None or mark not in _CLOSING:
        return dated
    days, end = days_at(tokens, dated.end + 1)
    is_all = bool(days) and tokens[end].text in _CLOSING[mark]
    if not is_all:
        return dated
    return replace(dated, days=(*dated.days, *days), end=end + (mark == "("))


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
