from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.elections.rule import (
    ENGLAND,
    PRESETS,
    USUAL_RULE,
    Counted,
    Rule,
    Tier,
    read_rule,
    rule_from_json,
)
from bot.domain.elections.thresholds import MAX_BASE, Threshold
from bot.domain.refusal import Refused

BASES = st.integers(1, MAX_BASE)


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    ends = sorted(draw(st.sets(st.integers(1, 5_000), max_size=3)))
    tiers = []
    for end in [*ends, None]:
        whole = draw(st.integers(2, 1_000))
        share = Threshold(draw(st.integers(1, whole - 1)), whole, draw(st.booleans()))
        tiers.append(Tier(end, draw(st.one_of(st.just(share), st.integers(1, 5_000)))))
    checked = draw(st.none() | st.dates())
    return Rule("own", tuple(tiers), draw(st.sampled_from(Counted)), checked)


@given(rules(), BASES)
def test_somebody_has_to_sign_and_never_more_than_there_are(rule: Rule, base: int) -> None:
    assert 1 <= rule.needed(base) <= base


@given(rules(), st.integers(1, 20_000), st.integers(0, 5_000))
def test_within_a_tier_more_people_never_need_fewer_signatures(
    rule: Rule, base: int, more: int
) -> None:
    if rule.asked(base) is rule.asked(base + more):
        assert rule.needed(base) <= rule.needed(base + more)


@given(rules())
def test_what_was_kept_is_read_back_exactly(rule: Rule) -> None:
    assert rule_from_json(rule.to_json()) == rule


@pytest.mark.parametrize("name", PRESETS)
def test_presets_are_kept_too_and_know_their_names(name: str) -> None:
    assert PRESETS[name].source == name
    assert rule_from_json(PRESETS[name].to_json()) == PRESETS[name]


@pytest.mark.parametrize(
    ("base", "needed"),
    [(1, 1), (8, 3), (100, 38), (480, 180), (499, 188), (500, 187), (2500, 187), (2501, 188),
     (4000, 300), (4001, 301)],
)  # fmt: skip
def test_englands_table(base: int, needed: int) -> None:
    assert ENGLAND.needed(base) == needed
    assert ENGLAND.counted is Counted.VOTERS
    assert ENGLAND.checked is not None


@pytest.mark.parametrize(
    ("preset", "needed"), [("quarter", 100), ("tenth", 40), ("third", 134), ("half", 201)]
)
def test_presets_among_four_hundred(preset: str, needed: int) -> None:
    assert PRESETS[preset].needed(400) == needed


@pytest.mark.parametrize(
    ("typed", "threshold"),
    [
        ("30%", Threshold(3, 10)),
        ("7.5%", Threshold(3, 40)),
        ("37,5%", Threshold(3, 8)),
        ("100%", Threshold(1, 1)),
        ("1/3", Threshold(1, 3)),
        (">1/2", Threshold(1, 2, strict=True)),
        (">50%", Threshold(1, 2, strict=True)),
    ],
)
def test_a_rule_of_ones_own(typed: str, threshold: Threshold) -> None:
    assert read_rule(typed) == Rule("own", (Tier(None, threshold),))


@pytest.mark.parametrize("typed", ["", "30", "%", "A/B", "1/3rd", "half", ">", "٣٠%", "1.234%"])
def test_other_words_are_no_rule(typed: str) -> None:
    assert read_rule(typed) is None


@pytest.mark.parametrize("typed", ["0%", "101%", "4/3", "0/5", "1/0", "0/0", ">100%", ">2/2"])
def test_a_share_that_is_nothing_or_out_of_reach_is_refused(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        read_rule(typed)
    assert refused.value.key == "elections.refused.fraction"


@pytest.mark.parametrize("base", [0, -1, MAX_BASE + 1])
def test_a_base_out_of_bounds_is_refused(base: int) -> None:
    with pytest.raises(Refused):
        ENGLAND.needed(base)


def test_the_same_rule_for_others() -> None:
    households = USUAL_RULE.of(Counted.HOUSEHOLDS)
    assert households.needed(400) == USUAL_RULE.needed(400)
    assert households.counted is Counted.HOUSEHOLDS
    assert Rule("own", USUAL_RULE.tiers, checked=date(2026, 1, 2)).of(Counted.FIXED).checked
