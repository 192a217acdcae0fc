"""A wall time and its zone are the whole promise: the instant follows from them, there and back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.timekeeping.moment import (
    instant_of,
    moment_at,
    moment_from,
    read_wall,
    resolve,
    write_moment,
    write_wall,
)
from bot.domain.timekeeping.zone_data import zone_names

WARSAW = ZoneInfo("Europe/Warsaw")
ZONES = st.sampled_from(sorted(zone_names())).map(ZoneInfo)
FIRST, LAST = datetime.fromisoformat("2000-01-01"), datetime.fromisoformat("2037-12-31")
WALLS = st.datetimes(FIRST, LAST)
INSTANTS = st.datetimes(FIRST, LAST, timezones=st.just(UTC))
AROUND_A_CHANGE = st.builds(
    lambda minutes: datetime(2026, 10, 25, 1, tzinfo=UTC) + timedelta(minutes=minutes),
    st.integers(-180, 180),
)


@given(INSTANTS | AROUND_A_CHANGE, ZONES)
@example(datetime(2026, 10, 25, 0, 30, tzinfo=UTC), WARSAW)
@example(datetime(2026, 10, 25, 1, 30, tzinfo=UTC), WARSAW)
def test_an_instant_comes_back_from_the_wall_also_in_hours_that_come_twice(
    instant: datetime, zone: ZoneInfo
) -> None:
    assert instant_of(moment_at(instant, zone).wall, zone) == instant


@given(INSTANTS | AROUND_A_CHANGE, ZONES)
def test_a_moment_comes_back_from_what_is_kept_of_it(instant: datetime, zone: ZoneInfo) -> None:
    moment = moment_at(instant.replace(second=0, microsecond=0), zone)
    again = moment_from(write_moment(moment))
    assert again == moment
    assert again.wall.fold == moment.wall.fold
    assert read_wall(write_wall(moment.wall)) == moment.wall


@given(WALLS, st.sampled_from((0, 1)), ZONES)
def test_a_wall_time_comes_back_unless_it_was_skipped(
    wall: datetime, fold: int, zone: ZoneInfo
) -> None:
    """Whatever rules the zone has had since it was written, and whichever of two hours was meant."""
    at = instant_of(wall.replace(fold=fold), zone)
    shown = moment_at(at, zone).wall
    assert shown >= wall
    assert instant_of(shown, zone) == at


def test_both_hours_that_come_twice_are_kept_apart() -> None:
    first, second = (
        moment_at(datetime(2026, 10, 25, hour, 30, tzinfo=UTC), WARSAW) for hour in (0, 1)
    )
    assert first.wall == second.wall
    assert write_moment(first) == "2026-10-25T02:30[Europe/Warsaw]"
    assert write_moment(second) == "2026-10-25T02:30;fold=1[Europe/Warsaw]"
    assert moment_from(write_moment(second)).at == second.at


def test_the_second_of_two_hours_is_the_only_one_where_it_comes_once_by_newer_rules() -> None:
    second = moment_at(datetime(2026, 10, 25, 1, 30, tzinfo=UTC), WARSAW)
    minsk = ZoneInfo("Europe/Minsk")
    assert instant_of(second.wall, minsk) == datetime(2026, 10, 24, 23, 30, tzinfo=UTC)


def test_in_a_skipped_hour_either_fold_moves_forward() -> None:
    skipped = datetime.fromisoformat("2026-03-29 02:30")
    for fold in (0, 1):
        moment = resolve(skipped.replace(fold=fold), WARSAW)
        assert moment.wall == datetime.fromisoformat("2026-03-29 03:30")


@pytest.mark.parametrize(
    "text", ["", "2026-10-25T02:30", "[Europe/Warsaw]", "2026-10-25T00:30:00+00:00", "soon[UTC]"]
)
def test_what_is_no_kept_moment_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"zone|isoformat"):
        moment_from(text)
