"""What the bot says of a rule is understood when somebody types it: in each language, for each rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.moments.reading import read_schedule
from bot.domain.moments.results import Repeating
from bot.domain.timekeeping.recurrence import (
    A_MONDAY,
    NTHS,
    EveryFewDays,
    MonthlyOnDay,
    MonthlyOnWeekday,
    Pattern,
    Recurrence,
    Weekly,
    Yearly,
)
from bot.message.words import load_words
from handlers.reminders.recurrence_words import say_recurrence

MINSK = ZoneInfo("Europe/Minsk")
NOW = datetime(2026, 10, 21, 9, 0, tzinfo=UTC)
TIMES = st.builds(time, st.integers(0, 21), st.integers(0, 59))
WEEKDAYS = st.frozensets(st.integers(0, 6), min_size=1)
LAST_DAYS = st.none() | st.dates(date(2027, 1, 1), date(2030, 1, 1))
LATER = st.sampled_from([(), (time(22),), (time(22), time(23, 15))])
PATTERNS = st.one_of(
    st.builds(Weekly, WEEKDAYS, TIMES, st.sampled_from([1, 2]), also_at=LATER),
    st.builds(MonthlyOnDay, st.integers(1, 31), TIMES, also_at=LATER),
    st.builds(MonthlyOnWeekday, st.sampled_from(NTHS), st.integers(0, 6), TIMES, also_at=LATER),
    st.builds(EveryFewDays, st.integers(2, 40), TIMES, st.just(A_MONDAY), LATER),
    st.builds(
        lambda day, at, later: Yearly(day.month, day.day, at, also_at=later),
        st.dates(date(2024, 1, 1), date(2024, 12, 31)),
        TIMES,
        LATER,
    ),
)


@pytest.mark.hypothesis
@pytest.mark.parametrize("language", ["en", "be", "ru"])
def test_a_rule_survives_being_said_and_typed(language: str) -> None:
    words = load_words(language)

    @given(PATTERNS, LAST_DAYS)
    def survives(pattern: Pattern, last_on: date | None) -> None:
        said = say_recurrence(Recurrence(pattern, last_on), words).plain()
        read = read_schedule(f"{said} 5 reasons to sing", now=NOW, zone=MINSK)
        assert isinstance(read, Repeating)
        assert read.rest == "5 reasons to sing"
        assert read.last_on == last_on
        if isinstance(pattern, EveryFewDays) or (
            isinstance(pattern, Weekly) and pattern.weeks == 2
        ):
            # It is counted from its first day, which the words don't say.
            assert isinstance(read.rule, Weekly | EveryFewDays)
            assert replace(read.rule, since=A_MONDAY) == pattern
        else:
            assert read.rule == pattern

    survives()
