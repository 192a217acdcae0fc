from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.elections.buildings import (
    MOST_ELIGIBLE,
    NAME_LENGTH,
    SOURCE_LENGTH,
    BuildingPlan,
    Count,
    add_up,
    read_buildings,
)
from bot.domain.refusal import Refused


@pytest.mark.parametrize(
    ("typed", "plan"),
    [
        ("Fountain street 5: 120", BuildingPlan("Fountain street 5", 120)),
        ("Fountain street 5:120", BuildingPlan("Fountain street 5", 120)),
        ("Fountain street 5-7 – 120", BuildingPlan("Fountain street 5-7", 120)),
        ("Fountain street 5 - 7: 120", BuildingPlan("Fountain street 5 - 7", 120)),
        ("Фонтанная, 5: ~ 90", BuildingPlan("Фонтанная, 5", 90, True)),
        ("Fountain street 5: ?", BuildingPlan("Fountain street 5", None)),
        (
            "Fountain street 5: ~120, from the list, I think: really",
            BuildingPlan("Fountain street 5", 120, True, "from the list, I think: really"),
        ),
    ],
)
def test_a_building_on_a_line(typed: str, plan: BuildingPlan) -> None:
    assert read_buildings(typed) == [plan]


def test_several_lines_are_several_buildings() -> None:
    plans = read_buildings("A: 1\n\n  B: ~2  \nC: ?")
    assert [(p.name, p.eligible, p.is_estimated) for p in plans] == [
        ("A", 1, False),
        ("B", 2, True),
        ("C", None, False),
    ]


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("Fountain street 5", "line"),
        ("Fountain street 5: many", "line"),
        ("Fountain street 5:", "line"),
        ("Fountain street 5: 12.5", "line"),
        ("Fountain street 5: ~?", "line"),
        ("Fountain street 5-120", "line"),
        (": 120", "name.empty"),
        (f"{'x' * (NAME_LENGTH + 1)}: 120", "name.long"),
        ("A: 0", "count"),
        (f"A: {MOST_ELIGIBLE + 1}", "count"),
        (f"A: 1, {'x' * (SOURCE_LENGTH + 1)}", "source"),
        ("A: 1\nB", "line"),
    ],
)
def test_what_cannot_be_read_is_refused(typed: str, refusal: str) -> None:
    with pytest.raises(Refused) as refused:
        read_buildings(typed)
    assert refused.value.key == f"buildings.refused.{refusal}"


@given(st.text(max_size=200))
def test_whatever_is_typed_gives_buildings_or_a_refusal(typed: str) -> None:
    try:
        plans = read_buildings(typed)
    except Refused:
        return
    assert all(plan.name and len(plan.name) <= NAME_LENGTH for plan in plans)


@given(st.lists(st.tuples(st.none() | st.integers(1, MOST_ELIGIBLE), st.booleans())))
def test_the_base_is_the_sum_and_firm_only_where_every_number_is(
    counts: list[tuple[int | None, bool]],
) -> None:
    known = [eligible for eligible, _ in counts if eligible is not None]
    if not known:
        assert add_up(counts) is None
        return
    is_firm = len(known) == len(counts) and not any(estimated for _, estimated in counts)
    assert add_up(counts) == Count(sum(known), not is_firm)
