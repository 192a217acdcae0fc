"""Sheets can't hold more than their rows, whatever is entered; and the four numbers stay apart."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict
from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.domain.elections.paper.ledger import (
    MOST_ROWS,
    REASONS,
    UNREACHABLE,
    Check,
    CountedBy,
    Entry,
    Numbers,
    Order,
    Out,
    Rejections,
    Returned,
    Sheet,
    SheetState,
    Voided,
    counted,
    counts_online,
    enter,
    on_paper,
    online_target,
    read_order,
    to_collect,
)
from bot.domain.refusal import Refused

NUMBERS = st.integers(-2, MOST_ROWS + 5)
CHECKS = st.builds(Check, NUMBERS, st.builds(Rejections, *[st.integers(-1, 8) for _ in REASONS]))
ENTRIES = st.one_of(st.just(Out()), st.just(Voided()), st.builds(Returned, NUMBERS), CHECKS)


class Ledger(RuleBasedStateMachine):
    """One sheet under any entries, beside a plain model of what an organiser would have on a slip."""

    def __init__(self) -> None:
        super().__init__()
        self.sheet = Sheet(20)
        self.state, self.filled = "issued", 0
        self.check: Check | None = None

    @rule(entry=ENTRIES)
    def enter(self, entry: Entry) -> None:
        before = self.sheet
        try:
            self.sheet = enter(self.sheet, entry)
        except Refused:
            assert self.sheet == before
            assert not self._fits(entry)
            return
        assert self._fits(entry)
        self._note(entry)

    def _fits(self, entry: Entry) -> bool:
        if isinstance(entry, Returned):
            return 0 <= entry.filled <= 20
        if isinstance(entry, Check):
            parts = [entry.valid, *asdict(entry.rejected).values()]
            return self.state == "returned" and min(parts) >= 0 and sum(parts) <= self.filled
        return True

    def _note(self, entry: Entry) -> None:
        if isinstance(entry, Returned):
            self.check = self.check if self.filled == entry.filled else None
            self.state, self.filled = "returned", entry.filled
        elif isinstance(entry, Check):
            self.check = entry
        else:
            self.state = "void" if isinstance(entry, Voided) else "issued"
            self.filled, self.check = 0, None

    @invariant()
    def agrees_with_the_slip(self) -> None:
        assert self.sheet == Sheet(20, SheetState(self.state), self.filled, self.check)

    @invariant()
    def never_more_than_its_rows(self) -> None:
        check = self.sheet.check
        assert 0 <= (check.total if check else 0) <= self.sheet.filled <= self.sheet.rows
        assert 0 <= self.sheet.valid <= self.sheet.filled


TestLedger = Ledger.TestCase


@pytest.mark.parametrize(
    ("rows", "state", "filled", "check"),
    [
        (20, SheetState.RETURNED, 21, None),
        (20, SheetState.RETURNED, 18, Check(18, Rejections(double=1))),
        (20, SheetState.ISSUED, 1, None),
        (20, SheetState.VOID, 1, None),
    ],
)
def test_a_sheet_that_cannot_be_is_none(
    rows: int, state: SheetState, filled: int, check: Check | None
) -> None:
    with pytest.raises(ValueError, match="more than its rows"):
        Sheet(rows, state, filled, check)


@given(st.integers(0, 1_000_000), st.integers(1, 100))
def test_enough_is_collected_and_not_one_too_many(wanted: int, validity: int) -> None:
    collect = to_collect(wanted, validity)
    assert collect == ceil(Fraction(wanted * 100, validity))


def test_a_hundred_valid_ones_take_about_127() -> None:
    assert to_collect(100, 79) == 127
    assert to_collect(100, 100) == 100
    for validity in (0, 101, -5):
        with pytest.raises(Refused):
            to_collect(100, validity)


@given(st.builds(Numbers, *[st.integers(0, 10**6)] * 3, st.none() | st.integers(0, 10**6)))
def test_each_number_counts_only_where_it_was_chosen(numbers: Numbers) -> None:
    by = {each: counted(numbers, each) for each in CountedBy}
    assert by[CountedBy.ONLINE] == numbers.online
    assert by[CountedBy.CHECKED] == numbers.checked
    assert by[CountedBy.ACCEPTED] == (numbers.accepted or 0)
    assert by[CountedBy.ONLINE_AND_CHECKED] == numbers.online + numbers.checked
    assert by[CountedBy.ONLINE_AND_COLLECTED] == numbers.online + numbers.collected


@given(st.text(max_size=60))
def test_any_order_is_read_or_refused(typed: str) -> None:
    """Nothing but a refusal may come out of it."""
    with suppress(Refused):
        read_order(typed)


@pytest.mark.parametrize(
    ("typed", "order"),
    [
        ("", Order()),
        ("40", Order(40)),
        ("5 Building 5", Order(5, "Building 5")),
        ("Building 5", Order(None, "Building 5")),
        ("10 5", Order(10, "5")),
    ],
)
def test_a_sheet_is_ordered(typed: str, order: Order) -> None:
    assert read_order(typed) == order


@pytest.mark.parametrize("typed", ["0", "51", "9999999", "20 " + "x" * 61])
def test_no_sheet_is_endless(typed: str) -> None:
    with pytest.raises(Refused):
        read_order(typed)


NUMBERS_OF = st.builds(
    Numbers,
    st.integers(0, 300),
    st.integers(0, 300),
    st.integers(0, 300),
    st.none() | st.integers(0, 300),
)


@given(NUMBERS_OF, st.sampled_from(CountedBy))
def test_what_counts_is_what_is_online_and_on_paper(numbers: Numbers, by: CountedBy) -> None:
    online = numbers.online if counts_online(by) else 0
    assert counted(numbers, by) == online + on_paper(numbers, by)


@given(st.integers(1, 400), NUMBERS_OF, st.sampled_from(CountedBy), st.booleans())
def test_the_tap_that_meets_the_target_makes_the_whole_enough(
    needed: int, numbers: Numbers, by: CountedBy, has_crossed: bool
) -> None:
    paper = on_paper(numbers, by)
    target = online_target(needed, paper, by, has_crossed=has_crossed)
    if target != UNREACHABLE:
        assert counts_online(by)
        assert target >= 1
        assert target + paper == needed
    elif counts_online(by):
        assert paper >= needed or (paper and has_crossed)
    if not paper and counts_online(by):
        assert target == needed, "without paper nothing is other than before"
