"""The count of a candidate's signatures, and what the public sees of it."""

from __future__ import annotations

from collections import Counter

from bot.domain.elections.buildings import Count
from bot.domain.elections.paper.ledger import on_paper, online_target
from bot.domain.elections.thresholds import public_count
from bot.store import UnitOfWork
from handlers.elections.heart.count.hours import publish_if_due, target_of, tell, wait_for_hour
from handlers.elections.heart.posts import BASE_POST, post
from storage.elections import bases, buildings, candidates, elections, paper, progress
from storage.elections.candidates import CandidateRow
from storage.elections.elections import ElectionRow


def move_count(
    work: UnitOfWork,
    election: ElectionRow,
    candidate_id: int,
    *,
    by: int,
    building_id: int | None = None,
) -> None:
    """Count one more or less, in its building where that is listed. Nothing that others can see changes
    before the next full hour."""
    publish_if_due(work, election)
    candidates.count(work.session, candidate_id, by)
    if building_id is not None:
        progress.count_in_building(work.session, election.id, building_id, candidate_id, by)
    wait_for_hour(work, election)


def recount_buildings(
    work: UnitOfWork, election: ElectionRow, counted: Counter[tuple[int, int | None]]
) -> None:
    """Put the numbers of buildings right by signatures that were looked through, of each candidate in
    each building."""
    if progress.recount(work.session, election.id, _in_buildings(counted)):
        wait_for_hour(work, election)


def are_buildings_right(
    work: UnitOfWork, election: ElectionRow, counted: Counter[tuple[int, int | None]]
) -> bool:
    """Whether the numbers of buildings are as they were counted."""
    return not progress.miscounted(work.session, election.id, _in_buildings(counted))


def _in_buildings(counted: Counter[tuple[int, int | None]]) -> dict[tuple[int, int], int]:
    return {
        (candidate_id, building_id): number
        for (candidate_id, building_id), number in counted.items()
        if building_id is not None
    }


def drop_candidate(work: UnitOfWork, election: ElectionRow, candidate: CandidateRow) -> None:
    """A candidate left, and with them the signatures for them, in every building: of the buildings others
    see that at the next full hour."""
    publish_if_due(work, election)
    candidate.signatures = candidate.published = candidate.shown = 0
    work.session.add(candidate)
    progress.drop_counts_of(work.session, election.id, candidate.id)
    wait_for_hour(work, election)


def count_paper_anew(work: UnitOfWork, election: ElectionRow) -> None:
    """Take over what the ledger of paper says, and what of it counts.

    The online number stays as it is shown, of the last full hour: entering paper must tell neither what
    lies between its steps nor what came since.
    """
    election_id, needed = election.id, elections.needed_by(election)
    election.paper_due_at = None
    by = paper.setting(work.session, election_id).counted_by
    numbers = paper.numbers(work.session, election_id)
    rows = candidates.of_election(work.session, election_id)
    were_reached = [elections.is_reached(election, row, needed) for row in rows]
    election.counted_by = by
    work.session.add(election)
    for candidate, was_reached in zip(rows, were_reached, strict=True):
        candidate.on_paper = on_paper(numbers[candidate.id], by)
        tell(work, election, candidate, was_reached=was_reached)
    work.later.redraw(elections.CARD, election_id)


def count_base_anew(work: UnitOfWork, election: ElectionRow) -> None:
    """Take the base from the buildings as they are now; a new one is kept, and told to the chat.

    Where no building has a number any more, the base stays and becomes provisional.
    """
    election.base_due_at = election.base_changed_by = None
    work.session.add(election)
    counted = buildings.count(work.session, election.chat_id) or Count(election.base, True)
    if counted == Count(election.base, election.is_provisional):
        return
    election_id, base_before = election.id, election.base
    needed_before = elections.needed_by(election)
    election.base, election.is_provisional = counted.base, counted.is_provisional
    keep_base(work, election)
    work.later.redraw(elections.CARD, election_id)
    if counted.base == base_before:
        return
    version = len(bases.of_election(work.session, election_id))
    post(work, election, BASE_POST, election_id, key=f"{BASE_POST}:{election_id}:{version}")
    if elections.needed_by(election) != needed_before:
        _start_again(work, election, needed_before)


def keep_base(work: UnitOfWork, election: ElectionRow) -> None:
    """Write the base down as a version of today, by the chat's clock."""
    bases.add(work.session, election, work.today(election.chat_id))


def count_for_good(work: UnitOfWork, election: ElectionRow, signatures: Counter[int]) -> None:
    """Show the last numbers, of the signatures that the bot wrote, by candidate.

    They are rounded as the first ones were, without regard to what was shown meanwhile: a threshold
    that was reached and lost again must not stand in the result.
    """
    election.publish_at = None
    work.session.add(election)
    for candidate in candidates.of_election(work.session, election.id):
        candidate.signatures = candidate.published = signatures[candidate.id]
        candidate.shown = _result_of(election, candidate, signatures)
        work.session.add(candidate)


def result(work: UnitOfWork, election: ElectionRow, signatures: Counter[int]) -> dict[str, int]:
    """What would be shown for good, by the names of the candidates."""
    rows = candidates.of_election(work.session, election.id)
    return {row.name: _result_of(election, row, signatures) for row in rows}


def _result_of(election: ElectionRow, candidate: CandidateRow, signatures: Counter[int]) -> int:
    needed, by = elections.needed_by(election), election.counted_by
    target = online_target(needed, candidate.on_paper, by)
    return public_count(0, signatures[candidate.id], target).shown


def _start_again(work: UnitOfWork, election: ElectionRow, needed_before: int) -> None:
    """Another number is needed, and with it the steps begin elsewhere: of what stood at the last full hour,
    so that no organiser sees by it who signed since."""
    needed = elections.needed_by(election)
    for candidate in candidates.of_election(work.session, election.id):
        was_reached = elections.is_reached(election, candidate, needed_before)
        target = target_of(election, candidate, needed)
        candidate.shown = public_count(0, candidate.published, target).shown
        tell(work, election, candidate, was_reached=was_reached)
