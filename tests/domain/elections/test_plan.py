from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.elections.plan import (
    NAME_LENGTH,
    TITLE_LENGTH,
    Plan,
    read_base,
    read_name,
    read_plan,
    read_title,
)
from bot.domain.elections.rule import Rule, read_rule
from bot.domain.elections.thresholds import MAX_BASE
from bot.domain.refusal import Refused
from tests.domain.nothing_to_see import NOTHING_TO_SEE

TYPED = st.text(max_size=300)


def rule(typed: str) -> Rule:
    found = read_rule(typed)
    assert found is not None
    return found


def refusal(read: object, typed: str) -> str:
    assert callable(read)
    with pytest.raises(Refused) as refused:
        read(typed)
    return refused.value.key


@pytest.mark.parametrize(
    ("typed", "plan"),
    [
        ("400 Representative of Yard 5", Plan(400, "Representative of Yard 5")),
        ("  400\n Representative\n of  Yard 5 ", Plan(400, "Representative of Yard 5")),
        ("1 X", Plan(1, "X")),
        (f"{MAX_BASE} Всё село", Plan(MAX_BASE, "Всё село")),
        ("400 <b>&", Plan(400, "<b>&")),
        ("0400 A", Plan(400, "A")),
        ("1 001 A", Plan(1001, "A")),
        ("12\u00a0345 30% A", Plan(12345, "A", rule("30%"))),
        ("12 34 A", Plan(12, "34 A")),
        ("12 3456 A", Plan(12, "3456 A")),
        ("Representative of Yard 5", Plan(None, "Representative of Yard 5")),
        ("400 30% A", Plan(400, "A", rule("30%"))),
        ("1/3 A", Plan(None, "A", rule("1/3"))),
        ("400 >1/2 A", Plan(400, "A", rule(">1/2"))),
        ("400 >half A", Plan(400, ">half A")),
    ],
)
def test_a_plan_is_a_number_and_a_title(typed: str, plan: Plan) -> None:
    assert read_plan(typed) == plan


@pytest.mark.parametrize(
    "typed",
    [
        "0 A",
        "-5 A",
        "12.5 A",
        "12,5 A",
        "2,000,000 A",
        "2000000 A",
        "2 000 000 A",
        "9" * 30 + " A",
        "٤٠٠ A",
        "400Representative",
    ],
)
def test_a_bad_number_of_residents_is_refused(typed: str) -> None:
    assert refusal(read_plan, typed) == "elections.refused.base"


def test_a_title_is_wanted_and_short() -> None:
    for typed in ("", "400", "400 \u202e"):
        assert read_plan(typed).title == ""
    assert refusal(read_title, " \u202e") == "elections.refused.title.empty"
    assert read_plan(f"400 {'A' * TITLE_LENGTH}").title == "A" * TITLE_LENGTH
    assert refusal(read_plan, f"400 {'a' * (TITLE_LENGTH + 1)}") == "elections.refused.title.long"


def test_a_title_begins_with_a_capital_however_it_comes() -> None:
    assert read_plan("400 старшыня двара").title == "Старшыня двара"
    assert read_title("keeper of the fountain") == "Keeper of the fountain"
    assert read_title("@vera for us") == "@vera for us"


@given(TYPED)
def test_whatever_is_typed_gives_a_plan_or_a_refusal(typed: str) -> None:
    try:
        plan = read_plan(typed)
    except Refused:
        return
    assert plan.base is None or 1 <= plan.base <= MAX_BASE
    assert len(plan.title) <= TITLE_LENGTH
    assert read_plan(f"7 30% {plan.title}") == Plan(7, plan.title, rule("30%"))


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Vera K.", "Vera K."),
        ("  Vera \n K. ", "Vera K."),
        ("\u202eVera\u2066 K.\x00", "Vera K."),
        ("🌻", "🌻"),
        ("a" * NAME_LENGTH, "a" * NAME_LENGTH),
    ],
)
def test_a_name_is_kept_as_typed_but_for_what_isnt_seen(typed: str, name: str) -> None:
    assert read_name(typed) == name


@pytest.mark.parametrize("typed", ["", " \n", *NOTHING_TO_SEE])
def test_a_name_that_cannot_be_seen_is_no_name(typed: str) -> None:
    assert refusal(read_name, typed) == "elections.refused.name.empty"


@pytest.mark.parametrize("typed", NOTHING_TO_SEE)
def test_a_title_that_cannot_be_seen_is_no_title(typed: str) -> None:
    assert read_plan(f"400 {typed}").title == ""
    assert refusal(read_title, typed) == "elections.refused.title.empty"


def test_a_name_of_65_characters_is_too_long() -> None:
    assert refusal(read_name, "a" * (NAME_LENGTH + 1)) == "elections.refused.name.long"


@given(TYPED)
def test_a_name_that_was_read_reads_the_same_again(typed: str) -> None:
    try:
        name = read_name(typed)
    except Refused:
        return
    assert "\n" not in name
    assert not any(unicodedata.category(sign) == "Cc" for sign in name)
    assert read_name(name) == name


def test_a_number_alone_says_how_many_there_are() -> None:
    assert read_base(" 1 200 ") == 1_200
    assert read_base("400") == 400
    for typed in ("", "many", "400 people", "-4", "12.5"):
        assert refusal(read_base, typed) == "elections.refused.base"
