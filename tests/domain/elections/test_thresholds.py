from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.domain.elections.thresholds import MAX_BASE, PublicCount, Threshold, bar, public_count
from bot.domain.fives import STEP
from bot.domain.refusal import Refused

BASES = st.integers(1, MAX_BASE)


@st.composite
def thresholds(draw: st.DrawFn) -> Threshold:
    denominator = draw(st.integers(2, 10_000))
    return Threshold(draw(st.integers(1, denominator - 1)), denominator, draw(st.booleans()))


@pytest.mark.parametrize(
    ("threshold", "base", "needed"),
    [
        (Threshold(1, 4), 400, 100),
        (Threshold(1, 4, strict=True), 400, 101),
        (Threshold(1, 4), 401, 101),
        (Threshold(1, 4, strict=True), 401, 101),
        (Threshold(1, 4), 1, 1),
        (Threshold(7, 100), 100, 7),
        (Threshold(1, 2, strict=True), 3, 2),
        (Threshold(375, 1000), 480, 180),
        (Threshold(1, 1), 12, 12),
    ],
)
def test_needed_in_cases_counted_by_hand(threshold: Threshold, base: int, needed: int) -> None:
    assert threshold.needed(base) == needed


@given(thresholds(), BASES)
def test_needed_is_the_smallest_number_that_meets_the_share(
    threshold: Threshold, base: int
) -> None:
    share = Fraction(threshold.numerator, threshold.denominator)

    def meets(signatures: int) -> bool:
        part = Fraction(signatures, base)
        return part > share if threshold.strict else part >= share

    needed = threshold.needed(base)
    assert meets(needed)
    assert not meets(needed - 1)
    assert 1 <= needed <= base


@pytest.mark.parametrize("base", [0, -1, MAX_BASE + 1])
def test_a_base_out_of_bounds_is_refused(base: int) -> None:
    with pytest.raises(Refused) as refusal:
        Threshold(1, 4).needed(base)
    assert refusal.value.key == "elections.refused.base"


@pytest.mark.parametrize(
    ("numerator", "denominator", "strict"),
    [(0, 4, False), (-1, 4, False), (5, 4, False), (1, 0, False), (1, -4, False), (4, 4, True)],
)
def test_a_share_that_is_nothing_or_out_of_reach_is_refused(
    numerator: int, denominator: int, strict: bool
) -> None:
    with pytest.raises(Refused) as refusal:
        Threshold(numerator, denominator, strict)
    assert refusal.value.key == "elections.refused.fraction"


def shown_along(needed: int, *actual: int) -> list[int]:
    shown = [0]
    for number in actual:
        shown.append(public_count(shown[-1], number, needed).shown)
    return shown[1:]


def test_the_public_number_climbs_in_fives_and_jumps_at_the_threshold() -> None:
    assert shown_along(12, *range(19)) == [0] * 5 + [5] * 5 + [10] * 2 + [12] * 5 + [17] * 2


def test_one_withdrawal_after_a_step_changes_nothing() -> None:
    assert shown_along(100, 9, 10, 9, 10, 9, 6, 5, 9, 10) == [5, 10, 10, 10, 10, 10, 5, 5, 10]


def test_a_threshold_once_reached_stays_until_five_are_missing() -> None:
    assert shown_along(12, 11, 12, 11, 8, 7, 11, 12) == [10, 12, 12, 12, 5, 10, 12]


def test_a_small_threshold_stays_reached_until_nobody_is_left() -> None:
    assert shown_along(3, 2, 3, 2, 1, 0, 2, 3) == [0, 3, 3, 3, 0, 0, 3]


def test_fewer_than_five_has_no_number() -> None:
    assert public_count(0, 4, 100).is_few
    assert not public_count(0, 5, 100).is_few
    assert not public_count(0, 3, 3).is_few


class PublicNumber(RuleBasedStateMachine):
    """Neighbours sign and withdraw, one by one and in batches checked from paper."""

    @initialize(needed=st.integers(1, 60))
    def begin(self, needed: int) -> None:
        self.needed = needed
        self.actual = 0
        self.before = self.count = PublicCount(shown=0, reached=False)

    def _become(self, actual: int) -> None:
        self.actual = actual
        self.before = self.count
        self.count = public_count(self.before.shown, actual, self.needed)

    @rule()
    def sign(self) -> None:
        self._become(self.actual + 1)

    @precondition(lambda self: self.actual > 0)
    @rule()
    def withdraw(self) -> None:
        self._become(self.actual - 1)

    @rule(many=st.integers(2, 70))
    def count_paper(self, many: int) -> None:
        self._become(self.actual + many)

    @rule(many=st.integers(2, 70))
    def strike_out(self, many: int) -> None:
        self._become(max(0, self.actual - many))

    @invariant()
    def is_never_far_from_the_truth(self) -> None:
        assert abs(self.actual - self.count.shown) < STEP

    @invariant()
    def moves_by_whole_steps_but_for_the_threshold(self) -> None:
        crossed = self.count.reached and not self.before.reached
        emptied = self.before.reached and self.actual == 0
        moved = abs(self.count.shown - self.before.shown)
        assert moved == 0 or moved >= STEP or crossed or emptied

    @invariant()
    def shows_the_threshold_at_once(self) -> None:
        if self.actual >= self.needed:
            assert self.count.reached
        if self.count.reached and not self.before.reached:
            assert self.actual >= self.needed

    @invariant()
    def stands_on_a_step(self) -> None:
        counted_from = self.needed if self.count.reached else 0
        assert (self.count.shown - counted_from) % STEP == 0

    @invariant()
    def the_same_count_again_shows_the_same(self) -> None:
        assert public_count(self.count.shown, self.actual, self.needed) == self.count

    @precondition(lambda self: self.actual > 0)
    @invariant()
    def one_person_going_back_and_forth_moves_it_once_at_most(self) -> None:
        coming = public_count(self.count.shown, self.actual + 1, self.needed)
        going = public_count(coming.shown, self.actual, self.needed)
        assert going == coming
        assert public_count(going.shown, self.actual + 1, self.needed) == coming


TestPublicNumber = PublicNumber.TestCase


@given(shown=st.integers(0, 2_000), needed=st.integers(1, MAX_BASE), width=st.integers(1, 40))
def test_a_bar_is_full_only_when_the_threshold_is_reached(
    shown: int, needed: int, width: int
) -> None:
    filled = bar(shown, needed, width)
    assert 0 <= filled <= width
    assert (filled == width) == (shown >= needed)
    assert bar(shown + 1, needed, width) >= filled
