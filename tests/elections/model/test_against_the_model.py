"""Whatever a yard does in an election, the database says what a plain model says; and the elections
beside it stay as they were."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import invariant, run_state_machine_as_test
from sqlmodel import Session, col, select

from bot.domain.elections.paper.ledger import Numbers
from handlers.elections.heart.posts import REACHED_POST, UNDONE_POST
from storage.delivery.outbox import OutboxRow
from storage.elections import bases, candidates, elections, paper
from storage.elections.electors import JoinerRow
from storage.elections.progress import BuildingCountRow, BuildingShownRow
from storage.elections.signatures import SignatureRow
from tests.elections.model.counting_rules import CountingRules
from tests.elections.model.desk import Desk, kept_of_others, let_others_vote
from tests.elections.model.plain_numbers import STEP
from tests.elections.model.signing_rules import SigningRules
from tests.yard import LogKeeper


class Yard(SigningRules, CountingRules):
    """Looks after each thing done."""

    @invariant()
    def the_database_says_the_same(self) -> None:
        self.deeds += 1
        self.desk.database.read_now(self.compare)

    def compare(self, session: Session) -> None:
        self.compare_base(session)
        self.compare_candidates(session)
        self.compare_signatures(session)
        self.compare_buildings(session)
        self.compare_paper(session)
        assert kept_of_others(session) == self.others
        assert len(self.log.errors) == self.model.faults, self.log.errors

    def compare_base(self, session: Session) -> None:
        """The base in force, what is needed of it, and what waits to change it."""
        model, election = self.model, elections.get(session, self.election)
        assert election is not None
        assert bases.of_election(session, self.election) == model.versions
        assert model.versions[-1] == election.base == model.base
        assert elections.needed_by(election) == model.needed
        assert election.is_provisional == model.is_provisional
        assert election.is_frozen == model.is_base_frozen
        assert election.base_due_at == model.base_due_at
        wanted = self.wanted_base(session)
        assert (wanted and wanted.due_at) == (model.wanted and model.wanted[1])
        assert (wanted is None) or wanted.person_tag is not None

    def compare_candidates(self, session: Session) -> None:
        """What is counted for whom, what of it is shown, and whether it is enough; each crossing is told
        once."""
        model, election = self.model, elections.get(session, self.election)
        assert election is not None
        rows = elections.plain(session, election).candidates
        assert {row.id: (row.name, row.shown, row.on_paper) for row in rows} == {
            row: (one.name, one.shown, one.on_paper) for row, one in model.stands.items()
        }
        assert {row.id: row.counted for row in rows} == {
            row: model.counted(one) for row, one in model.stands.items()
        }
        assert {row.id for row in rows if row.reached} == {
            row for row, one in model.stands.items() if model.is_reached(one)
        }
        kept = candidates.of_election(session, self.election)
        running = {row.id: row.signatures for row in kept}
        assert running == {row: one.running for row, one in model.stands.items()}
        published = {row.id: row.published for row in kept}
        assert published == {row: one.published for row, one in model.stands.items()}
        assert all(abs(row.shown - row.published) < STEP for row in kept)
        assert all((row.person_tag is None) == model.is_erased for row in kept)
        told = col(OutboxRow.kind).in_((REACHED_POST, UNDONE_POST))
        posts = Counter(session.exec(select(OutboxRow.kind, OutboxRow.ref).where(told)).all())
        for row, one in model.stands.items():
            assert (posts[REACHED_POST, row], posts[UNDONE_POST, row]) == (one.gains, one.losses)

    def compare_signatures(self, session: Session) -> None:
        """One row for each signature, no two under one tag; nobody is known once all is forgotten."""
        model = self.model
        found = self.of_this(session, SignatureRow)
        assert len({row.person_tag for row in found}) == len(found)
        spoilt = Counter(model.spoilt.values())
        signed = Counter(row for _, row in model.signed)
        assert Counter(row.candidate_id for row in found) == signed + spoilt + model.planted
        assert len(self.of_this(session, JoinerRow)) == len(model.late)

    def compare_buildings(self, session: Session) -> None:
        """What is counted in each building, and that the public number stays within its step of what it was
        at the last full hour."""
        counts = self.of_this(session, BuildingCountRow)
        found = {(row.candidate_id, row.building_id): row.signatures for row in counts}
        assert +Counter(found) == +self.model.in_building
        shown = {row.building_id: row.shown for row in self.of_this(session, BuildingShownRow)}
        for building, number in shown.items() if self.model.is_open else ():
            at_the_hour = self.model.in_building_at_the_hour.items()
            signed = [n for (_, where), n in at_the_hour if where == building]
            true = max(signed, default=0) if self.model.for_each else sum(signed)
            assert number % STEP == 0
            assert abs(number - true) < STEP

    def compare_paper(self, session: Session) -> None:
        """Four numbers of each candidate, and never more rows than paper."""
        model = self.model
        assert paper.numbers(session, self.election) == {
            row: Numbers(one.shown, model.collected(row), model.valid(row), one.accepted)
            for row, one in model.stands.items()
        }
        totals, sheets = paper.totals(session, self.election), list(model.sheets.values())
        states = Counter(sheet.state for sheet in sheets)
        assert (totals.outstanding, totals.returned) == (states["issued"], states["returned"])
        assert (totals.void, totals.issued) == (states["void"], len(sheets))
        rejected = sum((Counter(sheet.rejected) for sheet in sheets), Counter[str]())
        assert (totals.rejected.double, totals.rejected.other) == (
            rejected["double"],
            rejected["other"],
        )
        back = sum(sheet.rows for sheet in sheets if sheet.state == "returned")
        assert totals.valid + totals.rejected.total <= totals.filled <= back

    def of_this(self, session: Session, table: Any) -> list[Any]:
        query = select(table).where(table.election_id == self.election)
        return list(session.exec(query))


@pytest.mark.hypothesis
def test_whatever_happens_the_numbers_are_true_and_nobody_signs_twice(
    sqlite_template: Path, tmp_path: Path, log: LogKeeper
) -> None:
    file = tmp_path / "beside" / "dvor.sqlite3"
    file.parent.mkdir()
    shutil.copy(sqlite_template, file)
    desk = Desk(file.parent)
    let_others_vote(desk)
    desk.database.close()
    Yard.template, Yard.log = file.parent, log
    run_state_machine_as_test(
        Yard,
        settings=settings(
            max_examples=16,
            stateful_step_count=40,
            suppress_health_check=list(HealthCheck),
            phases=[phase for phase in Phase if phase is not Phase.shrink],
        ),
    )
