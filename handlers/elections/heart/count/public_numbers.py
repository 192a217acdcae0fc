"""What follows when a number that others see moves: its day is kept, a milestone told, buildings counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping

from bot.domain.elections.milestones import passed
from bot.domain.fives import stepped, whole_steps
from bot.store import UnitOfWork
from handlers.elections.heart.posts import MILESTONE_POST, post
from storage.elections import candidates, elections, progress
from storage.elections.candidates import CandidateRow
from storage.elections.elections import ElectionRow
from storage.elections.progress import BuildingShownRow


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


def show_buildings(work: UnitOfWork, election: ElectionRow) -> None:
    """Let each building's number be what the public may see of how many signed there by now."""
    _set_buildings(work, election, progress.signed_in_buildings(work.session, election.id), stepped)


def _set_buildings(
    work: UnitOfWork,
    election: ElectionRow,
    counted: Mapping[int, Iterable[int]],
    show: Callable[[int, int], int],
) -> None:
    """Write down what `show` makes of the number before and the true one, where that is another."""
    rows = {row.building_id: row for row in progress.all_shown(work.session, election.id)}
    for building_id in sorted({*counted, *rows}):
        row = rows.get(building_id) or BuildingShownRow(
            election_id=election.id, building_id=building_id
        )
        shown = show(row.shown, _in_building(election, counted.get(building_id, ())))
        if shown != row.shown:
            row.shown = shown
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
    listed: dict[int, list[int]] = defaultdict(list)
    for (_, building_id), number in counted.items():
        if building_id is not None:
            listed[building_id].append(number)
    _set_buildings(work, election, listed, lambda _, actual: whole_steps(actual))
    progress.forget_counts(work.session, election_id)
