"""What a text that begins with a moment turns out to say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.domain.refusal import Refused
from bot.domain.timekeeping.recurrence import Recurrence

if TYPE_CHECKING:
    from datetime import date

    from bot.domain.timekeeping.moment import Moment
    from bot.domain.timekeeping.recurrence import Pattern


@dataclass(frozen=True, slots=True)
class OneTime:
    """A moment to come, and the text after it, untouched but for the marks and blanks between."""

    moment: Moment
    rest: str


@dataclass(frozen=True, slots=True)
class Repeating:
    """A rule, its first moment to come, the text after it, and the rule's last day if it has one."""

    rule: Pattern
    first: Moment
    rest: str
    last_on: date | None = None

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


class MomentProblem(Refused):
    """No moment can be made of a text. `text` is one of

    - moments.missing: it doesn't begin with a moment
    - moments.no_time: a day without an hour
    - moments.impossible: a day or an hour that doesn't exist
    - moments.disagree: a weekday and a date that aren't the same day
    - moments.past: over already
    - moments.too_far: more than two years ahead
    - moments.has_end: when it ends was said too
    - moments.repeats: it repeats, where one moment is asked for
    - moments.which_day: every month or every second week, but on which day of it?
    - moments.ends_early: something that repeats, and ends before its first time
    """
