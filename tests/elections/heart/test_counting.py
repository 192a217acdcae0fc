"""Signing and withdrawing against a plain model, through the use cases on a real SQLite file."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Concatenate, ParamSpec, TypeVar

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlmodel import Session, select
from sqlmodel.sql.expression import SelectOfScalar

from bot.domain.elections.acts import Act, Wanted
from bot.domain.elections.thresholds import public_count
from bot.domain.refusal import Refused
from bot.person.place import Person, Place, Rights
from bot.safety.keys import Keys
from bot.store import Defaults, UnitOfWork, personally
from handlers.elections.announcing.use_cases import draft_election, publish
from handlers.elections.buildings import BUILDINGS
from handlers.elections.buildings.use_cases import note_buildings
from handlers.elections.candidates.standing import draft_standing, stand
from handlers.elections.card import CARD_AND_NEWS
from handlers.elections.ending import ENDING
from handlers.elections.heart.acts.asking import ask
from handlers.elections.heart.posts import REACHED_POST
from handlers.elections.heart.reach import load_card
from handlers.elections.signing import use_cases as signing
from storage.database import Database
from storage.delivery.cards import CardRow
from storage.delivery.cards import add as add_card
from storage.delivery.outbox import OutboxRow
from storage.elections import bases, elections
from storage.elections.candidates import CandidateRow
from storage.elections.elections import Election
from storage.elections.signatures import SignatureRow
from tests.chores import all_that_is_due
from tests.elections.model.desk import close

P = ParamSpec("P")
T = TypeVar("T")

_groups = itertools.count()

VERA = Person(7_000_001)
NEIGHBOURS = [Person(8_000_000 + number) for number in range(12)]
NOON = datetime(2026, 10, 21, 9, 0, tzinfo=UTC)


class Campaign(RuleBasedStateMachine):
    """Twelve neighbours and three candidates; a threshold low enough to be crossed both ways. Nothing public
    moves with a signature."""

    def __init__(self, database: Database) -> None:
        super().__init__()
        self.database = database
        self.keys = Keys(bytes(32))

    @initialize(base=st.integers(1, 32))
    def begin(self, base: int) -> None:
        # One database for all examples, a group for each.
        self.yard = Place(-100_000 - next(_groups))
        self.run(personally(note_buildings, VERA, self.yard), f"House: {base}")
        draft = self.run(personally(draft_election, VERA, self.yard), "Representative")
        self.election = self.run(personally(publish, VERA, self.yard), draft)
        self.run(self._put_card)
        for number, person in enumerate(NEIGHBOURS[:3]):
            draft = self.run(personally(draft_standing, person, self.yard), f"Candidate {number}")
            self.run(personally(stand, person, self.yard), draft, self.election)
        self.needed = -(-base // 4)
        self.candidates = [row.id for row in self.shown_to_all().candidates]
        self.shown = dict.fromkeys(self.candidates, 0)
        self.published = dict.fromkeys(self.candidates, 0)
        self.signed: dict[Person, int] = {}
        self.posts = 0
        self.base = base
        self.is_over = self.is_frozen = False
        self.changes = self.card_changes()

    @rule(person=st.sampled_from(NEIGHBOURS), which=st.integers(0, 2))
    def sign(self, person: Person, which: int) -> None:
        candidate = self.candidates[which]
        if self.is_over or self.signed.get(person, candidate) != candidate:
            with pytest.raises(Refused):
                self.run(personally(signing.sign, person, self.yard), self.election, candidate)
        elif person in self.signed:
            self.run(personally(signing.sign, person, self.yard), self.election, candidate)
            assert self.card_changes() == self.changes
        else:
            self.sign_in_turn([person], candidate)

    @precondition(lambda self: not self.is_over)
    @rule(which=st.integers(0, 2))
    def everyone_free_signs(self, which: int) -> None:
        self.sign_in_turn([p for p in NEIGHBOURS if p not in self.signed], self.candidates[which])

    @rule(person=st.sampled_from(NEIGHBOURS))
    def withdraw(self, person: Person) -> None:
        if self.is_over:
            with pytest.raises(Refused):
                self.run(personally(signing.withdraw, person, self.yard), self.election)
            return
        self.withdraw_in_turn([person])

    @precondition(lambda self: not self.is_over)
    @rule(most=st.integers(5, 12))
    def many_withdraw(self, most: int) -> None:
        self.withdraw_in_turn(list(self.signed)[:most])

    @rule(base=st.integers(1, 48))
    def others_live_here(self, base: int) -> None:
        """The steps begin anew where another number is needed, and a threshold may be reached by it;
        a day after the change, in which it could have been stopped."""
        self.run(personally(note_buildings, VERA, self.yard), f"house: {base}")
        self.run_later(all_that_is_due(BUILDINGS))
        if self.is_over or self.is_frozen or base == self.base:
            return
        self.run_later(all_that_is_due(ENDING), timedelta(hours=25))
        self.base, needed_before = base, self.needed
        self.needed = -(-base // 4)
        self.changes += 2  # it is wanted; it is over, and with that there is another base
        for candidate in self.candidates if self.needed != needed_before else ():
            before = self.shown[candidate]
            public = public_count(0, self.published[candidate], self.needed)
            self.shown[candidate] = public.shown
            self.posts += public.reached and before < needed_before
        assert self.card_changes() == self.changes

    @precondition(lambda self: not self.is_over and not self.is_frozen and len(self.signed) > 3)
    @rule()
    def freeze(self) -> None:
        both = Rights(organisers=frozenset({VERA.id or 0, NEIGHBOURS[0].id or 0}))
        for organiser in (VERA, NEIGHBOURS[0]):
            self.run(personally(ask, organiser, self.yard, both), self.election, Wanted(Act.FREEZE))
        self.is_frozen = True
        self.changes += 2  # it is wanted; it is over, and with that it is frozen

    @precondition(lambda self: not self.is_over)
    @rule()
    def an_hour_comes(self) -> None:
        """The card must be drawn again, once, exactly when a number moves."""
        self.run_later(all_that_is_due(CARD_AND_NEWS), timedelta(hours=1))
        before = dict(self.shown)
        for candidate in self.candidates:
            number = self.number(candidate)
            if number != self.published[candidate]:
                self.published[candidate] = number
                public = public_count(self.shown[candidate], number, self.needed)
                self.posts += public.reached and self.shown[candidate] < self.needed
                self.shown[candidate] = public.shown
        self.changes += before != self.shown
        assert self.card_changes() == self.changes

    @invariant()
    def the_base_is_the_latest_count(self) -> None:
        row = self.shown_to_all()
        assert (row.base, row.needed) == (self.base, self.needed)
        assert self.read(lambda work: bases.of_election(work.session, row.id))[-1] == self.base

    @precondition(lambda self: not self.is_over and len(self.signed) > 8)
    @rule()
    def end(self) -> None:
        self.run(close, self.election)
        self.is_over = True
        for candidate in self.candidates:
            self.shown[candidate] = public_count(0, self.number(candidate), self.needed).shown

    @invariant()
    def the_counter_is_the_number_of_rows(self) -> None:
        of_this = CandidateRow.election_id == self.election
        counted = {row.id: row.signatures for row in self.rows(select(CandidateRow).where(of_this))}
        assert counted == {candidate: self.number(candidate) for candidate in self.candidates}
        stored = self.rows(select(SignatureRow).where(SignatureRow.election_id == self.election))
        assert sorted(row.candidate_id for row in stored) == sorted(self.signed.values())

    @invariant()
    def the_public_sees_steps(self) -> None:
        candidates = self.shown_to_all().candidates
        assert {row.id: row.shown for row in candidates} == self.shown
        reached = {which: shown >= self.needed for which, shown in self.shown.items()}
        assert {row.id: row.reached for row in candidates} == reached

    @invariant()
    def each_crossing_is_posted_once(self) -> None:
        posts = self.rows(select(OutboxRow).where(OutboxRow.kind == REACHED_POST))
        assert sum(row.ref in self.candidates for row in posts) == self.posts

    @invariant()
    def each_sees_their_own(self) -> None:
        if not self.is_over:
            assert self.read(self._own_views) == self.signed

    def sign_in_turn(self, people: list[Person], candidate: int) -> None:
        """In one transaction, for speed."""

        def all_sign(work: UnitOfWork) -> None:
            for person in people:
                signing.sign(work.done_by(person, self.yard), self.election, candidate)

        self.run(all_sign)
        for person in people:
            self.signed[person] = candidate
        assert self.card_changes() == self.changes

    def withdraw_in_turn(self, people: list[Person]) -> None:
        def all_withdraw(work: UnitOfWork) -> None:
            for person in people:
                signing.withdraw(work.done_by(person, self.yard), self.election)

        self.run(all_withdraw)
        for person in people:
            self.signed.pop(person, None)
        assert self.card_changes() == self.changes

    def number(self, candidate: int) -> int:
        return sum(signed == candidate for signed in self.signed.values())

    def run(
        self, use_case: Callable[Concatenate[UnitOfWork, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        return self.database.write_now(
            lambda session: use_case(self._work(session), *args, **kwargs)
        )

    def run_later(
        self, use_case: Callable[[UnitOfWork], None], after: timedelta = timedelta(minutes=5)
    ) -> None:
        """Some time later, when what was put off is due."""
        later = NOON + after
        self.database.write_now(lambda session: use_case(self._work(session, later)))

    def read(
        self, query: Callable[Concatenate[UnitOfWork, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        return self.database.read_now(lambda session: query(self._work(session), *args, **kwargs))

    def rows(self, query: SelectOfScalar[T]) -> list[T]:
        return self.database.read_now(lambda session: list(session.exec(query)))

    def shown_to_all(self) -> Election:
        row = self.read(load_card, self.election)
        assert row is not None
        return row

    def card_changes(self) -> int:
        (card,) = self.rows(
            select(CardRow).where(CardRow.kind == elections.CARD, CardRow.ref == self.election)
        )
        return card.changes

    def _own_views(self, work: UnitOfWork) -> dict[Person, int]:
        views = {
            person: signing.own_view(work.done_by(person, self.yard), self.election)
            for person in NEIGHBOURS
        }
        return {person: own.signed_for.id for person, own in views.items() if own.signed_for}

    def _put_card(self, work: UnitOfWork) -> None:
        """As if the card had been posted."""
        row = load_card(work, self.election)
        assert row is not None
        add_card(
            work.session,
            CardRow(kind=elections.CARD, ref=row.id, chat_id=row.chat_id, message_id=1),
        )

    def _work(self, session: Session, now: datetime = NOON) -> UnitOfWork:
        return UnitOfWork(session, now, self.keys, Defaults("en", "Europe/Minsk"))


@pytest.mark.hypothesis
def test_counting_against_a_plain_model(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    run_state_machine_as_test(
        lambda: Campaign(database),  # type: ignore[arg-type]  # it takes any factory
        settings=settings(
            max_examples=15,
            stateful_step_count=20,
            # The database is shared by all stories, so that one told anew isn't the same.
            phases=[phase for phase in Phase if phase is not Phase.shrink],
        ),
    )
    database.close()
