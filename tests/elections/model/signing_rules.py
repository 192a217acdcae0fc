"""What neighbours do in an election: stand, sign, withdraw, join; and what is done to their signatures."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    precondition,
    rule,
)
from sqlalchemy import insert, update
from sqlmodel import col

from bot.domain.refusal import Refused
from bot.person.drafts import keep_draft
from bot.person.place import NOBODY, PRIVATE, Person
from bot.store import PersonalWork, UnitOfWork, personally
from handlers.elections.candidates import use_cases as candidates
from handlers.elections.candidates.standing import WORDS_FLOW
from handlers.elections.heart.acts.asking import ask
from handlers.elections.heart.acts.deeds import newcomers
from handlers.elections.heart.keys import open_keys
from handlers.elections.signing import use_cases as signing
from storage.elections import elections
from storage.elections.signatures import SignatureRow
from tests.elections.model.desk import BOTH, VERA
from tests.elections.model.story import PEOPLE, WHICH, Story

CROWD = [Person(number) for number in range(10, 20)]


class SigningRules(Story):
    """Each thing done is done in the model too."""

    @rule(person=PEOPLE, number=st.integers(0, 9))
    def change_words(self, person: Person, number: int) -> None:
        name = f"Name {number}"
        data = {"election": self.election, "is_new": False, "name": name, "statement": "!"}

        def change(work: UnitOfWork) -> None:
            chat_id = work.chat_at(self.place).id
            draft = keep_draft(work.done_by(person, PRIVATE), chat_id, WORDS_FLOW, data)
            candidates.save_words(work.done_by(person, self.place), draft)

        why = self.refused(change)
        assert why == self.model.change_words(person.id or 0, name)
        if why is None:
            self.model.stands_as(self.newest_row(), person.id or 0, name)

    @rule(person=PEOPLE)
    def leave_candidacy(self, person: Person) -> None:
        why = self.refused(personally(candidates.leave, person, self.place), self.election)
        assert why == self.model.leave(person.id or 0)

    @rule(person=PEOPLE, which=WHICH, house=st.one_of(st.none(), WHICH))
    def sign(self, person: Person, which: int, house: int | None) -> None:
        row = self.row(which)
        # Where there are not so many, or it was taken off the list: one of the other chat.
        building = None if house is None else dict(enumerate(self.model.buildings)).get(house, 1)

        def sign(work: PersonalWork) -> None:
            """What one is shown after it is what stands."""
            view = signing.sign(work, self.election, row, building)
            assert view == signing.own_view(work, self.election)

        why = self.refused(personally(sign, person, self.place))
        assert why == self.model.sign(person.id or 0, row, building, self.desk.now)

    @rule(person=PEOPLE, which=st.one_of(st.none(), WHICH))
    def withdraw(self, person: Person, which: int | None) -> None:
        row = None if which is None else self.row(which)

        def withdraw(work: PersonalWork) -> None:
            """The same; whom nothing is shown, they may not look either."""
            if row is None:
                signing.withdraw(work, self.election)
                return
            view = signing.withdraw_from(work, self.election, row)
            if view is None:
                with pytest.raises(Refused, match="newcomer"):
                    signing.own_view(work, self.election)
            else:
                assert view == signing.own_view(work, self.election)

        why = self.refused(personally(withdraw, person, self.place))
        assert why == self.model.withdraw(person.id or 0, row, self.desk.now)

    @rule(which=WHICH, number=st.integers(3, len(CROWD)))
    @precondition(lambda self: self.model.is_open and self.model.stands)
    def a_crowd_signs(self, which: int, number: int) -> None:
        row = sorted(self.model.stands)[which % len(self.model.stands)]
        free = [p for p in CROWD if self.model.for_each or not self.model.signed_by(p.id or 0)]

        def all_sign(work: UnitOfWork) -> None:
            for person in free[:number]:
                signing.sign(work.done_by(person, self.place), self.election, row)

        self.run(all_sign)
        for person in free[:number]:
            assert self.model.sign(person.id or 0, row, None, self.desk.now) is None

    @rule(number=st.integers(3, len(CROWD)))
    @precondition(lambda self: self.model.is_open)
    def a_crowd_withdraws(self, number: int) -> None:
        def all_withdraw(work: UnitOfWork) -> None:
            for person in CROWD[:number]:
                signing.withdraw(work.done_by(person, self.place), self.election)

        self.run(all_withdraw)
        for person in CROWD[:number]:
            self.model.withdraw(person.id or 0, None, self.desk.now)

    @rule(person=PEOPLE)
    def look(self, person: Person) -> None:
        """Each sees what they signed themselves, and newcomers that they can't."""
        number = person.id or 0
        mine = self.model.signed_by(number)
        if not self.model.is_open or self.model.is_barred(number):
            key = (
                "candidates.refused.newcomer" if self.model.is_open else "elections.refused.closed"
            )
            assert (
                self.refused(personally(signing.own_view, person, self.place), self.election) == key
            )
        else:
            view = self.desk.read(personally(signing.own_view, person, self.place), self.election)
            assert view.signed == mine

    @rule(person=PEOPLE)
    def join(self, person: Person) -> None:
        """Somebody new, or somebody who left and came back."""
        self.run(personally(signing.note_joiner, NOBODY, self.place), person)
        self.model.join(person.id or 0)

    @rule(person=PEOPLE, which=WHICH)
    def join_and_sign(self, person: Person, which: int) -> None:
        self.join(person)
        self.sign(person, which, None)

    @rule(may=st.booleans())
    @precondition(lambda self: self.model.is_open)
    def let_newcomers(self, may: bool) -> None:
        for who in (VERA, Person(6)):
            self.run(personally(ask, who, self.place, BOTH), self.election, newcomers(may=may))
        self.model.let_newcomers(may=may)

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
            self.run(lambda work: work.session.execute(insert(SignatureRow).values(**planted)))
            self.model.planted[row] += 1

    @rule(which=st.integers(0, 20), turned_to=st.one_of(st.none(), WHICH), signs=st.booleans())
    @precondition(lambda self: self.model.is_open and self.model.signed)
    def spoil(self, which: int, turned_to: int | None, signs: bool) -> None:
        """Somebody writes into a row: its code, or for whom it is. Its owner may come at once."""
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
            found = update(SignatureRow).where(col(SignatureRow.person_tag) == tag)
            work.session.execute(found.values(**changes))

        self.run(write)
        self.model.spoil(number, row, for_whom)
        if signs:
            self.sign(Person(number), which % 3, None)
