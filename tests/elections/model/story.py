"""A yard in which anything may happen, each thing done in the database and in a plain model: how the
story begins, what befalls everyone, and how it ends.

What neighbours do is in `signing_rules.py`, what organisers count in `counting_rules.py`. Whether database
and model agree is looked at in `test_signing_rules.py`.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
)
from sqlmodel import col, select

from bot.delivery.presence import move_chat
from bot.domain.elections.acts import Act, Wanted
from bot.person.place import Person, Place
from bot.store import UnitOfWork, personally
from handlers.elections.buildings import BUILDINGS
from handlers.elections.buildings.use_cases import note_buildings, remove_building
from handlers.elections.candidates import CANDIDATES
from handlers.elections.candidates import use_cases as candidates
from handlers.elections.card import CARD_AND_NEWS
from handlers.elections.ending import ENDING
from handlers.elections.ending import use_cases as ending
from handlers.elections.heart.acts import asking
from handlers.elections.heart.acts.deeds import counted_by
from handlers.elections.paper import PAPER
from handlers.elections.paper import use_cases as sheets
from handlers.elections.signing import SIGNING
from handlers.elections.signing import use_cases as signing
from storage.elections import buildings
from storage.elections.candidates import CandidateRow
from tests.chores import all_that_is_due, done_at_once
from tests.elections.model.desk import (
    BOTH,
    ELSEWHERE,
    HERE,
    VERA,
    Desk,
    begin,
    close,
    kept_of_others,
    stand,
)
from tests.elections.model.plain_election import PlainElection
from tests.elections.model.plain_numbers import Share
from tests.yard import LogKeeper

PEOPLE = st.integers(2, 5).map(Person)
WHICH = st.integers(0, 2)
SHARES = [Share(1, 4), Share(1, 3), Share(1, 10), Share(1, 2, more_than=True)]


class Crash(Exception):
    """The process dies before the commit."""


class Story(RuleBasedStateMachine):
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
        self.run(personally(note_buildings, VERA, HERE), f"A: {size}")
        typed = f"{share.typed} Representative"
        self.election = begin(
            self.desk, HERE, typed, for_each=for_each, newcomers_sign=newcomers_sign
        )
        self.model = PlainElection(share, size, False, for_each, newcomers_sign, versions=[size])
        self.model.buildings = self.listed()
        self.plants = self.deeds = 0
        # What was last said of each building by its name.
        self.noted: dict[str, tuple[int | None, bool]] = {"A": (size, False)}
        self.others = self.desk.database.read_now(kept_of_others)
        self.log.errors.clear()
        for number in (2, 3):
            self.stand(Person(number), number)

    def listed(self) -> dict[int, tuple[int | None, bool]]:
        """The buildings of this chat, by their ids."""
        chat_id = self.desk.read(lambda work: work.chat_at(self.place).id)
        rows = self.desk.database.read_now(lambda session: buildings.of_chat(session, chat_id))
        return {row.id: (row.eligible, row.is_estimated) for row in rows}

    def row(self, which: int) -> int:
        """One of those who stand here, then of those who stood; where they are fewer, who stands in another
        election."""
        gone = sorted(self.model.stood - set(self.model.stands))
        return dict(enumerate([*sorted(self.model.stands), *gone])).get(which, 1)

    def newest_row(self) -> int:
        query = select(CandidateRow.id).order_by(col(CandidateRow.id).desc()).limit(1)
        return self.desk.database.read_now(lambda session: session.exec(query).one()) or 0

    @rule(person=PEOPLE, number=st.integers(0, 9))
    def stand(self, person: Person, number: int) -> None:
        name = f"Name {number}"
        why = self.refused(stand, person, self.place, self.election, name)
        assert why == self.model.stand(person.id or 0, name)
        if why is None:
            self.model.stands_as(self.newest_row(), person.id or 0, name)

    @rule(person=PEOPLE)
    def crash(self, person: Person) -> None:
        def begun(work: UnitOfWork) -> None:
            if self.model.is_open and not self.model.spoilt_of(person.id or 0):
                signing.withdraw(work.done_by(person, self.place), self.election)
            note_buildings(work.done_by(VERA, self.place), "Z: 7")
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

        def refused(use_case: Callable[..., Any], who: Person, *args: Any) -> str | None:
            return self.refused(personally(use_case, who, self.place, BOTH), *args)

        assert refused(signing.sign, person, 2, 2) == unknown
        foreign = unknown if self.model.is_open else "elections.refused.closed"
        assert refused(signing.sign, person, self.election, 2) == foreign
        assert refused(signing.withdraw, person, 2) == unknown
        assert refused(candidates.leave, Person(9), 2) == unknown
        assert refused(asking.ask, VERA, 2, Wanted(Act.CLOSE)) == unknown
        assert refused(remove_building, VERA, 2, 1) == unknown
        assert refused(asking.ask, VERA, 2, counted_by("online")) == unknown
        assert refused(sheets.set_accepted, VERA, 2, 9) == unknown
        assert refused(ending.file_candidate, VERA, 2) == unknown
        assert (
            self.refused(personally(signing.withdraw, person, ELSEWHERE), self.election) == unknown
        )

    @rule(minutes=st.sampled_from([2, 60]))
    def some_time_passes(self, minutes: int) -> None:
        self.time_passes(timedelta(minutes=minutes))

    @rule()
    def a_day_passes(self) -> None:
        self.time_passes(timedelta(days=1))

    def time_passes(self, time: timedelta) -> None:
        self.desk.now += time
        self.run(all_that_is_due(CARD_AND_NEWS, BUILDINGS, PAPER, ENDING))
        self.model.a_moment_passes(self.desk.now)
        if time >= timedelta(hours=1):
            self.run(done_at_once(SIGNING.hourly))
            self.run(done_at_once(CANDIDATES.hourly))
            self.model.an_hour_passes(self.desk.now)

    @rule(forgets=st.booleans())
    @precondition(lambda self: self.deeds > 25)  # a story first
    def close(self, forgets: bool) -> None:
        if self.model.is_open:
            self.run(close, self.election)
            self.model.close(self.desk.now)
        if forgets:
            self.run(personally(ending.forget_people, VERA, self.place), self.election)
            self.model.forget()

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            self.desk.database.close()
            shutil.rmtree(self.desk.folder, ignore_errors=True)
