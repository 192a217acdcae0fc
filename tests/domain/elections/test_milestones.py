"""Stations on the way to the target."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.elections.milestones import milestones, passed
from bot.domain.fives import STEP

TARGETS = st.integers(1, 1_000_000)


@given(TARGETS)
def test_they_lie_apart(needed: int) -> None:
    stations = [0, *milestones(needed).values(), needed]
    if len(stations) > 2:
        assert all(after - before >= STEP for before, after in itertools.pairwise(stations))


@given(TARGETS)
def test_each_takes_its_share_and_not_one_less(needed: int) -> None:
    for percent, at in milestones(needed).items():
        assert at * 100 >= needed * percent
        assert (at - 1) * 100 < needed * percent


@pytest.mark.parametrize(
    ("needed", "stations"),
    [
        (1, {}),
        (9, {}),
        (10, {50: 5}),
        (19, {25: 5, 50: 10}),
        (20, {25: 5, 50: 10, 75: 15}),
        (100, {25: 25, 50: 50, 75: 75}),
        (101, {25: 26, 50: 51, 75: 76}),
    ],
)
def test_which_there_are(needed: int, stations: dict[int, int]) -> None:
    assert milestones(needed) == stations


@given(TARGETS, st.integers(0, 1_000_000))
def test_passed_are_those_behind(needed: int, shown: int) -> None:
    stations = milestones(needed)
    assert passed(shown, needed) == tuple(p for p in stations if stations[p] <= shown)
