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
    """A moment to come, and the text around it, untouched but for the marks and blanks beside it.

    `before` is how many characters before the moment belong to that text; it ends what was typed. They
    come after `day_before` characters, where the day stands before them: "tomorrow Concert at 19:00".
    """

    moment: Moment
    rest: str
    before: int = 0
    day_before: int = 0


@dataclass(frozen=True, slots=True)
class Repeating:
    """A rule, its first moment to come, the text around it, and the rule's last day if it has one."""

    rule: Pattern
    first: Moment
    rest: str
    last_on: date | None = None
    before: int = 0
    day_before: int = 0

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
    def before(self) -> int:
        return self.as_time.before

    @property
    def day_before(self) -> int:
        return self.as_time.day_before


@dataclass(frozen=True, slots=True)
class EitherOf:
    """As in "at 7", the morning's or the evening's: ask which of the two is meant."""

    first: OneTime | Repeating
    second: OneTime | Repeating

    @property
    def rest(self) -> str:
        return self.first.rest

    @property
    def before(self) -> int:
        return self.first.before

    @property
    def day_before(self) -> int:
        return self.first.day_before


Reading = OneTime | Repeating | TimeOrDate | EitherOf


class MomentProblem(Refused):
    """No moment can be made of a text. `text` is one of

    - moments.missing: it doesn't begin with a moment, and its first line doesn't end with one
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
