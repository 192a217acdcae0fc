"""What the public sees of a building: steps, and never everyone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.elections.building_numbers import BuildingNumber, most_told, told
from bot.domain.fives import STEP, stepped, whole_steps

HISTORIES = st.lists(st.booleans(), max_size=120)
"""One signature more or one less, again and again."""


@given(HISTORIES)
def test_no_single_signature_moves_a_number(history: list[bool]) -> None:
    actual = shown = 0
    since_it_moved = 0
    for more in history:
        actual = max(0, actual + (1 if more else -1))
        since_it_moved += 1
        before, shown = shown, stepped(shown, actual)
        if shown != before:
            assert since_it_moved >= STEP
            assert abs(shown - before) >= STEP
            since_it_moved = 0
        assert abs(actual - shown) < STEP
        assert shown % STEP == 0


@given(HISTORIES)
def test_who_signs_and_withdraws_again_and_again_moves_it_once_at_most(history: list[bool]) -> None:
    actual = shown = 0
    for more in history:
        actual = max(0, actual + (1 if more else -1))
        shown = stepped(shown, actual)
    moves = 0
    for back_and_forth in range(20):
        number = stepped(shown, actual + (back_and_forth + 1) % 2)
        moves += number != shown
        shown = number
    assert moves <= 1


@given(st.integers(0, 10_000))
def test_a_final_number_is_rounded_down(actual: int) -> None:
    assert 0 <= actual - whole_steps(actual) < STEP
    assert whole_steps(actual) % STEP == 0


@given(st.integers(0, 200).map(whole_steps), st.integers(1, 200))
def test_a_number_never_tells_that_everyone_signed(shown: int, eligible: int) -> None:
    number = told(shown, eligible)
    if number is None:
        assert eligible < 2 * STEP
    else:
        assert number.shown is not None
        assert number.shown <= eligible - STEP
        assert number.or_more or number.shown == shown


def test_a_building_of_unknown_size_is_told_as_it_is() -> None:
    assert told(35, None) == BuildingNumber(35)


def test_where_few_live_nothing_is_told() -> None:
    assert told(5, 9) is None
    assert told(0, 9) is None
    assert told(0, 10) == BuildingNumber(0)
    assert told(10, 10) == BuildingNumber(5, or_more=True)


@given(st.integers(0, 200).map(whole_steps), st.integers(1, 200), st.integers(0, 250))
def test_beside_paper_a_number_never_tells_that_everybody_else_signed(
    shown: int, eligible: int, paper: int
) -> None:
    number = told(shown, eligible, paper)
    if number is None:
        assert not paper
        return
    assert number.paper == paper, "which everyone knows"
    if number.shown is not None:
        assert number.shown + paper <= eligible - STEP
        assert number.shown in (shown, most_told(eligible - paper))


def test_paper_says_nothing_of_how_many_signed_in_the_chat() -> None:
    """Organisers enter it as they like: whatever they enter, they see no more than they saw before."""
    for paper in range(60):
        by_what_was_seen: dict[BuildingNumber | None, BuildingNumber | None] = {}
        for shown in range(0, 60, STEP):
            number = told(shown, 60, paper)
            assert by_what_was_seen.setdefault(told(shown, 60), number) == number
