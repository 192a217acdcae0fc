"""When the target would be reached at the pace of the last seven days."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.elections.signing_pace import PublicDay, forecast

TODAY = date(2026, 10, 21)


def days(*numbers: tuple[int, int]) -> list[PublicDay]:
    """Each number with how many days ago it came."""
    return [PublicDay(TODAY - timedelta(days=ago), shown) for ago, shown in numbers]


HISTORIES = st.dictionaries(st.integers(0, 30), st.integers(0, 60).map(lambda n: n * 5)).map(
    lambda found: days(*sorted(found.items(), reverse=True))
)


def test_it_goes_on_as_in_the_last_seven_days() -> None:
    # 35 within the week are five a day; 40 are missing.
    assert forecast(days((10, 25), (3, 60)), 100, TODAY) == TODAY + timedelta(days=8)


def test_part_of_a_day_is_a_day() -> None:
    assert forecast(days((3, 35)), 36, TODAY) == TODAY + timedelta(days=1)


def test_what_came_a_week_ago_is_no_gain_of_this_week() -> None:
    assert forecast(days((7, 60)), 100, TODAY) is None
    assert forecast(days((6, 60)), 100, TODAY) is not None


def test_without_signatures_nothing_is_foretold() -> None:
    assert forecast([], 100, TODAY) is None


def test_more_than_a_year_is_no_forecast() -> None:
    assert forecast(days((1, 5)), 5 + 260, TODAY) == TODAY + timedelta(days=364)
    assert forecast(days((1, 5)), 5 + 261, TODAY) is None


@given(HISTORIES, st.integers(1, 400))
def test_a_forecast_lies_ahead_and_is_enough(history: list[PublicDay], needed: int) -> None:
    day = forecast(history, needed, TODAY)
    shown = history[-1].shown if history else 0
    before = next((each.shown for each in reversed(history) if each.day <= TODAY - timedelta(7)), 0)
    if day is None:
        is_far = shown > before and (needed - shown) * 7 > 365 * (shown - before)
        assert shown >= needed or shown <= before or is_far
        return
    ahead = (day - TODAY).days
    assert 1 <= ahead <= 365
    assert shown * 7 + (shown - before) * ahead >= needed * 7
    assert shown * 7 + (shown - before) * (ahead - 1) < needed * 7


@given(HISTORIES, st.integers(1, 400), st.integers(0, 50))
def test_a_farther_target_is_never_reached_sooner(
    history: list[PublicDay], needed: int, more: int
) -> None:
    near, far = forecast(history, needed, TODAY), forecast(history, needed + more, TODAY)
    if near is not None and far is not None:
        assert far >= near
