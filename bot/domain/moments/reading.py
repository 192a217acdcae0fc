"""Reads a moment in words, in English, Belarusian or Russian, in the first line of a text.

The moment is always one to come, and nothing that people type as a piece of it becomes text:

- A bare hour from 1 to 6 is the afternoon's. "At 7" and "at 8" may be either half of the day's: ask. From 9
  on an hour is what it says, "today at 9" in the afternoon the evening's. "7:30" and "07" say it exactly.
- An hour without a day is the next one.
- A midnight ends the day that was named; English "tomorrow midnight" may be either: ask.
- A weekday that is today is today while its hour is ahead, and else a week later: "thursday at 10" on a
  Thursday afternoon isn't tonight.
- "Next monday" is the one in the next calendar week, which begins on Monday. "In a week on monday" may be
  the one after it: ask where they aren't the same.
- A date without a year, or a day without a month, is the next such one; a date of the last 30 days is past.
- "24/10" is day and month. "19.10" alone may be an hour or a date: ask.
- An hour is when it begins. Its end in "19:00-21:00" is refused, or it would begin the text after it.
- "In 20 minutes" counts from the minute it is now.
- "Every second monday" and "every 3 days" begin with the next one. "Until 1 june" includes that day.
- Marks, emoji and a greeting may stand before the moment. A title may, too, where the moment names its day
  and nothing else in the first line says when.
- An hour may stand later in the first line than its day, where it is the only one there, or alone on the
  next. A day that ends the line may follow its hour after a short title.
- Where the first line doesn't say when, the second may begin with it.
- "Last friday 18:00" is every month's: nothing is planned for the one gone by.
- A day without an hour is none, but who can ask for the hour reads the day: `moment_or_day`.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING

from bot.domain.moments.around.finding import Found, Phrase, find_moment, lacks_hour, opening_end
from bot.domain.moments.around.leftovers import begins_several_days, problem_after
from bot.domain.moments.around.pieces import SHORT_ON
from bot.domain.moments.dates import FARTHEST, next_date, next_moments
from bot.domain.moments.languages.lexicon import skip_marks
from bot.domain.moments.languages.tokens import tokenize
from bot.domain.moments.languages.words import EVERY, PART_BEFORE_HOUR
from bot.domain.moments.parts.clock import Clock
from bot.domain.moments.parts.days import BETWEEN
from bot.domain.moments.parts.joined import join_numbers
from bot.domain.moments.parts.phrases import (
    Ahead,
    Dated,
    Repeated,
    Undecided,
    find_phrase,
)
from bot.domain.moments.parts.repeat_ends import is_frequency_at
from bot.domain.moments.parts.repeats import EveryFewDays
from bot.domain.moments.results import (
    Cuts,
    EitherOf,
    HourWanted,
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
_CLOSED = re.compile(r"[.!)]+(?=\s*(?:\n|$))")
_BRACKET = re.compile(r"\)")
_LAST_MINUTE = time(23, 59)

_JOINT = ",;:|–—-.("
"""Marks between a title and the moment after it."""


def read_moment(words: str, *, now: datetime, zone: ZoneInfo) -> OneTime | TimeOrDate | EitherOf:
    """The moment in `words`, for people in `zone`; `now` is aware.

    Raises MomentProblem and nothing else, whatever `words` are.
    """
    reading = moment_or_day(words, now=now, zone=zone)
    if isinstance(reading, HourWanted):
        raise MomentProblem("moments.no_time")
    return reading


def read_schedule(words: str, *, now: datetime, zone: ZoneInfo) -> Reading:
    """Like `read_moment`, and understands what repeats: "every monday 11:00"."""
    reading = schedule_or_days(words, now=now, zone=zone)
    if isinstance(reading, HourWanted):
        raise MomentProblem("moments.no_time")
    return reading


def moment_or_day(
    words: str, *, now: datetime, zone: ZoneInfo
) -> OneTime | TimeOrDate | EitherOf | HourWanted:
    """Like `read_moment`, for those who can ask for a missing hour."""
    found = _find(words)
    if isinstance(found.phrase, Repeated):
        found = _once(found)
    if lacks_hour(found.phrase):
        return _hour_wanted(words, found, found.phrase, now, zone)
    return _one_time(words, found, now, zone)


def schedule_or_days(words: str, *, now: datetime, zone: ZoneInfo) -> Reading | HourWanted:
    """Like `read_schedule`, for those who can ask for a missing hour."""
    found = _find(words)
    if lacks_hour(found.phrase) and not _is_or_once(found.phrase):
        return _hour_wanted(words, found, found.phrase, now, zone)
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


def at_hour(said: str, at: time, *, now: datetime, zone: ZoneInfo) -> OneTime | Repeating:
    """What days that were said are together with an hour: the missing one of `HourWanted`.

    Raises MomentProblem where that is none.
    """
    days = _days_alone(said)
    if days is None:
        raise MomentProblem("moments.no_time")
    return _days_at(days, at, now, zone)


def at_known_hour(
    days: HourWanted, at: time | None, zone: ZoneInfo
) -> OneTime | Repeating | HourWanted:
    """The same at an hour that is known, where that is still ahead; else the days as they were said."""
    if at is not None:
        with suppress(MomentProblem):
            return at_hour(days.said, at, now=days.seen_from, zone=zone)
    return days


def _days_alone(said: str) -> Dated | Repeated | None:
    found = find_moment(join_numbers(tokenize(said)))
    return found.phrase if found is not None and lacks_hour(found.phrase) else None


def _days_at(
    days: Dated | Repeated, at: time, now: datetime, zone: ZoneInfo
) -> OneTime | Repeating:
    clock = Clock(at.hour, at.minute)
    if isinstance(days, Dated):
        return OneTime(next_moments(days.days, clock, now, zone)[0], "")
    (rule,) = rules_of(replace(days, clocks=(clock,)), now, zone)
    return _first_of(rule, Around(""), now, zone)


def _hour_wanted(
    words: str, found: Found, days: Dated | Repeated, now: datetime, zone: ZoneInfo
) -> HourWanted:
    """A day whose hour is to be asked for; a part of the day is no hour, and no text either."""
    latest = _days_at(days, _LAST_MINUTE, now, zone)
    said = words[found.tokens[0].start : found.tokens[days.end - 1].end]
    if _days_alone(said) is None:
        raise MomentProblem("moments.no_time")
    part = PART_BEFORE_HOUR.match(found.tokens, skip_marks(found.tokens, days.end, BETWEEN))
    if part:
        found = replace(found, phrase=replace(days, end=part[1]))
    around = _around(words, found)
    return HourWanted(said, now, latest, around.rest, around.cuts)


def _find(words: str) -> Found:
    """The moment in a text. Raises MomentProblem where there is none, or not that alone."""
    tokens = join_numbers(tokenize(words))
    start = opening_end(tokens)
    found = find_moment(tokens)
    is_limited = found and isinstance(found.phrase, Repeated) and found.phrase.beginning
    if not is_limited and begins_several_days(tokens[start:]):
        raise MomentProblem("moments.several")
    if found is None:
        is_every = EVERY.match(tokens, start) and len(tokens[start].text) > SHORT_ON
        is_rule = is_every or is_frequency_at(tokens, start)
        raise MomentProblem("moments.rhythm" if is_rule else "moments.missing")
    if problem := _problem_of(found):
        raise MomentProblem(problem)
    return found


def _problem_of(found: Found) -> str | None:
    """Why what follows the moment doesn't let it stand, and what follows its day where that is apart."""
    has_day = not isinstance(found.phrase, Dated) or bool(found.phrase.days)
    repeats = isinstance(found.phrase, Repeated)
    after = partial(problem_after, found.tokens, has_day=has_day, repeats=repeats)
    is_apart = found.apart is not None
    of_day = after(found.phrase.end, has_clock=False) if is_apart else None
    return of_day or after(found.end, has_clock=_has_clock(found))


