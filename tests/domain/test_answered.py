"""What was typed and the answer to what was asked about it, put together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.answered import after_numbers, said_anew
from bot.domain.elections.buildings import mended_lines, read_buildings
from bot.domain.elections.plan import read_plan
from bot.domain.refusal import Refused


@pytest.mark.parametrize(
    ("typed", "answer", "whole"),
    [
        ("Representative", "400", "400 Representative"),
        ("400", "Representative of Yard 5", "400 Representative of Yard 5"),
        ("400 30%", "Representative", "400 30% Representative"),
        (">1/2 Representative", "400", "400 >1/2 Representative"),
        ("Representative", "400 Speaker", "400 Speaker"),
        ("Representative", "400 residents", "400 Representative"),
        ("Bulding 5", "20 Building 5", "20 Building 5"),
        ("1 001", "Представитель", "1 001 Представитель"),
        ("5-й двор", "400", "400 5-й двор"),
        ("50 Building 5", "20", "20 Building 5"),
        ("", "400 Representative", "400 Representative"),
        ("-5", "400", "400"),
        ("-5 Representative", "400", "400 Representative"),
    ],
)
def test_a_number_a_share_and_words_come_in_any_order(typed: str, answer: str, whole: str) -> None:
    assert after_numbers(typed, answer) == whole


@given(
    st.integers(2, 999_999),
    st.text(st.characters(categories=("Lu", "Ll")), min_size=1, max_size=40),
)
def test_a_number_and_a_title_make_a_plan_in_either_order(number: int, title: str) -> None:
    plan = read_plan(f"{number} {title}")
    assert read_plan(after_numbers(title, str(number))) == plan
    assert read_plan(after_numbers(str(number), title)) == plan


def test_a_name_is_said_anew() -> None:
    assert said_anew("Nowhere", "Lisbon") == "Lisbon"


def test_the_lines_that_were_right_stay() -> None:
    typed = "Fountain street 5: 120\nFountain street 7\nFountain street 9: ?"
    with pytest.raises(Refused):
        read_buildings(typed)
    plans = read_buildings(mended_lines(typed, "Fountain street 7: ~90"))
    assert [plan.name for plan in plans] == [
        "Fountain street 5",
        "Fountain street 9",
        "Fountain street 7",
    ]
