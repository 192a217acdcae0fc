"""Reads a moment in words, in English, Belarusian or Russian, at the beginning of a text.

The moment is always one to come:

- An hour without a day is the next one; "at 7" is the next seven o'clock of either half of the day,
  "at 12" the next noon.
- "At 7" with a day is 07:00, or 19:00 where 07:00 is over.
- A weekday that is today is today while its hour is ahead, and else a week later.
- "Next monday" is the one in the next calendar week, which begins on Monday.
- A date without a year, or a day without a month, is the next such one.
- "24/10" is day and month. "19.10" alone may be an hour or a date: ask.
- An hour is when it begins. Its end in "19:00-21:00" is refused, or it would begin the text after it.
- "In 20 minutes" counts from the minute it is now.
- "Every second monday" begins with the next monday. "Until 1 june" includes that day.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.domain.moments.dates import FARTHEST, last_date, next_date, next_moment
from bot.domain.moments.languages.tokens import tokenize
from bot.domain.moments.languages.vocabulary import Every
from bot.domain.moments.parts.clocks import is_end_at
from bot.domain.moments.parts.days import CalendarDate
from bot.domain.moments.parts.months import MonthDay, MonthWeekday
from bot.domain.moments.parts.phrases import (
    Ahead,
    Dated,
    Repeated,
    Undecided,
    find_phrase,
    find_repeated,
)
from bot.domain.moments.parts.repeat_ends import Ending, Times
from bot.domain.moments.parts.repeats import EverySecondWeek
from bot.domain.moments.results import MomentProblem, OneTime, Repeating, TimeOrDate
from bot.domain.timekeeping.moment import Moment, moment_at
from bot.domain.timekeeping.recurrence import (
    LAST_DAY,
    MonthlyOnDay,
    MonthlyOnWeekday,
    Pattern,
    Recurrence,
    Weekly,
    ending_after,
)

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from bot.domain.moments.languages.tokens import Tokens

MOST_TIMES = 1000

# A dash before a digit belongs to the text: "19:00 -5 °C".
_SEPARATOR = re.compile(r"(?:[.!]{1,3}|\s*(?:,|[;:|](?=\s|$)|[-–—]+(?![-–—0-9])))?\s*")


def read_moment(words: str, *, now: datetime, zone: ZoneInfo) -> OneTime | TimeOrDate:
    """The moment that `words` begin with, for people in `zone`; `now` is aware.

    Raises MomentProblem and nothing else, whatever `words` are.
    """
    tokens = tokenize(words)
    if find_repeated(tokens) is not None:
        raise MomentProblem("moments.repeats")
    return _one_time(words, tokens, now, zone)


def read_schedule(words: str, *, now: datetime, zone: ZoneInfo) -> OneTime | Repeating | TimeOrDate:
    """Like `read_moment`, and understands what repeats: "every monday 11:00"."""
    tokens = tokenize(words)
    repeated = find_repeated(tokens)
    if repeated is None:
        return _one_time(words, tokens, now, zone)
    if repeated.clock is not None:
        _require_no_end(tokens, repeated.end)
    rest = _rest(words, tokens, repeated.end)
    pattern = _pattern_of(repeated, now, zone)
    recurrence = _ended(pattern, repeated.ending, now, zone)
    first = recurrence.next_after(now, zone)
    if first is None:
        raise MomentProblem("moments.ends_early")
    return Repeating(pattern, first, rest, recurrence.last_on)


def _one_time(words: str, tokens: Tokens, now: datetime, zone: ZoneInfo) -> OneTime | TimeOrDate:
    phrase = find_phrase(tokens)
    if phrase is None:
        raise MomentProblem("moments.missing")
    if not isinstance(phrase, Dated) or phrase.clock is not None:
        _require_no_end(tokens, phrase.end)
    rest = _rest(words, tokens, phrase.end)
    if isinstance(phrase, Undecided):
        moment = next_moment((), phrase.clock, now, zone)
        return TimeOrDate(OneTime(moment, rest), next_date(phrase.date, now, zone))
    return OneTime(_moment_of(phrase, now, zone), rest)


def _require_no_end(tokens: Tokens, place: int) -> None:
    """Of "19:00-21:00" only the beginning is kept, so the end must not slip into the text unseen."""
    if is_end_at(tokens, place):
        raise MomentProblem("moments.has_end")


def _moment_of(phrase: Dated | Ahead, now: datetime, zone: ZoneInfo) -> Moment:
    if isinstance(phrase, Dated):
        return next_moment(phrase.days, phrase.clock, now, zone)
    if phrase.minutes == 0:
        raise MomentProblem("moments.past")
    ahead = timedelta(minutes=phrase.minutes)
    if ahead > FARTHEST:
        raise MomentProblem("moments.too_far")
    this_minute = now.astimezone(UTC).replace(second=0, microsecond=0)
    return moment_at(this_minute + ahead, zone)


def _pattern_of(repeated: Repeated, now: datetime, zone: ZoneInfo) -> Pattern:
    if repeated.clock is None:
        raise MomentProblem("moments.no_time")
    if not repeated.clock.times:
        raise MomentProblem("moments.impossible")
    at = repeated.clock.times[0]
    match repeated.days:
        case Every(weekdays=weekdays) if weekdays:
            return Weekly(weekdays, at)
        case EverySecondWeek(weekdays=weekdays) if weekdays:
            begins, _ = Weekly(weekdays, at).dated_after(now, zone)
            return Weekly(weekdays, at, weeks=2, since=begins)
        case MonthDay(day=int(day)):
            if not 1 <= day <= LAST_DAY:
                raise MomentProblem("moments.impossible")
            return MonthlyOnDay(day, at)
        case MonthWeekday(nth=nth, weekday=weekday):
            return MonthlyOnWeekday(nth, weekday, at)
    raise MomentProblem("moments.which_day")


def _ended(pattern: Pattern, ending: Ending | None, now: datetime, zone: ZoneInfo) -> Recurrence:
    if ending is None:
        return Recurrence(pattern)
    if isinstance(ending, Times):
        if not 1 <= ending.count <= MOST_TIMES:
            raise MomentProblem("moments.impossible")
        return ending_after(pattern, ending.count, now, zone)
    if isinstance(ending, CalendarDate) and not ending.exists:
        raise MomentProblem("moments.impossible")
    return Recurrence(pattern, last_date(ending, now, zone))


def _rest(words: str, tokens: Tokens, end: int) -> str:
    place = tokens[end - 1].end
    separator = _SEPARATOR.match(words, place)
    return words[separator.end() if separator else place :]
