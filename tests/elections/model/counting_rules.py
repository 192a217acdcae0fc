"""What organisers count: who lives here, and the paper that comes back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import (
    precondition,
    rule,
)
from sqlmodel import Session

from bot.domain.elections.acts import Act, Wanted
from bot.person.place import Person
from bot.store import personally
from handlers.elections.buildings.use_cases import note_buildings, remove_building
from handlers.elections.ending import use_cases as ending
from handlers.elections.heart.acts import asking
from handlers.elections.heart.acts.deeds import counted_by
from handlers.elections.paper import use_cases as sheets
from storage.elections import acts as kept_acts
from tests.elections.model.desk import BOTH, VERA, enter, issue
from tests.elections.model.plain_numbers import Sheet
from tests.elections.model.story import WHICH, Story

ORGANISERS = st.sampled_from([VERA, Person(6)])
HOUSES = st.sampled_from(["A", "B", "C"])
# How many, and whether that is an estimate; None where nobody knows.
RESIDENTS = st.tuples(st.integers(0, 40), st.booleans()).map(lambda r: r if r[0] else (None, False))
COUNTS = ["online", "online_checked", "online_collected", "checked", "accepted"]


class CountingRules(Story):
    """Each thing done is done in the model too."""

    @rule(person=ORGANISERS, house=HOUSES, residents=RESIDENTS)
    def count_residents(
        self, person: Person, house: str, residents: tuple[int | None, bool]
    ) -> None:
        number, is_rough = residents
        typed = "?" if number is None else f"{'~' if is_rough else ''}{number}"
        self.run(personally(note_buildings, person, self.place), f"{house}: {typed}")
        self.model.buildings = self.listed()
        assert residents in self.model.buildings.values()
        self.noted[house] = residents
        self.model.buildings_changed(person.id or 0, self.desk.now)

    @rule(person=ORGANISERS, house=HOUSES, residents=RESIDENTS)
    def another_base_counts(
        self, person: Person, house: str, residents: tuple[int | None, bool]
    ) -> None:
        """Nobody stops it on the day in which they could."""
        self.count_residents(person, house, residents)
        self.time_passes(timedelta(minutes=2))
        self.time_passes(timedelta(days=1))

    @rule(person=ORGANISERS, house=HOUSES, wrong=st.integers(1, 40))
    def a_mistake_is_mended(self, person: Person, house: str, wrong: int) -> None:
        """A wrong number is put right before the day is over: nothing is left to wait for."""
        right = self.noted.get(house, (7, False))
        for residents in (right, (wrong, False), right):
            self.count_residents(person, house, residents)
            self.time_passes(timedelta(minutes=2))

    @rule(person=ORGANISERS, house=WHICH)
    def remove_building(self, person: Person, house: int) -> None:
        building = dict(enumerate(self.model.buildings)).get(house)
        if building is not None:
            chat_id = self.desk.read(lambda work: work.chat_at(self.place).id)
            self.run(personally(remove_building, person, self.place), chat_id, building)
            del self.model.buildings[building]
            self.model.buildings_changed(person.id or 0, self.desk.now)

    @rule(person=ORGANISERS, agrees=st.booleans())
    @precondition(lambda self: self.model.wanted is not None)
    def decide_about_the_base(self, person: Person, agrees: bool) -> None:
        act = self.desk.database.read_now(self.wanted_base)
        assert act is not None
        if agrees:
            why = self.refused(personally(asking.confirm, person, self.place, BOTH), act.id)
            assert why == self.model.agree(person.id or 0)
        else:
            self.run(personally(asking.stop, person, self.place), act.id)
            self.model.wanted = None

    @rule()
    @precondition(lambda self: self.deeds > 8)
    def freeze_the_base(self) -> None:
        first, second = (
            self.refused(
                personally(asking.ask, who, self.place, BOTH), self.election, Wanted(Act.FREEZE)
            )
            for who in (VERA, Person(6))
        )
        assert first == second == self.model.freeze()

    @rule(which=WHICH, entry=st.integers(0, 3), filled=st.integers(0, 21), double=st.integers(0, 3))
    def enter_something(self, which: int, entry: int, filled: int, double: int) -> None:
        if entry == 0:
            self.sheet_returns(which, filled)
        elif entry == 1:
            self.sheet_is_checked(which, max(0, filled - double), double, filled % 3)
        else:
            self.sheet_doesnt_count(which, is_lost=entry == 2)

    @rule(which=WHICH, rows=st.integers(1, 20))
    @precondition(lambda self: self.model.stands)
    def issue_sheet(self, which: int, rows: int) -> None:
        row = sorted(self.model.stands)[which % len(self.model.stands)]
        if not self.model.is_open:
            refused = self.refused(issue, self.place, self.election, row, rows)
            assert refused == "frame.refused.unknown_thing"
        else:
            sheet = self.run(issue, self.place, self.election, row, rows)
            self.model.sheets[sheet] = Sheet(row, rows)
            self.model.stands[row].is_frozen = True  # whoever signs it signs what is printed

    def sheet_returns(self, which: int, filled: int) -> None:
        def returned(sheet: Sheet) -> str | None:
            return sheet.returned(filled)

        self.enter(which, f"returned {filled}", returned)

    def sheet_is_checked(self, which: int, valid: int, double: int, other: int) -> None:
        def checked(sheet: Sheet) -> str | None:
            return sheet.checked(valid, {"double": double, "other": other})

        self.enter(which, f"checked {valid} double {double} other {other}", checked)

    def sheet_doesnt_count(self, which: int, *, is_lost: bool) -> None:
        def doesnt_count(sheet: Sheet) -> None:
            sheet.doesnt_count("void" if is_lost else "issued")

        self.enter(which, "void" if is_lost else "out", doesnt_count)

    @rule(which=WHICH, valid=st.integers(1, 15), more=st.integers(0, 5))
    @precondition(lambda self: self.model.is_open and self.model.stands)
    def a_checked_sheet_comes(self, which: int, valid: int, more: int) -> None:
        """The whole way of a sheet at once, and the count has it."""
        self.issue_sheet(which, 20)
        self.sheet_returns(0, valid + more)
        self.sheet_is_checked(0, valid, 0, 0)
        self.time_passes(timedelta(minutes=2))

    def enter(self, which: int, typed: str, expected: Callable[[Sheet], str | None]) -> None:
        """For one of the latest sheets, or where there are not so many, one of another chat."""
        sheet = dict(enumerate(reversed(self.model.sheets))).get(which)
        if sheet is None:
            assert self.refused(enter, self.place, 2, typed) == "frame.refused.unknown_thing"
            return
        why = self.refused(enter, self.place, sheet, typed)
        assert why == expected(self.model.sheets[sheet])
        self.model.is_paper_due |= why is None

    @rule(counts=st.sampled_from(COUNTS))
    def choose_what_counts(self, counts: str) -> None:
        for who in (VERA, Person(6)):
            wanted = counted_by(counts)
            self.run(personally(asking.ask, who, self.place, BOTH), self.election, wanted)
        self.model.count_by(counts)

    @rule(which=WHICH, number=st.integers(0, 15))
    def officials_answer(self, which: int, number: int) -> None:
        row = self.row(which)
        if row in self.model.stands:
            for who in (VERA, Person(6)):
                self.run(personally(sheets.set_accepted, who, self.place, BOTH), row, number)
            self.model.stands[row].accepted, self.model.is_paper_due = number, True

    @rule(which=WHICH)
    @precondition(lambda self: self.deeds > 15)
    def file_signatures(self, which: int) -> None:
        row = self.row(which)
        if row in self.model.stood:
            why = self.refused(personally(ending.file_candidate, VERA, self.place), row)
            assert why == self.model.file(row)

    def wanted_base(self, session: Session) -> kept_acts.ActRow | None:
        return kept_acts.find_waiting(session, self.election, Act.BASE)
