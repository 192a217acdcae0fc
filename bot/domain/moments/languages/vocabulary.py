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
    EVENING = range(16, 25)
    NIGHT = (20, 21, 22, 23, 24, 1, 2, 3, 4, 5, 0)

    def hour(self, said: int) -> int | None:
        """The hour of 0..24 meant by `said` in this part of the day, if there is one; 24 ends the day."""
        meant: tuple[int, ...] = (said,)
        if 1 <= said < 12:
            meant = (said, said + 12)
        elif said == 12:
            meant = (12, 0) if self in (DayPart.AM, DayPart.PM) else (12, 24)
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
    day_names: Phrases = ""  # titles with a weekday in them: "Black Friday"
    words_as_well: Phrases = ""  # weekdays that often mean something else: "Sun salutations"
    months: Mapping[int, Phrases]
    from_today: Mapping[FromToday, Phrases]
    this: Phrases
    next_week: Phrases
    weeks_ahead: Mapping[int, Phrases]  # "this week", "next week", beside a weekday
    before_weekday: Phrases
    before_date: Phrases
    before_month: Phrases = ""
    after_day_of_month: Phrases = ""
    after_year: Phrases = ""
    # Hours
    before_hour: Phrases
    only_hours: Phrases = ""  # of these what stands before hours and nothing else
    hours: Mapping[int, Phrases]  # besides the cardinals: «у час», and ordinals up to 20
    hours_begun: Mapping[int, Phrases] = field(default_factory=dict)  # the eighth, from 7 to 8
    within_hour: Mapping[int, Phrases] = field(default_factory=dict)  # minutes from its end
    beside_hour: Mapping[int, Phrases] = field(default_factory=dict)  # minutes from the full hour
    named_hours: Mapping[int, Phrases]  # 24 is the midnight that ends the day
    any_midnight: Phrases = ""  # which of a day's two isn't said
    after_hour: Phrases
    after_hour_of_one: Phrases = ""  # after 1 and 21 only: «Час Земли» is a title
    after_clock: Phrases
    until_hour: Phrases
    between_hours: Phrases  # "between 10pm and 8am", "after 10pm until 8am"
    around_hour: Phrases = ""  # "exactly", "about", "beginning": they stand before an hour
    zones: Phrases = ""  # after an hour: "19:00 UTC"
    at_or_for: Phrases = ""  # «на 2 часа» may be how long it takes
    exactly: Phrases  # after an hour: "7pm sharp"
    alternatives: Phrases = ""  # "or"
    part_before_hour: Mapping[DayPart, Phrases]
    part_after_hour: Mapping[DayPart, Phrases]
    letters_after_hour: Mapping[DayPart, Phrases] = field(default_factory=dict)  # "7p"
    # Numbers in words: 0 to 20 and the tens, joined by a blank
    cardinals: Mapping[int, Phrases]
    days_of_month: Mapping[int, Phrases]  # ordinals, 1 to 20 and 30
    # What a number may count or tell apart, so that it is no hour
    counted: Phrases
    counted_endings: tuple[str, ...] = ()  # of words in lower case
    one_of: Phrases  # "one of the yards" is no hour
    numbered: Phrases
    streets: Phrases = ""
    # Spans of time, in minutes
    ahead: Phrases
    counts: Mapping[int, Phrases]  # besides the cardinals
    spans: Mapping[int, Phrases]
    and_a_half: Phrases  # of an hour
    fixed_spans: Mapping[int, Phrases]
    months_long: Phrases  # "month", "months"
    years_long: Phrases
    through_a_day: Phrases = ""  # every second day, or the day after tomorrow
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
    passing_over: Phrases = ""  # «через субботу»: every second one
    once_in: Phrases = ""  # «раз в 3 дня»
    every_year: Phrases
    of_year: Phrases = ""  # «25 марта каждого года»
    beginning: Phrases  # "from 1 november every day"
    # Where it ends
    until: Phrases
    times: Phrases
    twice: Phrases  # "twice a day" is no number of times
    in_all: Phrases  # "10 times in all"
    whole: Phrases  # "all november"
    seasons: Phrases  # and other parts of a year
    from_then_on: Phrases  # "and then every day"
    through: Phrases  # up to and including, before a month
    surely_until: Phrases  # after a rule nothing but its end begins with it
    end_of: Phrases
    this_year: Phrases
    this_month: Phrases
    new_year: Phrases
    lasting: Phrases  # "for 5 weeks"
    inclusive: Phrases
    except_for: Phrases  # takes days out of a rule
    not_on: Phrases  # the same, before a day only: "but sunday"
    # What may stand before all
    not_then: Phrases  # takes back the moment after it: "last friday", «не завтра»
    narrowing: Phrases  # a title with it may say when: "next month"
    greetings: Phrases
