"""Anything that a yard may do in an election, in any order, each thing done in a plain model too.

Whether database and model agree is looked at in `test_signing_rules.py`.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
)
from sqlalchemy import insert, update
from sqlmodel import Session, col, select

from bot.domain.ending import Act
from bot.drafts import keep_draft
from bot.place import Person, Place, chat_here, move_chat
from bot.store import UnitOfWork
from handlers.buildings.use_cases import note_buildings, remove_building
from handlers.elections import acts, closing, signing
from handlers.elections import use_cases as standing
from handlers.elections.candidates import use_cases as candidates
from handlers.elections.election_keys import open_keys
from handlers.elections.ending import use_cases as ending
from handlers.paper import use_cases as sheets
from storage import acts as kept_acts
from storage import buildings, chats, elections
from storage.elections import Candidate
from storage.signatures import Signature
from tests.elections.desk import (
    ELSEWHERE,
    HERE,
    VERA,
    Desk,
    begin,
    enter,
    issue,
    kept_of_others,
    stand,
)
from tests.elections.plain_election import PlainElection
from tests.elections.plain_numbers import Share, Sheet
from tests.yard import LogKeeper

ORGANISERS = st.sampled_from([VERA, Person(6)])
PEOPLE = st.integers(2, 5).map(Person)
CROWD = [Person(number) for number in range(10, 20)]
WHICH = st.integers(0, 2)
HOUSES = st.sampled_from(["A", "B", "C"])
SHARES = [Share(1, 4), Share(1, 3), Share(1, 10), Share(1, 2, more_than=True)]
COUNTS = ["online", "online_checked", "online_collected", "checked", "accepted"]


class Crash(Exception):
    """The process dies before the commit."""


class YardRules(RuleBasedStateMachine):
    """Election 3 of the database; 1 and 2 are the others."""

    template: Path
    log: LogKeeper

    @initialize(
        share=st.sampled_from(SHARES),
        size=st.integers(1, 40),
        for_each=st.booleans(),
        newcomers_sign=st.booleans(),
    )
    def begin(self, share: Share, size: int, for_each: bool, newcomers_sign: bool) -> None:
        folder = Path(tempfile.mkdtemp(prefix="dvor-rules-"))
        shutil.copytree(self.template, folder, dirs_exist_ok=True)
        self.desk, self.place = Desk(folder), HERE
        self.run, self.refused = self.desk.run, self.desk.refused
        self.run(note_buildings, VERA, HERE, f"A: {size}")
        typed = f"{share.typed} Representative"
        who = {"for_each": for_each, "newcomers_sign": newcomers_sign}
        self.election = begin(self.desk, HERE, typed, **who)
        self.model = PlainElection(share, size, False, buildings={}, versions=[size], **who)
        self.model.buildings = self.listed()
        self.plants = self.deeds = 0
        self.others = self.desk.database.read_now(kept_of_others)
        self.log.errors.clear()
        for number in (2, 3):
            self.stand(Person(number), number)

    def listed(self) -> dict[int, tuple[int | None, bool]]:
        """The buildings of this chat, by their ids."""
        chat_id = self.desk.read(lambda work: chats.id_of(chat_here(work, self.place)))
        rows = self.desk.database.read_now(lambda session: buildings.of_chat(session, chat_id))
        return {row.id or 0: (row.eligible, row.is_estimated) for row in rows}

    def row(self, which: int) -> int:
        """Somebody who stands or stood here; where they are fewer, who stands in another election."""
        return dict(enumerate(sorted(self.model.stood)[-3:])).get(which, 1)

    def newest_row(self) -> int:
        query = select(Candidate.id).order_by(col(Candidate.id).desc()).limit(1)
        return self.desk.database.read_now(lambda session: session.exec(query).one()) or 0

    # Candidates and signatures

    @rule(person=PEOPLE, number=st.integers(0, 9))
    def stand(self, person: Person, number: int) -> None:
        name = f"Name {number}"
        why = self.refused(stand, person, self.place, self.election, name)
        assert why == self.model.stand(person.id or 0, name)
        if why is None:
            self.model.stands_as(self.newest_row(), person.id or 0, name)

    @rule(person=PEOPLE, number=st.integers(0, 9))
    def change_words(self, person: Person, number: int) -> None:
        name = f"Name {number}"
        data = {"election": self.election, "is_new": False, "name": name, "statement": "!"}

        def change(work: UnitOfWork) -> None:
            chat_id = chats.id_of(chat_here(work, self.place))
            draft = keep_draft(work, person, chat_id, candidates.WORDS_FLOW, data)
            candidates.save_words(work, person, self.place, draft)

        why = self.refused(change)
        assert why == self.model.change_words(person.id or 0, name)
        if why is None:
            self.model.stands_as(self.newest_row(), person.id or 0, name)

    @rule(person=PEOPLE)
    def leave_candidacy(self, person: Person) -> None:
        why = self.refused(candidates.leave, person, self.place, self.election)
        assert why == self.model.leave(person.id or 0)

    @rule(person=PEOPLE, which=WHICH, house=st.one_of(st.none(), WHICH))
    def sign(self, person: Person, which: int, house: int | None) -> None:
        row = self.row(which)
        # Where there are not so many, or it was taken off the list: one of the other chat.
        building = None if house is None else dict(enumerate(self.model.buildings)).get(house, 1)
        why = self.refused(signing.sign, person, self.place, self.election, row, building)
        assert why == self.model.sign(person.id or 0, row, building, self.desk.now)

    @rule(person=PEOPLE, which=st.one_of(st.none(), WHICH))
    def withdraw(self, person: Person, which: int | None) -> None:
        row = None if which is None else self.row(which)
        why = self.refused(signing.withdraw, person, self.place, self.election, row)
        assert why == self.model.withdraw(person.id or 0, row, self.desk.now)

    @rule(which=WHICH, number=st.integers(3, len(CROWD)))
    @precondition(lambda self: self.model.is_open and self.model.stands)
    def a_crowd_signs(self, which: int, number: int) -> None:
        row = sorted(self.model.stands)[which % len(self.model.stands)]
        free = [p for p in CROWD if self.model.for_each or not self.model.signed_by(p.id or 0)]

        def all_sign(work: UnitOfWork) -> None:
            for person in free[:number]:
                signing.sign(work, person, self.place, self.election, row)

        self.run(all_sign)
        for person in free[:number]:
            assert self.model.sign(person.id or 0, row, None, self.desk.now) is None

    @rule(number=st.integers(3, len(CROWD)))
    @precondition(lambda self: self.model.is_open)
    def a_crowd_withdraws(self, number: int) -> None:
        def all_withdraw(work: UnitOfWork) -> None:
            for person in CROWD[:number]:
                signing.withdraw(work, person, self.place, self.election)

        self.run(all_withdraw)
        for person in CROWD[:number]:
            self.model.withdraw(person.id or 0, None, self.desk.now)

    @rule(person=PEOPLE)
    def look(self, person: Person) -> None:
        """Each sees what they signed themselves, and newcomers that they can't."""
        number = person.id or 0
        mine = self.model.signed_by(number)
        is_new = not mine and not self.model.spoilt_of(number)
        if not self.model.is_open or (is_new and number in self.model.late):
            key = (
                "candidates.refused.newcomer" if self.model.is_open else "elections.refused.closed"
            )
            assert self.refused(signing.own_view, person, self.place, self.election) == key
        else:
            view = self.desk.read(signing.own_view, person, self.place, self.election)
            assert view.signed == mine

    @rule(person=PEOPLE)
    def join(self, person: Person) -> None:
        """Somebody new, or somebody who left and came back."""
        self.run(signing.note_joiner, person, self.place)
        self.model.join(person.id or 0)

    @rule(person=PEOPLE, which=WHICH)
    def join_and_sign(self, person: Person, which: int) -> None:
        self.join(person)
        self.sign(person, which, None)

    @rule(may=st.booleans())
    @precondition(lambda self: self.model.is_open)
    def let_newcomers(self, may: bool) -> None:
        self.run(candidates.let_newcomers, VERA, self.place, self.election, may=may)
        self.model.let_newcomers(may=may)

    # Buildings and the base

    @rule(
        person=ORGANISERS,
        house=HOUSES,
        residents=st.one_of(st.none(), st.integers(1, 40)),
        is_rough=st.booleans(),
        days=st.integers(0, 1),
    )
    def count_residents(
        self, person: Person, house: str, residents: int | None, is_rough: bool, days: int
    ) -> None:
        about = "~" if is_rough else ""
        typed = "?" if residents is None else f"{about}{residents}"
        self.run(note_buildings, person, self.place, f"{house}: {typed}")
        self.model.buildings = self.listed()
        expected = (residents, is_rough and residents is not None)
        assert expected in self.model.buildings.values()
        self.model.buildings_changed(person.id or 0, self.desk.now)
        for _ in range(days):
            self.time_passes(timedelta(minutes=2))
            self.time_passes(timedelta(days=1))

    @rule(person=ORGANISERS, house=WHICH)
    def remove_building(self, person: Person, house: int) -> None:
        building = dict(enumerate(self.model.buildings)).get(house)
        if building is not None:
            chat_id = self.desk.read(lambda work: chats.id_of(chat_here(work, self.place)))
            self.run(remove_building, person, self.place, chat_id, building)
            del self.model.buildings[building]
            self.model.buildings_changed(person.id or 0, self.desk.now)

    @rule(person=ORGANISERS, agrees=st.booleans())
    @precondition(lambda self: self.model.wanted is not None)
    def decide_about_the_base(self, person: Person, agrees: bool) -> None:
        act = self.desk.database.read_now(self.wanted_base)
        assert act is not None
        if agrees:
            organisers = frozenset({1, 6})
            why = self.refused(acts.confirm, person, self.place, act.id, organisers)
            assert why == self.model.agree(person.id or 0)
        else:
            self.run(acts.stop, person, self.place, act.id)
            self.model.wanted = None

    @rule()
    @precondition(lambda self: self.deeds > 8)
    def freeze_the_base(self) -> None:
        at = (self.place, self.election, Act.FREEZE, frozenset({1, 6}))
        why = self.refused(acts.ask, VERA, *at)
        assert why == self.refused(acts.ask, Person(6), *at) == self.model.freeze()

    # Paper

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

    @rule(which=WHICH, filled=st.integers(0, 21))
    def sheet_returns(self, which: int, filled: int) -> None:
        def returned(sheet: Sheet) -> str | None:
            return sheet.returned(filled)

        self.enter(which, f"returned {filled}", returned)

    @rule(which=WHICH, valid=st.integers(0, 15), double=st.integers(0, 3), other=st.integers(0, 2))
    def sheet_is_checked(self, which: int, valid: int, double: int, other: int) -> None:
        def checked(sheet: Sheet) -> str | None:
            return sheet.checked(valid, {"double": double, "other": other})

        self.enter(which, f"checked {valid} double {double} other {other}", checked)

    @rule(which=WHICH, is_lost=st.booleans())
    def sheet_doesnt_count(self, which: int, is_lost: bool) -> None:
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
        self.run(sheets.set_counted_by, VERA, self.place, self.election, counts)
        self.model.counts_from_now_on, self.model.is_paper_due = counts, True

    @rule(which=WHICH, number=st.integers(0, 15))
    def officials_answer(self, which: int, number: int) -> None:
        row = self.row(which)
        if row in self.model.stands:
            self.run(sheets.set_accepted, VERA, self.place, row, number)
            self.model.stands[row].accepted, self.model.is_paper_due = number, True

    @rule(which=WHICH)
    @precondition(lambda self: self.deeds > 15)
    def file_signatures(self, which: int) -> None:
        row = self.row(which)
        if row in self.model.stood:
            why = self.refused(ending.file_candidate, VERA, self.place, row)
            assert why == self.model.file(row)

    # What nobody wishes for

    @rule(which=WHICH)
    @precondition(lambda self: self.model.is_open)
    def plant(self, which: int) -> None:
        """Somebody writes rows into the database."""
        row = self.row(which)
        if row in self.model.stood:
            self.plants += 1
            planted = {
                "election_id": self.election,
                "person_tag": self.plants.to_bytes(16, "big"),
                "candidate_id": row,
                "mac": bytes(16),
            }
            self.run(lambda work: work.session.execute(insert(Signature).values(**planted)))
            self.model.planted[row] += 1

    @rule(which=st.integers(0, 20), turned_to=st.one_of(st.none(), WHICH))
    @precondition(lambda self: self.model.is_open and self.model.signed)
    def spoil(self, which: int, turned_to: int | None) -> None:
        """Somebody writes into a row: its code, or for whom it is."""
        pairs = sorted(self.model.signed)
        number, row = pairs[which % len(pairs)]
        for_whom = row if turned_to is None else self.row(turned_to)
        if for_whom == 1:
            return
        changes = {"mac": b"?" * 16} if for_whom == row else {"candidate_id": for_whom}

        def write(work: UnitOfWork) -> None:
            election = elections.get(work.session, self.election)
            assert election is not None
            tag = open_keys(work, election).signer_tag(Person(number), row)
            found = update(Signature).where(col(Signature.person_tag) == tag)
            work.session.execute(found.values(**changes))

        self.run(write)
        self.model.spoil(number, row, for_whom)

    @rule(person=PEOPLE)
    def spoil_and_go_on(self, person: Person) -> None:
        """Who finds their row spoilt does what they came for."""
        mine = sorted(self.model.signed)
        place = next((i for i, (who, _) in enumerate(mine) if who == person.id), None)
        if self.model.is_open and place is not None:
            self.spoil(place, None)
            self.sign(person, 0, None)

    @rule(person=PEOPLE)
    def crash(self, person: Person) -> None:
        def begun(work: UnitOfWork) -> None:
            if self.model.is_open and not self.model.spoilt_of(person.id or 0):
                signing.withdraw(work, person, self.place, self.election)
            note_buildings(work, VERA, self.place, "Z: 7")
            raise Crash

        with pytest.raises(Crash):
            self.run(begun)
        self.desk.database.close()
        self.desk.open()

    @rule()
    def migrate(self) -> None:
        number = self.place.telegram_id or 0
        self.run(move_chat, number, number - 1)
        self.place = Place(number - 1)

    @rule(person=PEOPLE)
    def reach_into_another_chat(self, person: Person) -> None:
        """Its buttons, forged here; and this one's, forged there."""
        unknown = "frame.refused.unknown_thing"
        at = (self.place, 2)
        both = frozenset({1, 6})
        assert self.refused(signing.sign, person, *at, 2) == unknown
        foreign = unknown if self.model.is_open else "elections.refused.closed"
        assert self.refused(signing.sign, person, self.place, self.election, 2) == foreign
        assert self.refused(signing.withdraw, person, *at) == unknown
        assert self.refused(candidates.leave, Person(2), *at) == unknown
        assert self.refused(acts.ask, VERA, *at, Act.CLOSE, both) == unknown
        assert self.refused(remove_building, VERA, *at, 1) == unknown
        assert self.refused(sheets.set_counted_by, VERA, *at, "online") == unknown
        assert self.refused(sheets.set_accepted, VERA, *at, 9) == unknown
        assert self.refused(ending.file_candidate, VERA, *at) == unknown
        assert self.refused(signing.withdraw, person, ELSEWHERE, self.election) == unknown

    # Time, and the end

    @rule()
    def a_moment_passes(self) -> None:
        self.time_passes(timedelta(minutes=2))

    @rule()
    def an_hour_passes(self) -> None:
        self.time_passes(timedelta(hours=1))

    @rule()
    def a_day_passes(self) -> None:
        self.time_passes(timedelta(days=1))

    def time_passes(self, time: timedelta) -> None:
        self.desk.now += time
        self.run(standing.move_due_bases)
        self.run(ending.move_due)
        self.model.a_moment_passes(self.desk.now)
        if time >= timedelta(hours=1):
            self.run(candidates.recount_some)
            self.run(candidates.forget_old)
            self.model.an_hour_passes(self.desk.now)

    @rule(forgets=st.booleans())
    @precondition(lambda self: self.deeds > 25)  # a story first
    def close(self, forgets: bool) -> None:
        if self.model.is_open:
            self.run(closing.close, VERA, self.place, self.election)
            self.model.close(self.desk.now)
        if forgets:
            self.run(ending.forget_people, VERA, self.place, self.election)
            self.model.forget()

    def wanted_base(self, session: Session) -> kept_acts.PendingAct | None:
        return kept_acts.find_waiting(session, self.election, Act.BASE)

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            self.desk.database.close()
            shutil.rmtree(self.desk.folder, ignore_errors=True)
