"""The end of an election: signing ends and the numbers stay; some time later the people are forgotten."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.elections.acts import Act
from bot.store import UnitOfWork
from handlers.elections.heart.acts import pending
from handlers.elections.heart.codes import hold_settings
from handlers.elections.heart.count.counting import count_for_good, count_paper_anew
from handlers.elections.heart.count.public_numbers import finalise
from handlers.elections.heart.count.publishing import publish_last
from handlers.elections.heart.count.tallying import keep_tally, look_through
from handlers.elections.heart.offices import conclude_recall
from handlers.elections.heart.posts import DELETED_POST, RESULT_POST, post
from storage.elections import elections, electors, erasure, signatures
from storage.elections.elections import ElectionRow, ElectionState


def finish(work: UnitOfWork, election: ElectionRow) -> None:
    """End signing: count once more and post the result. Who signed is kept for a while, so that an
    objection can still be looked into."""
    election_id = election.id
    hold_settings(work, election)
    if election.paper_due_at is not None:
        count_paper_anew(work, election)
    tallied = look_through(work, election)
    keep_tally(work, election, tallied)
    count_for_good(work, election, tallied.by_candidate)
    finalise(work, election, tallied.by_cell)
    pending.end_all(work, election_id, Act.DELETE)
    election.state = ElectionState.CLOSED
    publish_last(work, election)
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
