"""Our recurrences against another reader of the same iCalendar rules: python-dateutil."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.timekeeping.moment import resolve
from bot.domain.timekeeping.recurrence import (
    LAST,
    NTHS,
    EveryFewDays,
    MonthlyOnDay,
    MonthlyOnWeekday,
    Pattern,
    Recurrence,
    Weekly,
    Yearly,
    ending_after,
)
from bot.domain.timekeeping.rrule import read_rrule, write_rrule

ZONES = st.sampled_from(
    [
        ZoneInfo(name)
        for name in (
            "Europe/Minsk",
            "Europe/Warsaw",
            "America/New_York",
            "America/Nuuk",
            "America/Santiago",
            "Australia/Lord_Howe",
        )
    ]
)
WARSAW = ZoneInfo("Europe/Warsaw")
DAYS = st.dates(date(2019, 1, 1), date(2033, 12, 31))
INSTANTS = st.datetimes(
    datetime.fromisoformat("2020-01-01"),
    datetime.fromisoformat("2032-12-31"),
    timezones=st.just(UTC),
)
# Night hours often: those are the ones that clock changes skip and repeat.
TIMES = st.one_of(
    st.builds(time, st.integers(0, 3), st.sampled_from([0, 15, 30])),
    st.builds(time, st.integers(0, 23), st.integers(0, 59)),
)
ONE_WALL_TIME = st.one_of(
    st.builds(
        Weekly, st.frozensets(st.integers(0, 6), min_size=1), TIMES, st.sampled_from([1, 2]), DAYS
    ),
    st.builds(MonthlyOnDay, st.integers(1, 31), TIMES, DAYS),
    st.builds(MonthlyOnWeekday, st.sampled_from(NTHS), st.integers(0, 6), TIMES, DAYS),
    st.builds(EveryFewDays, st.integers(2, 40), TIMES, DAYS),
    st.builds(
        lambda day, at, since: Yearly(day.month, day.day, at, since),
        st.dates(date(2024, 1, 1), date(2024, 12, 31)),
        TIMES,
        DAYS,
    ),
)


def _several_a_day(pattern: Pattern, times: list[time]) -> Pattern:
    at, *also_at = sorted({pattern.at, *times})
    return replace(pattern, at=at, also_at=tuple(also_at))  # type: ignore[type-var]


PATTERNS = st.one_of(
    ONE_WALL_TIME, st.builds(_several_a_day, ONE_WALL_TIME, st.lists(TIMES, max_size=2))
)
RECURRENCES = st.builds(Recurrence, PATTERNS, st.none() | DAYS)


@given(RECURRENCES)
def test_what_is_written_is_read_back(recurrence: Recurrence) -> None:
    assert read_rrule(write_rrule(recurrence)) == recurrence


@example(Recurrence(MonthlyOnDay(29, time(2, 30))), datetime(2027, 1, 29, tzinfo=UTC), WARSAW)
@example(Recurrence(MonthlyOnDay(31, time(9))), datetime(2028, 1, 31, 12, tzinfo=UTC), WARSAW)
@given(RECURRENCES, INSTANTS, ZONES)
def test_another_reader_finds_the_same_moments(
    recurrence: Recurrence, instant: datetime, zone: ZoneInfo
) -> None:
    ours = [moment.at for moment in recurrence.next_few(instant, zone, 8)]
    begin = instant.replace(tzinfo=None) - timedelta(days=3)
    walls = rrulestr(write_rrule(recurrence)).xafter(begin, count=40)
    # Two times of a night may become one when the clocks change.
    theirs = sorted({resolve(wall, zone).at for wall in walls})
    assert ours == [at for at in theirs if at > instant][:8]


@given(ONE_WALL_TIME, INSTANTS, ZONES, st.integers(1, 60))
def test_so_many_times_are_so_many(
    pattern: Pattern, now: datetime, zone: ZoneInfo, times: int
) -> None:
    ended = ending_after(pattern, times, now, zone)
    assert ended is not None
    assert len(ended.next_few(now, zone, times + 1)) == times


@given(PATTERNS, INSTANTS, ZONES, st.timedeltas(timedelta(), timedelta(days=400)))
def test_the_latest_is_the_last_that_is_not_ahead(
    pattern: Pattern,
    now: datetime,
    zone: ZoneInfo,
    silence: timedelta,
) -> None:
    recurrence = Recurrence(pattern)
    first = pattern.next_after(now, zone).at
    until = first + silence
    missed = list(takewhile(lambda moment: moment.at <= until, pattern.occurrences(now, zone)))
    assert recurrence.latest(first, until, zone) == missed[-1].at


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (31, ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"]),
        (30, ["2027-01-30", "2027-02-28", "2027-03-30", "2027-04-30"]),
        (29, ["2027-01-29", "2027-02-28", "2027-03-29", "2027-04-29"]),
        (28, ["2027-01-28", "2027-02-28", "2027-03-28", "2027-04-28"]),
    ],
)
def test_a_month_too_short_has_it_on_its_last_day(day: int, expected: list[str]) -> None:
    new_year = datetime(2027, 1, 1, tzinfo=UTC)
    found = Recurrence(MonthlyOnDay(day, time(9))).next_few(new_year, WARSAW, 4)
    assert [str(moment.wall.date()) for moment in found] == expected


def test_a_leap_year_has_its_29_february() -> None:
    found = Recurrence(MonthlyOnDay(29, time(9))).next_few(
        datetime(2028, 2, 1, tzinfo=UTC), WARSAW, 1
    )
    assert found[0].wall.date() == date(2028, 2, 29)


def test_29_february_is_the_28th_of_a_common_year() -> None:
    found = Recurrence(Yearly(2, 29, time(9))).next_few(
        datetime(2026, 10, 1, tzinfo=UTC), WARSAW, 3
    )
    assert [str(m.wall.date()) for m in found] == ["2027-02-28", "2028-02-29", "2029-02-28"]


def test_several_times_a_day_come_in_order() -> None:
    twice = Weekly(frozenset({0}), time(9), also_at=(time(21, 30),))
    found = Recurrence(twice).next_few(datetime(2026, 10, 26, 10, tzinfo=UTC), WARSAW, 3)
    assert [f"{m.wall:%d.%m %H:%M}" for m in found] == ["26.10 21:30", "02.11 09:00", "02.11 21:30"]


def test_the_rule_is_written_as_other_programs_read_it() -> None:
    twice = EveryFewDays(3, time(9), date(2026, 10, 22), (time(21, 30),))
    assert write_rrule(Recurrence(twice, date(2026, 12, 31))).splitlines() == [
        "DTSTART:20261022T090000",
        "RRULE:FREQ=DAILY;INTERVAL=3;UNTIL=20261231T235959",
        "RRULE:FREQ=DAILY;INTERVAL=3;UNTIL=20261231T235959;BYHOUR=21;BYMINUTE=30",
    ]


def test_the_last_friday_is_the_fourth_or_the_fifth() -> None:
    found = Recurrence(MonthlyOnWeekday(LAST, 4, time(18))).next_few(
        datetime(2026, 10, 1, tzinfo=UTC), WARSAW, 3
    )
    assert [str(moment.wall.date()) for moment in found] == [
        "2026-10-30",
        "2026-11-27",
        "2026-12-25",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "DTSTART:20261026T110000",
        "DTSTART:20261026T110000\nRRULE:FREQ=DAILY",
        "DTSTART:20261026T110000\nRRULE:FREQ=WEEKLY;BYDAY=XX",
        "DTSTART:20261026T110000\nRRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=3",
        "DTSTART:20261026T110000\nRRULE:FREQ=MONTHLY;BYMONTHDAY=29",
    ],
)
def test_rules_of_others_are_no_rules_here(text: str) -> None:
    with pytest.raises(ValueError, match="no rule"):
        read_rrule(text)
