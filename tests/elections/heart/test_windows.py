"""How many windows stand for how many signatures, and which of them are lit."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.elections.thresholds import MAX_BASE
from handlers.elections.heart.courtyard.windows import (
    columns,
    grouping,
    lit,
    lit_windows,
    windows,
)

targets = st.integers(1, MAX_BASE)
rooms = st.sampled_from([36, 60, 120])


@given(targets, rooms)
def test_a_window_stands_for_as_few_as_there_is_room_for(needed: int, most: int) -> None:
    size = grouping(needed, most)
    assert windows(needed, size) <= most
    assert size == 1 or size % 5 == 0, "no window lights up for less than a step of five"
    if size > 1:
        smaller = size // 5 if str(size)[0] == "5" else size // 2
        assert windows(needed, smaller) > most


@given(targets, rooms, st.data())
def test_lights_follow_the_number_in_fives_and_all_burn_at_the_target_alone(
    needed: int, most: int, data: st.DataObject
) -> None:
    size = grouping(needed, most)
    shown = data.draw(st.integers(0, needed - 1))
    on = lit(shown, needed, size)
    assert on == shown // max(size, 5) * max(size, 5) // size
    assert on < windows(needed, size)
    assert lit(needed, needed, size) == lit(needed + 5, needed, size) == windows(needed, size)


@given(st.integers(1, 120), st.data())
def test_which_are_lit_tells_how_many_and_nothing_else(count: int, data: st.DataObject) -> None:
    on = data.draw(st.integers(0, count))
    lights = lit_windows(count, on)
    assert len(lights) == on
    assert lights <= set(range(count))
    assert lit_windows(count, max(0, on - 5)) <= lights


def test_they_light_up_in_no_order_that_one_could_follow() -> None:
    """Neither from below nor from the left: of a full house, a third of the lights is everywhere."""
    third = lit_windows(90, 30)
    for part in range(3):
        assert 4 <= len(third & set(range(part * 30, part * 30 + 30))) <= 16
        assert 4 <= len({at for at in third if at % 9 // 3 == part}) <= 16


@given(st.integers(1, 120), st.floats(0.8, 1.8))
def test_floors_are_as_full_as_may_be(count: int, wide: float) -> None:
    across = columns(count, wide)
    assert 1 <= across <= max(1, round(1.18 * (count * wide) ** 0.5))
