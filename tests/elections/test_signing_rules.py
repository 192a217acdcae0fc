"""Anything that a yard may do in an election, in any order, against a plain model of who stands and signs."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import insert
from sqlmodel import select

from bot.domain.refusal import Refused
from bot.domain.thresholds import STEP
from bot.drafts import keep_draft
from bot.place import Person, Place, move_chat
from bot.privacy import Keys
from bot.store import Defaults, UnitOfWork
from handlers.chats.use_cases import arrive
from handlers.elections import beginning, closing, signing
from handlers.elections import use_cases as standing
from handlers.elections.candidates import use_cases as candidates
from storage import elections
from storage.database import Database
from storage.elections import Candidate, Election
from storage.electors import Joiner
from storage.signatures import Signature
from tests.yard import NOON

T = TypeVar("T")

VERA = Person(1)
PEOPLE = st.integers(2, 5).map(Person)
STANDING = st.integers(1, 3)
MASTER = bytes(range(32))


class Yard(RuleBasedStateMachine):
    """One election in one chat. The model: who stands under which row, who signed whom, who came late."""

    template: Path

    @initialize(for_each=st.booleans(), newcomers_sign=st.booleans())
    def begin(self, for_each: bool, newcomers_sign: bool) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="dvor-rules-"))
        shutil.copy(self.template, self.folder / "dvor.sqlite3")
        self.open_database()
        self.now = NOON
        self.chat = -100
        self.for_each, self.newcomers_sign = for_each, newcomers_sign
        self.stands: dict[int, int] = {}  # person -> row
        self.signed: set[tuple[int, int]] = set()  # person, row
        self.late: set[int] = set()
        self.frozen: set[int] = set()
        self.planted = 0
        self.is_open = True
        self.run(arrive, self.place, "en", administrator=True, occasion=1)
        draft = self.run(beginning.draft_election, VERA, self.place, "40 Representative")
        self.run(
            beginning.choose_electors,
            VERA,
            self.place,
            draft,
            for_each=for_each,
            newcomers_sign=newcomers_sign,
        )
        self.election = self.run(beginning.publish, VERA, self.place, draft)
        self.deeds = 0
        for number in (2, 3):
            self.stand(Person(number), number)
        assert len(self.stands) == 2

    def open_database(self) -> None:
        self.database = Database(f"sqlite:///{self.folder / 'dvor.sqlite3'}")

    @property
    def place(self) -> Place:
        return Place(self.chat)

    def run(self, use_case: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """As the store runs it."""

        def transaction(session: Any) -> T:
            defaults = Defaults("en", "Europe/Minsk")
            work = UnitOfWork(session, self.now, Keys(MASTER), defaults)
            return use_case(work, *args, **kwargs)

        return self.database.write_now(transaction)

    def refused(self, use_case: Callable[..., Any], *args: Any) -> str | None:
        """Why it was refused; None where it was done."""
        try:
            self.run(use_case, *args)
        except Refused as refused:
            return refused.text
        return None

    def signed_by(self, person: Person) -> set[int]:
        return {row for who, row in self.signed if who == person.id}

    @rule(person=PEOPLE, number=st.integers(0, 99))
    @precondition(lambda self: self.is_open)
    def stand(self, person: Person, number: int) -> None:
        try:
            draft = self.run(standing.draft_standing, person, self.place, f"Name {number}")
            self.run(standing.stand, person, self.place, draft, self.election)
        except Refused:
            return
        self.stands[person.id or 0] = self.rows()[-1].id or 0

    @rule(person=PEOPLE, which=st.integers(1, 2))
    def sign_for_one_of_the_first(self, person: Person, which: int) -> None:
        self.sign(person, which)

    @rule(person=PEOPLE, which=STANDING)
    def sign(self, person: Person, which: int) -> None:
        why = self.refused(signing.sign, person, self.place, self.election, which)
        mine = self.signed_by(person)
        if not self.is_open:
            assert why == "elections.refused.closed"
        elif which not in self.stands.values():
            assert why in ("frame.refused.unknown_thing", "candidates.refused.gone")
        elif which in mine:
            assert why is None
        elif mine and not self.for_each:
            assert why == "elections.refused.signed_for_other"
        elif not mine and person.id in self.late:
            assert why == "candidates.refused.newcomer"
        else:
            assert why is None
            self.signed.add((person.id or 0, which))
            self.frozen.add(which)

    @rule(person=PEOPLE, which=st.one_of(st.none(), STANDING))
    def withdraw(self, person: Person, which: int | None) -> None:
        why = self.refused(signing.withdraw, person, self.place, self.election, which)
        assert why == (None if self.is_open else "elections.refused.closed")
        if self.is_open:
            taken = {(who, row) for who, row in self.signed if which in (None, row)}
            self.signed -= {(who, row) for who, row in taken if who == person.id}

    @rule(person=PEOPLE)
    def leave_candidacy(self, person: Person) -> None:
        why = self.refused(candidates.leave, person, self.place, self.election)
        row = self.stands.get(person.id or 0)
        if not self.is_open:
            assert why == "elections.refused.closed"
        elif row is None:
            assert why == "candidates.refused.not_standing"
        else:
            assert why is None
            del self.stands[person.id or 0]
            self.signed = {pair for pair in self.signed if pair[1] != row}

    @rule(person=PEOPLE, number=st.integers(100, 199))
    @precondition(lambda self: self.is_open)
    def change_words(self, person: Person, number: int) -> None:
        row = self.stands.get(person.id or 0)
        data = {"election": self.election, "is_new": False, "name": f"N {number}", "statement": "!"}

        def keep(work: UnitOfWork) -> int:
            chat_id = work.session.exec(select(Election.chat_id)).one()
            return keep_draft(work, person, chat_id, candidates.WORDS_FLOW, data)

        why = self.refused(candidates.save_words, person, self.place, self.run(keep))
        if row is None:
            assert why == "candidates.refused.not_standing"
        elif row in self.frozen:
            assert why == "candidates.refused.frozen"
        elif why is None:
            self.stands[person.id or 0] = self.rows()[-1].id or 0
        else:
            assert why == "elections.refused.same_name"

    @rule(person=PEOPLE)
    def join(self, person: Person) -> None:
        """Somebody new, or somebody who left and came back."""
        self.run(signing.note_joiner, person, self.place)
        if self.is_open and not self.newcomers_sign and not self.signed_by(person):
            self.late.add(person.id or 0)

    @rule(person=PEOPLE, which=st.integers(1, 2))
    def join_and_sign(self, person: Person, which: int) -> None:
        self.join(person)
        self.sign(person, which)

    @rule(may=st.booleans())
    @precondition(lambda self: self.is_open)
    def let_newcomers(self, may: bool) -> None:
        def let(work: UnitOfWork) -> None:
            candidates.let_newcomers(work, VERA, self.place, self.election, may=may)

        self.run(let)
        if may and not self.newcomers_sign:
            self.late = set()
        self.newcomers_sign = may

    @rule(which=STANDING)
    @precondition(lambda self: self.is_open)
    def plant(self, which: int) -> None:
        """Somebody writes into the database, and the hourly recount finds it."""
        if which > len(self.rows()):
            return
        self.planted += 1
        row = {
            "election_id": self.election,
            "person_tag": self.planted.to_bytes(16, "big"),
            "candidate_id": which,
            "mac": bytes(16),
        }
        self.run(lambda work: work.session.execute(insert(Signature).values(**row)))

    @rule()
    def an_hour_passes(self) -> None:
        self.now += timedelta(hours=1)
        self.run(candidates.recount_some)
        self.run(candidates.forget_old)

    @rule()
    def crash(self) -> None:
        self.database.close()
        self.open_database()

    @rule()
    def migrate(self) -> None:
        self.run(move_chat, self.chat, self.chat - 1)
        self.chat -= 1

    @rule()
    @precondition(lambda self: self.is_open and self.deeds > 25)  # a story first
    def close_and_erase(self) -> None:
        self.run(closing.close, VERA, self.place, self.election)
        self.run(erase_now, self.election)
        self.is_open = False
        self.result = {
            row: sum(pair[1] == row for pair in self.signed) for row in self.stands.values()
        }
        self.signed, self.late = set(), set()

    def rows(self) -> list[Candidate]:
        found = self.database.read_now(lambda session: list(session.exec(select(Candidate))))
        return sorted(found, key=lambda row: row.id or 0)

    @invariant()
    def the_story_goes_on(self) -> None:
        self.deeds += 1

    @invariant()
    def the_database_says_the_same(self) -> None:
        rows = [row for row in self.rows() if row.left_at is None]
        assert {row.id for row in rows} == set(self.stands.values())
        wanted = {row: sum(pair[1] == row for pair in self.signed) for row in self.stands.values()}
        counted = {row.id: row.signatures for row in rows}
        # Once who signed is forgotten, only what was shown is left.
        shown = {row.id: row.shown for row in rows}
        assert counted == (wanted if self.is_open else shown)
        true = wanted if self.is_open else self.result
        for row in rows:
            # The public number is never five or more away, save for keeping to a reached threshold.
            assert abs(row.shown - true[row.id or 0]) < STEP or row.shown == 10
        signatures = self.database.read_now(lambda s: list(s.exec(select(Signature))))
        macs = [signature for signature in signatures if signature.mac != bytes(16)]
        assert len(macs) == len(self.signed)
        assert len({signature.person_tag for signature in macs}) == len(macs)
        joiners = self.database.read_now(lambda s: list(s.exec(select(Joiner))))
        assert len(joiners) == len(self.late)
        if not self.is_open:
            assert signatures == []
            assert all(row.person_tag is None for row in self.rows())

    def teardown(self) -> None:
        if hasattr(self, "database"):
            self.database.close()
            shutil.rmtree(self.folder, ignore_errors=True)


def erase_now(work: UnitOfWork, election_id: int) -> None:
    election = elections.get(work.session, election_id)
    assert election is not None
    closing.forget(work, election)


@pytest.mark.usefixtures("log")
def test_whatever_happens_everyone_signs_once_and_the_numbers_are_true(
    sqlite_template: Path,
) -> None:
    Yard.template = sqlite_template
    run_state_machine_as_test(
        Yard,
        settings=settings(
            max_examples=15,
            stateful_step_count=40,
            suppress_health_check=list(HealthCheck),
            phases=[phase for phase in Phase if phase is not Phase.shrink],
        ),
    )
