"""Who finds room, who waits and who moves up, tried with many lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.actions.parties import MOST_ROOM, Party, fits, let_in, read_capacity
from bot.domain.refusal import Refused

LINES = st.lists(st.integers(1, 6), max_size=12).map(
    lambda sizes: [Party(bytes([at]), people) for at, people in enumerate(sizes)]
)


@given(LINES, st.integers(0, 30), st.integers(1, 30))
def test_nobody_moves_up_without_room_and_nobody_who_fits_is_left(
    line: list[Party], taken: int, capacity: int
) -> None:
    moved = let_in(line, taken, capacity)
    now = taken + sum(party.people for party in moved)
    assert now <= max(capacity, taken)
    assert not any(fits(party.people, now, capacity) for party in line if party not in moved)


@given(LINES, st.integers(0, 30), st.integers(1, 30))
def test_whoever_stands_before_others_is_asked_before_them(
    line: list[Party], taken: int, capacity: int
) -> None:
    moved = let_in(line, taken, capacity)
    assert moved == [party for party in line if party in moved]
    for at, party in enumerate(line):
        before = [each for each in moved if line.index(each) < at]
        room = capacity - taken - sum(each.people for each in before)
        assert (party in moved) is (party.people <= room)


@given(LINES, st.integers(0, 30))
def test_without_a_limit_everybody_comes(line: list[Party], taken: int) -> None:
    assert let_in(line, taken, None) == line


@pytest.mark.parametrize(
    ("typed", "capacity"), [("18", 18), ("room for 18", 18), ("1 000", 1_000), ("٢٠", 20)]
)
def test_a_number_is_read_as_people_write_it(typed: str, capacity: int) -> None:
    assert read_capacity(typed) == capacity


@pytest.mark.parametrize(
    "typed", ["", "many", "0", str(MOST_ROOM + 1), "9" * 4_000, "²", "12 or 20"]
)
def test_what_is_no_number_of_people_is_refused(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        read_capacity(typed)
    assert refused.value.key == "actions.refused.capacity"
