"""The end of an election: signing ends and the numbers stay; some time later the people are forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.elections.acts import Act
from bot.store import UnitOfWork
from handlers.elections.heart.acts import pending
from handlers.elections.heart.codes import are_settings_genuine, hold_settings
from handlers.elections.heart.count.bulletin_keys import signing_purpose
from handlers.elections.heart.count.counting import count_for_good, count_paper_anew, result
from handlers.elections.heart.count.public_numbers import finalise
from handlers.elections.heart.count.publishing import (
    Written,
    is_still_so,
    publish_last,
    write_last,
)
from handlers.elections.heart.count.tallying import Tally, is_right, keep_tally, look_through
from handlers.elections.heart.offices import conclude_recall
from handlers.elections.heart.posts import DELETED_POST, RESULT_POST, post
from storage.elections import bulletins, elections, electors, erasure, signatures
from storage.elections.elections import ElectionRow, ElectionState


@dataclass(frozen=True)
class Counted:
    """An election that was counted for the last time, and its last bulletin: signing had ended by then."""

    election_id: int
    tally: Tally
    result: Mapping[str, int]
    bulletin: Written


def count_ahead(work: UnitOfWork, election: ElectionRow) -> Counted | None:
    """Count an election whose deadline has come; nothing is changed. None where there is something to be put
    right before, or no bulletin: then it is counted as it is finished."""
    row = bulletins.get(work.session, election.id)
    is_ready = are_settings_genuine(work, election) and election.paper_due_at is None
    if row is None or not is_ready:
        return None
    tally = look_through(work, election)
    shown = result(work, election, tally.by_candidate)
    bulletin = write_last(work, election, row, shown)
    return Counted(election.id, tally, shown, bulletin) if bulletin else None


def _still_counts(work: UnitOfWork, election: ElectionRow, counted: Counted | None) -> bool:
    """Whether nothing that the result hangs on changed since then. Nobody could sign or withdraw any more,
    but who did just before may have stood in the writer's queue: the running counts tell."""
    row = bulletins.get(work.session, election.id)
    return (
        counted is not None
        and row is not None
        and counted.election_id == election.id
        and is_right(work, election, counted.tally)
        and counted.result == result(work, election, counted.tally.by_candidate)
        and is_still_so(work, election, row, counted.bulletin)
    )


def finish(work: UnitOfWork, election: ElectionRow, counted: Counted | None = None) -> None:
    """End signing: count once more, unless that was done ahead, and post the result. Who signed is kept for a
    while, so that an objection can still be looked into."""
    election_id = election.id
    hold_settings(work, election)
    if election.paper_due_at is not None:
        count_paper_anew(work, election)
    ahead = counted if _still_counts(work, election, counted) else None
    tallied = ahead.tally if ahead else look_through(work, election)
    keep_tally(work, election, tallied)
    count_for_good(work, election, tallied.by_candidate)
    finalise(work, election, tallied.by_cell)
    pending.end_all(work, election_id, Act.DELETE)
    election.state = ElectionState.CLOSED
    publish_last(work, election, ahead.bulletin if ahead else None)
    # Nobody could sign any more from its deadline on, also where the bot was away then.
    ended_at = min(work.now, election.closes_at or work.now)
    election.closed_on = ended_at.astimezone(work.zone(election.chat_id)).date()
    election.is_frozen = True
    elections.set_deadline(election, None)
    election.base_due_at = election.remind_at = None
    election.base_changed_by = None
    election.erase_at = work.now + timedelta(days=election.kept_days)
    work.session.add(election)
    electors.erase(work.session, election_id)
    if not election.kept_days:
        forget(work, election)
    work.later.redraw(elections.CARD, election_id)
    post(work, election, RESULT_POST, election_id, key=f"{RESULT_POST}:{election_id}")
    conclude_recall(work, election)


def forget(work: UnitOfWork, election: ElectionRow) -> None:
    """Erase who signed and who stood, and the key by which they could be recognised."""
    forget_key(work, election)
    signatures.erase_all(work.session, election.id)


def forget_key(work: UnitOfWork, election: ElectionRow) -> None:
    """Erase who stood, and the key by which those who signed could be recognised: nobody can tell any more
    whose signatures they were, and an hourly chore takes them away."""
    election_id = election.id
    election.wrapped_key = None
    election.erase_at = None
    work.session.add(election)
    signatures.forget_candidates(work.session, election_id)
    work.later.redraw(elections.CARD, election_id)


def remove(work: UnitOfWork, election: ElectionRow) -> None:
    """Erase an election with its numbers and names. Its row stays, so that nothing takes its number."""
    election_id = election.id
    pending.end_all(work, election_id)
    published = bulletins.get(work.session, election_id)
    if published is not None:
        work.forget_former(signing_purpose(published.public_id))
    erasure.erase_all_of(work.session, election_id)
    election.title, election.base = "", 1
    election.state = ElectionState.DELETED
    election.wrapped_key = election.base_changed_by = None
    election.base_due_at = election.paper_due_at = election.publish_at = None
    elections.set_deadline(election, None)
    election.remind_at = election.erase_at = election.closed_on = None
    work.session.add(election)
    work.later.redraw(elections.CARD, election_id)
    post(work, election, DELETED_POST, election_id, key=f"{DELETED_POST}:{election_id}")
