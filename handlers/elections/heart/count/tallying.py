"""The signatures counted from the rows themselves: those that the bot wrote, and how many it didn't.

Whoever can write to the database but has no key can add rows, spoil them, or change the running
counts. Such rows are never counted, and what they did to a count is repaired and reported.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from bot.safety.keys import Sealed
from bot.safety.logs import report_fault, report_tampering
from bot.store import UnitOfWork
from handlers.elections.heart.count.counting import (
    are_buildings_right,
    move_count,
    recount_buildings,
)
from handlers.elections.heart.count.hours import is_shown_true
from handlers.elections.heart.keys import open_keys
from storage.elections import candidates, signatures
from storage.elections.candidates import CandidateRow
from storage.elections.elections import ElectionRow
from storage.elections.signatures import Signature

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Tally:
    """How many genuine signatures stand for each candidate in each building (None: one that isn't
    listed), and how many rows aren't genuine."""

    by_cell: Counter[tuple[int, int | None]]
    foreign: int

    @property
    def by_candidate(self) -> Counter[int]:
        counted: Counter[int] = Counter()
        for (candidate_id, _), number in self.by_cell.items():
            counted[candidate_id] += number
        return counted

    @property
    def rows(self) -> int:
        """How many there are in all."""
        return self.by_cell.total() + self.foreign


def look_through(work: UnitOfWork, election: ElectionRow) -> Tally:
    """Look through every signature of an open election. Nothing is changed. Raises `Sealed`."""
    keys = open_keys(work, election)
    their_ids = {row.id for row in candidates.of_election(work.session, election.id)}
    genuine: Counter[tuple[int, int | None]] = Counter()
    foreign = 0
    for signature in signatures.of_election(work.session, election.id):
        if keys.is_genuine(signature) and signature.candidate_id in their_ids:
            genuine[signature.candidate_id, signature.building_id] += 1
        else:
            foreign += 1
    return Tally(genuine, foreign)


def keep_tally(work: UnitOfWork, election: ElectionRow, counted: Tally) -> None:
    """An election was looked through. What the bot didn't write is reported, and kept in its row for its
    organisers."""
    if counted.foreign > election.foreign_rows:
        _report_foreign(work, counted.foreign, election.id)
    election.foreign_rows = counted.foreign
    election.recounted_at = work.now
    work.session.add(election)


def is_right(work: UnitOfWork, election: ElectionRow, counted: Tally) -> bool:
    """Whether the running counts, and what is kept of foreign rows, are as they were counted."""
    by_candidate = counted.by_candidate
    return (
        counted.foreign == election.foreign_rows
        and are_buildings_right(work, election, counted.by_cell)
        and all(
            by_candidate[each.id] == each.signatures and not _is_shown_otherwise(election, each)
            for each in candidates.of_election(work.session, election.id)
        )
    )


def recount(work: UnitOfWork, election: ElectionRow) -> None:
    """Count an open election anew and put its running counts right.

    One whose key doesn't open, because its row was altered, is reported and left alone: it must not keep
    the others from their turn.
    """
    try:
        counted = look_through(work, election)
    except Sealed as error:
        _report_sealed(work, error)
        election.recounted_at = work.now
        work.session.add(election)
        return
    keep_tally(work, election, counted)
    by_candidate = counted.by_candidate
    for candidate in candidates.of_election(work.session, election.id):
        counted_now = by_candidate[candidate.id]
        difference = counted_now - candidate.signatures
        if difference or _is_shown_otherwise(election, candidate):
            _report_count(work, election.id)
            move_count(work, election, candidate.id, by=difference)
    recount_buildings(work, election, counted.by_cell)


def _is_shown_otherwise(election: ElectionRow, candidate: CandidateRow) -> bool:
    """Whether somebody else wrote what the public sees, or of how many that is: where nothing waits for the
    next hour, of as many as there are now."""
    is_stale = election.publish_at is None and candidate.published != candidate.signatures
    return is_stale or not is_shown_true(candidate)


def clear_spoilt(work: UnitOfWork, election: ElectionRow, rows: Collection[Signature]) -> None:
    """Remove rows that the bot didn't write from an open election: their owner signs anew or withdraws.

    Whether the running counts still have them can't be told from the rows alone, so everything is counted
    anew first; that also reports them where nobody has come across them yet.
    """
    if not rows:
        return
    recount(work, election)
    for row in rows:
        signatures.remove(work.session, row)
    election.foreign_rows -= len(rows)
    work.session.add(election)


def _report_foreign(work: UnitOfWork, foreign: int, election_id: int) -> None:
    work.later.report(
        lambda: report_tampering(
            logger,
            "%d rows among the signatures of election %d weren't written by the bot",
            foreign,
            election_id,
        )
    )


def _report_count(work: UnitOfWork, election_id: int) -> None:
    work.later.report(
        lambda: report_tampering(
            logger, "a running count of election %d was off and is put right", election_id
        )
    )


def _report_sealed(work: UnitOfWork, error: Sealed) -> None:
    work.later.report(lambda: report_fault(logger, "an election can't be recounted", error))
