"""What follows when a number that others see moves: its day is kept, a milestone told, buildings counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from bot.domain.elections.building_numbers import stepped
from bot.domain.elections.milestones import passed
from bot.domain.elections.thresholds import whole_steps
from bot.store import UnitOfWork
from handlers.elections.heart.posts import MILESTONE_POST, post
from storage.elections import candidates, elections, progress
from storage.elections.candidates import CandidateRow
from storage.elections.elections import ElectionRow


def note_shown(work: UnitOfWork, election: ElectionRow, candidate: CandidateRow) -> None:
    """A candidate's public number was set: remember it, and tell of a milestone that was never passed.

    Of several at once only the last is told. The post goes out where it is still true, and not where the
    target itself is reached: that has a post of its own.
    """
    today = work.today(election.chat_id)
    shown, needed = elections.counted(election, candidate), elections.needed_by(election)
    progress.keep_day(work.session, candidate.id, today, shown)
    noted = [
        progress.pass_milestone(work.session, candidate.id, percent)
        for percent in passed(shown, needed)
    ]
    milestone_id = noted[-1] if noted else None
    if milestone_id is not None:
        key = f"{MILESTONE_POST}:{milestone_id}"
        post(work, election, MILESTONE_POST, milestone_id, key=key, is_self_timed=True)


def move_building(
    work: UnitOfWork, election: ElectionRow, candidate_id: int, building_id: int | None, *, by: int
) -> None:
    """Count one signature more or less in its building; None is a building that isn't listed."""
    if building_id is None:
        return
    election_id = election.id
    progress.count_in_building(work.session, election_id, building_id, candidate_id, by)
    _show_building(work, election, building_id)


def recount_buildings(
    work: UnitOfWork, election: ElectionRow, counted: Counter[tuple[int, int | None]]
) -> None:
    """Put the numbers of buildings right by signatures that were looked through, of each candidate in
    each building."""
    listed = {
        (candidate_id, building_id): number
        for (candidate_id, building_id), number in counted.items()
        if building_id is not None
    }
    for building_id in progress.recount(work.session, election.id, listed):
        _show_building(work, election, building_id)


def drop_candidate(work: UnitOfWork, election: ElectionRow, candidate_id: int) -> None:
    """A candidate left, and with them the signatures for them, in every building."""
    election_id = election.id
    for building_id in progress.drop_counts_of(work.session, election_id, candidate_id):
        _show_building(work, election, building_id)


def _show_building(work: UnitOfWork, election: ElectionRow, building_id: int) -> None:
    at = (election.id, building_id)
    row = progress.shown_in(work.session, *at)
    by_candidate = progress.signed_in_building(work.session, *at)
    row.shown = stepped(row.shown, _in_building(election, by_candidate))
    progress.save(work.session, row)


def _in_building(election: ElectionRow, by_candidate: Iterable[int]) -> int:
    """How many signed in a building. Where one person may sign for each candidate, at least as many as
    for the most signed one: the sum would move by five for a single neighbour."""
    return max(by_candidate, default=0) if election.for_each else sum(by_candidate)


def finalise(
    work: UnitOfWork, election: ElectionRow, counted: Counter[tuple[int, int | None]]
) -> None:
    """The election ends: the public numbers are final, and the true ones of buildings are forgotten.

    As candidates are counted once more, buildings are: by the signatures that the bot wrote, of each
    candidate in each building.
    """
    election_id = election.id
    today = work.today(election.chat_id)
    for candidate in candidates.of_election(work.session, election_id):
        progress.keep_day(work.session, candidate.id, today, elections.counted(election, candidate))
    for row in progress.all_shown(work.session, election_id):
        by_candidate = [n for (_, building), n in counted.items() if building == row.building_id]
        row.shown = whole_steps(_in_building(election, by_candidate))
        progress.save(work.session, row)
    progress.forget_counts(work.session, election_id)
