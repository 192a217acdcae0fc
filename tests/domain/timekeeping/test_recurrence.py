from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.timekeeping.moment import Moment, MomentNote, moment_at, resolve
from bot.domain.timekeeping.recurrence import EVERY_DAY, WEEKEND, WORKING_DAYS, Weekly

WARSAW = ZoneInfo("Europe/Warsaw")

ZONES = st.sampled_from(
    [
        WARSAW,
        ZoneInfo("Europe/Minsk"),
        ZoneInfo("America/New_York"),
        ZoneInfo("Australia/Lord_Howe"),
        ZoneInfo("Asia/Kathmandu"),
    ]
)
FIRST, LAST = datetime.fromisoformat("2000-01-01"), datetime.fromisoformat("2037-12-31")
INSTANTS = st.datetimes(FIRST, LAST, timezones=st.just(UTC))
WALLS = st.datetimes(FIRST, LAST)
WALL_TIMES = st.builds(time, st.integers(0, 23), st.integers(0, 59))
RULES = st.builds(Weekly, st.frozensets(st.integers(0, 6), min_size=1), WALL_TIMES)

NIGHTS_OF_CHANGE = st.sampled_from(
    [
        (ZoneInfo(zone), datetime.fromisoformat(f"{day}T00:00+00:00"))
        for zone, day in [
            ("Europe/Warsaw", "2026-03-29"),
            ("Europe/Warsaw", "2026-10-25"),
            ("Europe/Minsk", "2011-03-27"),
            ("America/New_York", "2026-03-08"),
            ("America/New_York", "2026-11-01"),
            ("Australia/Lord_Howe", "2026-04-04"),
            ("Australia/Lord_Howe", "2026-10-03"),
        ]
    ]
)


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_an_ordinary_wall_time_is_itself() -> None:
    assert resolve(wall("2026-10-24 19:00"), WARSAW) == Moment(
        wall("2026-10-24 19:00"), "Europe/Warsaw", utc("2026-10-24 17:00")
    )


def test_a_missing_hour_moves_forward_by_the_gap() -> None:
    assert resolve(wall("2026-03-29 02:30"), WARSAW) == Moment(
        wall("2026-03-29 03:30"),
        "Europe/Warsaw",
        utc("2026-03-29 01:30"),
        MomentNote.MISSING_HOUR,
    )


def test_a_gap_of_half_an_hour() -> None:
    moment = resolve(wall("2026-10-04 02:15"), ZoneInfo("Australia/Lord_Howe"))
    assert moment.wall == wall("2026-10-04 02:45")
    assert moment.note is MomentNote.MISSING_HOUR


def test_of_a_double_hour_the_first_is_taken() -> None:
    assert resolve(wall("2026-10-25 02:30"), WARSAW) == Moment(
        wall("2026-10-25 02:30"),
        "Europe/Warsaw",
        utc("2026-10-25 00:30"),
        MomentNote.DOUBLE_HOUR,
    )


def test_an_instant_in_the_second_of_a_double_hour_is_kept() -> None:
    moment = moment_at(utc("2026-10-25 01:30"), WARSAW)
    assert (moment.wall, moment.at) == (wall("2026-10-25 02:30"), utc("2026-10-25 01:30"))


@given(INSTANTS, ZONES)
def test_an_instant_survives_the_way_to_the_wall_and_back(
    instant: datetime, zone: ZoneInfo
) -> None:
    moment = moment_at(instant, zone)
    assert moment.at == instant
    again = resolve(moment.wall, zone)
    if again.note is MomentNote.DOUBLE_HOUR:
        assert again.at <= instant
    else:
        assert again == moment


@given(WALLS, ZONES)
def test_a_wall_time_is_kept_unless_it_was_skipped(wall_time: datetime, zone: ZoneInfo) -> None:
    moment = resolve(wall_time, zone)
    assert moment.at.astimezone(zone).replace(tzinfo=None, fold=0) == moment.wall
    if moment.note is MomentNote.MISSING_HOUR:
        assert moment.wall > wall_time
    else:
        assert moment.wall == wall_time