def _has_clock(found: Found) -> bool:
    match found.phrase:
        case Dated(clock=clock):
            return clock is not None
        case Repeated(clocks=clocks):
            return bool(clocks)
    return True


def _is_or_once(phrase: Phrase) -> bool:
    days = phrase.days if isinstance(phrase, Repeated) else None
    return isinstance(days, EveryFewDays) and days.or_once


def _once(found: Found) -> Found:
    """What may repeat as a single moment. Raises MomentProblem where it surely repeats."""
    phrase = find_phrase(found.tokens)
    if not isinstance(found.phrase, Repeated) or not _is_or_once(found.phrase) or phrase is None:
        raise MomentProblem("moments.repeats")
    return Found(phrase, found.tokens, found.title_end)


def _one_time(
    words: str, found: Found, now: datetime, zone: ZoneInfo
) -> OneTime | TimeOrDate | EitherOf:
    around = _around(words, found)
    text = (around.rest, around.cuts)
    phrase = found.phrase
    if isinstance(phrase, Ahead):
        return OneTime(_ahead(phrase, now, zone), *text)
    assert isinstance(phrase, Dated | Undecided)  # noqa: S101 - what repeats is read elsewhere
    days = phrase.days if isinstance(phrase, Dated) else ()
    moments = next_moments(days, phrase.clock, now, zone)
    first, *others = (OneTime(moment, *text) for moment in moments)
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
    return _first_of(recurrence, _around(words, found), now, zone)


def _first_of(recurrence: Recurrence, around: Around, now: datetime, zone: ZoneInfo) -> Repeating:
    first = recurrence.next_after(now, zone)
    if first is None:
        raise MomentProblem("moments.ends_early")
    return Repeating(recurrence.pattern, first, around.rest, recurrence.last_on, around.cuts)


@dataclass(frozen=True, slots=True)
class Around:
    """The text around a moment; see `OneTime`."""

    rest: str
    cuts: Cuts = ()


def _around(words: str, found: Found) -> Around:
    """The text around what says when, and where that stands: once, or twice where the hour is apart."""
    cuts: list[tuple[int, int]] = []
    for first, end in ((0, found.phrase.end), *((found.apart,) if found.apart else ())):
        begins = found.tokens[first].start if cuts else found.title_end
        cuts.append(_cut(words, begins, found.tokens[end - 1].end))
    kept = [0, *(place for cut in cuts for place in cut), len(words)]
    rest = "".join(words[a:b] for a, b in zip(kept[::2], kept[1::2], strict=True))
    return Around(rest, tuple(cuts))


def _cut(words: str, begins: int, end: int) -> tuple[int, int]:
    """What says when, with the marks and blanks that set it apart: before a text all of them, after a
    title only what closes it."""
    if begins == 0:
        separator = _SEPARATOR.match(words, end)
        return 0, separator.end() if separator else end
    title = words[:begins].rstrip(f"{_JOINT} \n")
    closed = _CLOSED.match(words, end)
    if closed is None and "(" in words[len(title) : begins]:
        closed = _BRACKET.match(words, end)
    return len(title), closed.end() if closed else end
