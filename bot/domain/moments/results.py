"""What a text that begins with a moment turns out to say."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from bot.domain.refusal import Refused
from bot.domain.timekeeping.moment import Moment
from bot.domain.timekeeping.recurrence import Pattern, Recurrence

Cuts = tuple[tuple[int, int], ...]
"""From which to which character something says when, in order: "tomorrow Concert at 19:00" has two."""


@dataclass(frozen=True, slots=True)
class OneTime:
    """A moment to come, and the text around it: what was typed without `cuts`, which take the marks and
    blanks beside the moment along."""

    moment: Moment
    rest: str
    cuts: Cuts = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Repeating:
    """A rule, its first moment to come, the text around it, and the rule's last day if it has one."""

    rule: Pattern
    first: Moment
    rest: str
    last_on: date | None = None
    cuts: Cuts = field(default=(), compare=False)

    @property
    def recurrence(self) -> Recurrence:
        return Recurrence(self.rule, self.last_on)


@dataclass(frozen=True, slots=True)
class TimeOrDate:
    """As in "19.10" alone: ask whether it is an hour, or the date `date`, which still lacks its hour."""

    as_time: OneTime
    date: date

    @property
    def rest(self) -> str:
        return self.as_time.rest

    @property
    def cuts(self) -> Cuts:
        return self.as_time.cuts


@dataclass(frozen=True, slots=True)
class EitherOf:
    """As in "at 7", the morning's or the evening's: ask which of the two is meant."""

    first: OneTime | Repeating
    second: OneTime | Repeating

    @property
    def rest(self) -> str:
        return self.first.rest

    @property
    def cuts(self) -> Cuts:
        return self.first.cuts


@dataclass(frozen=True, slots=True)
class HourWanted:
    """As in "saturday Concert": a day, or a rule, that still lacks its hour.

    `said` names the days, as they were seen from `seen_from`; `latest` is how it would be a minute before
    midnight.
    """

    said: str
    seen_from: datetime
    latest: OneTime | Repeating
    rest: str
    cuts: Cuts = field(default=(), compare=False)


Reading = OneTime | Repeating | TimeOrDate | EitherOf


class MomentProblem(Refused):
    """No moment can be made of a text. `text` is one of

    - moments.missing: its first line holds no moment, or not one alone
    - moments.no_time: a day without an hour
    - moments.impossible: a day or an hour that doesn't exist
    - moments.disagree: a weekday and a date that aren't the same day
    - moments.past: over already
    - moments.too_far: more than two years ahead
    - moments.has_end: when it ends was said too
    - moments.several: a second hour or day was said, where one is asked for
    - moments.unclear: what follows looks like a piece of a moment
    - moments.unknown_end: something that repeats, up to a day that isn't known
    - moments.which_hour: it can be meant in more ways than can be asked
    - moments.rhythm: again and again, in a way that isn't known
    - moments.repeats: it repeats, where one moment is asked for
    - moments.which_day: on which day of the week, the month or the year?
    - moments.ends_early: something that repeats, and ends before its first time
    - moments.ends_late: something that repeats, and ends more than ten years ahead
    - moments.zone: an hour of a named time zone, where the chat's own is meant
    """
