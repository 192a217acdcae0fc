"""The words a language needs to say a moment."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class DayPart(Enum):
    """The hours a part of the day can mean, to tell 7 in the evening from the morning."""

    AM = range(12)
    PM = range(12, 24)
    MORNING = range(1, 12)
    AFTERNOON = range(12, 19)
    DAYTIME = range(10, 19)
    EVENING = range(16, 24)
    NIGHT = (20, 21, 22, 23, 0, 1, 2, 3, 4, 5)

    def hour(self, said: int) -> int | None:
        """The hour of 0..23 meant by `said` in this part of the day, if there is one."""
        meant = (said, (said + 12) % 24) if 1 <= said <= 12 else (said,)
        return next((hour for hour in meant if hour in self.value), None)


@dataclass(frozen=True, slots=True)
class FromToday:
    """Yesterday, today, tomorrow; "tonight" also names a part of the day."""

    days: int
    part: DayPart | None = None


@dataclass(frozen=True, slots=True)
class Every:
    """The weekdays (0 is Monday) of "every day"; "every evening" also names a part of the day."""

    weekdays: frozenset[int]
    part: DayPart | None = None


Phrases = str
"""Ways to say one thing, with ", " between them; each is one or more words in any case."""


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """One language: what its phrases mean. The grammar decides where each of them may stand."""

    # Days. Weekdays count from 0, Monday.
    weekdays: Mapping[int, Phrases]
    weekdays_in_plural: Mapping[int, Phrases]
    weekdays_after_until: Mapping[int, Phrases] = field(default_factory=dict)
    words_as_well: Phrases = ""  # weekdays that often mean something else: "Sun salutations"
    months: Mapping[int, Phrases]
    from_today: Mapping[FromToday, Phrases]
    this: Phrases
    next_week: Phrases
    before_weekday: Phrases
    before_date: Phrases
    before_month: Phrases = ""
    after_day_of_month: Phrases = ""
    after_year: Phrases = ""
    # Hours
    before_hour: Phrases
    hours: Mapping[int, Phrases]
    hours_and_a_half: Mapping[int, Phrases]
    named_hours: Mapping[int, Phrases]
    after_hour: Phrases
    after_hour_of_one: Phrases = ""  # after 1 and 21 only: «Час Земли» is a title
    after_clock: Phrases
    until_hour: Phrases
    part_before_hour: Mapping[DayPart, Phrases]
    part_after_hour: Mapping[DayPart, Phrases]
    # Spans of time, in minutes
    ahead: Phrases
    counts: Mapping[int, Phrases]
    spans: Mapping[int, Phrases]
    and_a_half: Phrases  # of an hour
    fixed_spans: Mapping[int, Phrases]
    # What repeats
    every: Phrases
    every_what: Mapping[Every, Phrases]
    repeatedly: Mapping[Every, Phrases]
    conjunctions: Phrases
    every_other: Phrases  # stands between "every" and a weekday
    every_week: Phrases
    every_second_week: Phrases
    every_month: Phrases
    of_month: Phrases
    nths: Mapping[int, Phrases]  # of a month's weekdays; -1 is the last
    last_day: Phrases
    # Where it ends
    until: Phrases
    times: Phrases
