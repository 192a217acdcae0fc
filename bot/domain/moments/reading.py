"""Reads a moment in words, in English, Belarusian or Russian, at the beginning of a text.

The moment is always one to come, and nothing that people type as a piece of it becomes text:

- A bare hour from 1 to 6 is the afternoon's. "At 7" and "at 8" may be either half of the day's: ask. From 9
  on an hour is what it says, "today at 9" in the afternoon the evening's. "7:30" and "07" say it exactly.
- An hour without a day is the next one.
- A midnight ends the day that was named; English "tomorrow midnight" may be either: ask.
- A weekday that is today is today while its hour is ahead, and else a week later.
- "Next monday" is the one in the next calendar week, which begins on Monday. "In a week on monday" may be
  the one after it: ask where they aren't the same.
- A date without a year, or a day without a month, is the next such one; a date of the last 30 days is past.
- "24/10" is day and month. "19.10" alone may be an hour or a date: ask.
- An hour is when it begins. Its end in "19:00-21:00" is refused, or it would begin the text after it.
- "In 20 minutes" counts from the minute it is now.
- "Every second monday" and "every 3 days" begin with the next one. "Until 1 june" includes that day.
- Marks, emoji and a greeting may stand before the moment. A title may, too, where the first line ends with
  the moment and holds no other.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.domain.moments.dates import FARTHEST, next_date, next_moments
from bot.domain.moments.languages.tokens import tokenize
from bot.domain.moments.languages.words import EVERY
from bot.domain.moments.parts.finding import Found, find_moment, opening_end
from bot.domain.moments.parts.joined import join_numbers
from bot.domain.moments.parts.leftovers import SHORT_ON, begins_several_days, problem_after
from bot.domain.moments.parts.phrases import Ahead, Dated, Repeated, Undecided, find_phrase
from bot.domain.moments.parts.repeats import EveryFewDays
from bot.domain.moments.results import (
    EitherOf,
    MomentProblem,
    OneTime,
    Reading,
    Repeating,
    TimeOrDate,
)
from bot.domain.moments.rules import rules_of
from bot.domain.timekeeping.moment import Moment, moment_at

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from bot.domain.timekeeping.recurrence import Recurrence

# A dash before a digit belongs to the text: "19:00 -5 °C".
_SEPARATOR = re.compile(r"[)\]»”]?(?:[.!]{1,3}|\s*(?:,|[;:|](?=\s|$)|[-–—]+(?![-–—0-9])))?\s*")
_JOINT = ",;:|–—-.("
"""Marks between a title and the moment after it."""


def read_moment(words: str, *, now: datetime, zone: ZoneInfo) -> OneTime | TimeOrDate | EitherOf:
    """The moment that `words` begin with, for people in `zone`; `now` is aware.

    Raises MomentProblem and nothing else, whatever `words` are.
    """
    found = _find(words)
    if isinstance(found.phrase, Repeated):
        found = _once(found)
    return _one_time(words, found, now, zone)


def read_schedule(words: str, *, now: datetime, zone: ZoneInfo) -> Reading:
    """Like `read_moment`, and understands what repeats: "every monday 11:00"."""
    found = _find(words)
    if not isinstance(found.phrase, Repeated):
        return _one_time(words, found, now, zone)
    readings = [
        _repeating(words, found, rule, now, zone) for rule in rules_of(found.phrase, now, zone)
    ]
    if _is_or_once(found.phrase):
        once = _one_time(words, _once(found), now, zone)
        if len(readings) > 1 or not isinstance(once, OneTime):
            raise MomentProblem("moments.which_hour")
        return EitherOf(once, readings[0])
    return EitherOf(*readings) if len(readings) > 1 else readings[0]


def _find(words: str) -> Found:
    """The moment in a text. Raises MomentProblem where there is none, or not that alone."""
    tokens = join_numbers(tokenize(words))
    start = opening_end(tokens)
    if begins_several_days(tokens[start:]):
        raise MomentProblem("moments.several")
    found = find_moment(tokens)
    if found is None:
        is_every = EVERY.match(tokens, start) and len(tokens[start].text) > SHORT_ON
        raise MomentProblem("moments.rhythm" if is_every else "moments.missing")
    problem = problem_after(
        found.tokens,
        found.phrase.end,
        has_clock=_has_clock(found),
        has_day=not isinstance(found.phrase, Dated) or bool(found.phrase.days),
        repeats=isinstance(found.phrase, Repeated),
    )
    if problem:
        raise MomentProblem(problem)
    return found


def _has_clock(found: Found) -> bool:
    match found.phrase:
        case Dated(clock=clock):
            return clock is not None
        case Repeated(clocks=clocks):
            return bool(clocks)
    return True


def _is_or_once(repeated: Repeated) -> bool:
    return isinstance(repeated.days, EveryFewDays) and repeated.days.or_once


def _once(found: Found) -> Found:
    """What may repeat as a single moment. Raises MomentProblem where it surely repeats."""
    phrase = find_phrase(found.tokens)
    if not isinstance(found.phrase, Repeated) or not _is_or_once(found.phrase) or phrase is None:
        raise MomentProblem("moments.repeats")
    return Found(phrase, found.tokens, found.title_end)


def _one_time(
    words: str, found: Found, now: datetime, zone: ZoneInfo
) -> OneTime | TimeOrDate | EitherOf:
    rest, before = _rest(words, found)
    phrase = found.phrase
    if isinstance(phrase, Ahead):
        return OneTime(_ahead(phrase, now, zone), rest, before)
    assert isinstance(phrase, Dated | Undecided)  # noqa: S101 - what repeats is read elsewhere
    days = phrase.days if isinstance(phrase, Dated) else ()
    moments = next_moments(days, phrase.clock, now, zone)
    first, *others = (OneTime(moment, rest, before) for moment in moments)
    if isinstance(phrase, Undecided):
        return TimeOrDate(first, next_date(phrase.date, now, zone))
    if len(others) > 1:
        raise MomentProblem("moments.which_hour")
    return EitherOf(first, others[0]) if others else first


def _ahead(phrase: Ahead, now: datetime, zone: ZoneInfo) -> Moment:
    if phrase.minutes == 0:
        raise MomentProblem("moments.past")
    ahead = timedelta(minutes=phrase.minutes)
    if ahead > FARTHEST:
        raise MomentProblem("moments.too_far")
    this_minute = now.astimezone(UTC).replace(second=0, microsecond=0)
    return moment_at(this_minute + ahead, zone)


def _repeating(
    words: str, found: Found, recurrence: Recurrence, now: datetime, zone: ZoneInfo
) -> Repeating:
    rest, before = _rest(words, found)
    first = recurrence.next_after(now, zone)
    if first is None:
        raise MomentProblem("moments.ends_early")
    return Repeating(recurrence.pattern, first, rest, recurrence.last_on, before)


def _rest(words: str, found: Found) -> tuple[str, int]:
    """The text around the moment, and how much of it comes before."""
    place = found.tokens[found.phrase.end - 1].end
    if found.title_end:
        title = words[: found.title_end].rstrip(f"{_JOINT} ")
        return title + words[place:].lstrip(".!)"), len(title)
    separator = _SEPARATOR.match(words, place)
    return words[separator.end() if separator else place :], 0