def test_a_weekly_walk_stays_at_eleven_when_the_clocks_change() -> None:
    walks = Weekly(frozenset({0}), time(11)).occurrences(utc("2026-10-18 12:00"), WARSAW)
    assert [walk.at for walk in islice(walks, 3)] == [
        utc("2026-10-19 09:00"),
        utc("2026-10-26 10:00"),
        utc("2026-11-02 10:00"),
    ]


def test_the_present_moment_is_not_its_own_next() -> None:
    monday = utc("2026-10-19 09:00")
    assert Weekly(frozenset({0}), time(11)).next_after(monday, WARSAW).at == utc("2026-10-26 10:00")


def test_a_skipped_midnight_is_not_lost() -> None:
    """Clocks in Santiago go from 24:00 straight to 01:00."""
    santiago = ZoneInfo("America/Santiago")
    midnight = Weekly(EVERY_DAY, time(0, 30)).next_after(utc("2026-09-06 03:59"), santiago)
    assert midnight.wall == wall("2026-09-06 01:30")
    assert midnight.note is MomentNote.MISSING_HOUR


def test_an_hour_skipped_before_midnight_is_still_to_come_after_it() -> None:
    """Clocks in Nuuk go from 23:00 straight to midnight, so Saturday 23:30 is Sunday 00:30."""
    nuuk = ZoneInfo("America/Nuuk")
    late = Weekly(frozenset({5}), time(23, 30)).next_after(utc("2026-03-29 01:10"), nuuk)
    assert late.wall == wall("2026-03-29 00:30")
    assert late.at == utc("2026-03-29 01:30")


@pytest.mark.parametrize("weekdays", [frozenset[int](), frozenset({7}), frozenset({-1, 2})])
def test_weekdays_that_are_none_are_an_error(weekdays: frozenset[int]) -> None:
    with pytest.raises(ValueError, match="weekdays"):
        Weekly(weekdays, time(9))


def test_the_named_sets_make_a_week() -> None:
    assert len(WORKING_DAYS) == 5
    assert WORKING_DAYS | WEEKEND == EVERY_DAY


def assert_is_the_next(rule: Weekly, instant: datetime, zone: ZoneInfo) -> None:
    moment = rule.next_after(instant, zone)
    assert moment.at > instant
    assert moment.at - instant < timedelta(days=7, hours=3)
    if moment.note is not MomentNote.MISSING_HOUR:
        assert moment.wall.weekday() in rule.weekdays
        assert moment.wall.time() == rule.at

    days = (instant.astimezone(zone).date() + timedelta(days=n) for n in range(-2, 10))
    due = [
        resolve(datetime.combine(d, rule.at), zone).at for d in days if d.weekday() in rule.weekdays
    ]
    assert moment.at == min(at for at in due if at > instant)


@given(RULES, INSTANTS, ZONES)
def test_the_next_one_is_later_and_none_lies_between(
    rule: Weekly, instant: datetime, zone: ZoneInfo
) -> None:
    assert_is_the_next(rule, instant, zone)


@given(RULES, NIGHTS_OF_CHANGE, st.integers(-36 * 60, 36 * 60))
def test_the_next_one_around_a_clock_change(
    rule: Weekly, night: tuple[ZoneInfo, datetime], minutes: int
) -> None:
    zone, midnight = night
    assert_is_the_next(rule, midnight + timedelta(minutes=minutes), zone)


@given(RULES, NIGHTS_OF_CHANGE)
def test_occurrences_are_in_order_and_once_a_day(
    rule: Weekly, night: tuple[ZoneInfo, datetime]
) -> None:
    zone, midnight = night
    after = midnight - timedelta(days=8)
    several = list(islice(rule.occurrences(after, zone), 2 * len(rule.weekdays) + 1))
    assert all(earlier.at < later.at for earlier, later in pairwise(several))
    assert several[-1].at - several[0].at <= timedelta(days=14, hours=2)
    dates = [moment.wall.date() for moment in several]
    assert len(set(dates)) == len(dates)
