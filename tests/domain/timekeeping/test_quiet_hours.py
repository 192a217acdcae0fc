"""Quiet hours by the clock on the wall, whatever the clock does."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.moments.quiet_times import read_quiet_hours
from bot.domain.refusal import Refused
from bot.domain.timekeeping.moment import resolve
from bot.domain.timekeeping.quiet_hours import NEVER, USUAL, QuietHours
from bot.domain.timekeeping.wall_times import pack_time, unpack_time

ZONES = st.sampled_from(
    [
        ZoneInfo(name)
        for name in ("Europe/Minsk", "Europe/Warsaw", "Australia/Lord_Howe", "America/New_York")
    ]
)
WALL_TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
NIGHTS = st.builds(QuietHours, WALL_TIMES, WALL_TIMES)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
WARSAW = ZoneInfo("Europe/Warsaw")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@given(NIGHTS, MOMENTS, ZONES)
def test_what_waits_comes_once_it_is_no_longer_quiet_and_not_a_moment_later(
    night: QuietHours, at: datetime, zone: ZoneInfo
) -> None:
    over = night.over_at(at, zone)
    assert over >= at
    assert not night.contain(over, zone)
    if over > at:
        assert night.contain(at, zone)
        assert night.contain(over - timedelta(microseconds=1), zone)
    else:
        assert not night.contain(at, zone)


@given(NIGHTS, MOMENTS, MOMENTS, ZONES)
def test_nobody_is_overtaken(
    night: QuietHours, one: datetime, other: datetime, zone: ZoneInfo
) -> None:
    first, second = sorted((one, other))
    assert night.over_at(first, zone) <= night.over_at(second, zone)


@given(NIGHTS, MOMENTS)
@example(QuietHours(time(22), time(8)), utc("2026-10-21 22:00"))
@example(QuietHours(time(8), time(22)), utc("2026-10-21 22:00"))
def test_where_clocks_never_change_the_hands_of_the_clock_decide(
    night: QuietHours, at: datetime
) -> None:
    wall = at.time()
    if night.begins <= night.ends:
        is_quiet = night.begins <= wall < night.ends
    else:
        is_quiet = wall >= night.begins or wall < night.ends
    assert night.contain(at, ZoneInfo("UTC")) == is_quiet


@given(NIGHTS, st.dates(datetime(2026, 1, 1).date(), datetime(2028, 1, 1).date()), ZONES)  # noqa: DTZ001
def test_at_their_end_they_are_over(night: QuietHours, day: datetime, zone: ZoneInfo) -> None:
    """Except on a night when a clock change pushes the end past the next beginning."""
    end = resolve(datetime.combine(day, night.ends), zone).at
    begin = resolve(datetime.combine(day, night.begins), zone).at
    if not begin <= end < begin + timedelta(hours=2):
        assert not night.contain(end, zone)


@pytest.mark.parametrize(
    ("at", "over"),
    [
        # Clocks in Warsaw go forward from 02:00 to 03:00 on 28 March 2027.
        ("2027-03-28 00:30", "2027-03-28 01:30"),  # till 02:30, which is skipped: till 03:30
        # They go back from 03:00 to 02:00 on 25 October 2026.
        ("2026-10-24 23:30", "2026-10-25 00:30"),  # till the first 02:30
        ("2026-10-25 01:10", "2026-10-25 01:10"),  # the second 02:10 is no longer quiet
    ],
)
def test_an_edge_that_is_skipped_or_comes_twice(at: str, over: str) -> None:
    night = QuietHours(time(22), time(2, 30))
    assert night.over_at(utc(at), WARSAW) == utc(over)


@given(MOMENTS, ZONES)
def test_without_quiet_hours_nothing_waits(at: datetime, zone: ZoneInfo) -> None:
    assert NEVER.is_off
    assert NEVER.over_at(at, zone) == at
    assert not NEVER.contain(at, zone)


@pytest.mark.parametrize(
    ("typed", "begins", "ends"),
    [
        ("22:00-8:00", time(22), time(8)),
        ("22-8", time(22), time(8)),
        ("22.30 – 07.15", time(22, 30), time(7, 15)),
        ("from 10pm to 8 AM", time(22), time(8)),
        ("12am-12pm", time(0), time(12)),
        ("с 22 до 8", time(22), time(8)),
        ("з 22:00 да 8:00", time(22), time(8)),
        ("23:00 7:00", time(23), time(7)),
        ("22:00-24:00", time(22), time(0)),
        ("22-08", time(22), time(8)),
        ("22 08", time(22), time(8)),
        ("с 10 вечера до 8 утра", time(22), time(8)),
        ("с 23 часов до 7 утра", time(23), time(7)),
        ("с одиннадцати вечера до семи утра", time(23), time(7)),
        ("с полуночи до 7", time(0), time(7)),
        ("с 22 по 8", time(22), time(8)),
        ("з 22-й да 8-й", time(22), time(8)),
        ("з 10 вечара да 8 раніцы", time(22), time(8)),
        ("ад дзясятай вечара да восьмай раніцы", time(22), time(8)),
        ("midnight till 7am", time(0), time(7)),
        ("between 10pm and 7am", time(22), time(7)),
        ("after 10pm until 8am", time(22), time(8)),
        ("между 22 и 7", time(22), time(7)),
        ("паміж 22 і 7", time(22), time(7)),
        ("c 22 до 8", time(22), time(8)),  # a Latin c
    ],
)
def test_people_write_them_in_many_ways(typed: str, begins: time, ends: time) -> None:
    assert read_quiet_hours(typed) == QuietHours(begins, ends)


@pytest.mark.parametrize(
    "typed", ["off", "OFF", "нет", "не надо", "няма", "выключы", "не трэба", "выкл", "8:00-8:00"]
)
def test_none_at_all(typed: str) -> None:
    assert read_quiet_hours(typed).is_off


@pytest.mark.parametrize(
    "typed", ["22:00", "25:00-8:00", "22:60-8", "13pm-8am", "late", "22:00-8:00-9:00", "-8:00"]
)
def test_nonsense_gets_an_example(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        read_quiet_hours(typed)
    assert refused.value.key == "quiet.refused.example"


@pytest.mark.parametrize(
    "typed", ["from 10 to 8", "с 10 до 8", "з 11-й да 7-й", "from 1 to 3 pm", "с 2 до 4 дня"]
)
def test_a_beginning_in_either_half_of_the_day_is_asked(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        read_quiet_hours(typed)
    assert refused.value.key == "moments.which_hour"


@given(st.text())
def test_any_text_is_read_or_refused(typed: str) -> None:
    with suppress(Refused):
        read_quiet_hours(typed)


@given(WALL_TIMES)
def test_buttons_carry_wall_times(at: time) -> None:
    assert unpack_time(pack_time(at)) == at


@pytest.mark.parametrize("packed", ["", "2400", "1260", "900", "٠٩٠٠", "12:00"])
def test_forged_times_are_unknown(packed: str) -> None:
    with pytest.raises(Refused):
        unpack_time(packed)


def test_the_usual_night() -> None:
    minsk = ZoneInfo("Europe/Minsk")
    assert USUAL.over_at(utc("2026-10-21 19:30"), minsk) == utc("2026-10-22 05:00")
    assert USUAL.over_at(utc("2026-10-21 18:59"), minsk) == utc("2026-10-21 18:59")
