"""What ends an office: its term, its holder, or a recall that was closed with enough signatures.

Who held it is forgotten at once; the public line (name, from, to) stays.
"""

from __future__ import annotations

from bot.store import UnitOfWork
from handlers.elections.heart.posts import post
from storage import actions
from storage.elections import elections, representatives
from storage.elections.candidates import Candidate
from storage.elections.elections import Election, ElectionRow
from storage.elections.representatives import OfficeEnd, OfficeRow, OfficeState

ENDED_POST = "representatives.ended"
FAILED_POST = "recall.failed"


def end_office(work: UnitOfWork, office: OfficeRow, how: OfficeEnd) -> None:
    """End an office and tell the chat. What it supports and is still ahead loses that support."""
    office_id = office.id
    today = work.today(office.chat_id)
    # A term is over with its last day, also where the bot learns of it later.
    office.ended_on = office.until if how is OfficeEnd.TERM else today
    office.ended_by = how
    office.state = OfficeState.ENDED
    office.holder_tag = office.mac = None
    work.forget_former(representatives.holder_purpose(office_id))
    office.term_ends_at = None
    work.session.add(office)
    for action_id in representatives.endorsed_by(work.session, office_id, since=work.now):
        representatives.withdraw_endorsement(work.session, action_id, office_id)
        work.later.redraw(actions.CARD, action_id)
    post_of_office(work, office, ENDED_POST, key=f"{ENDED_POST}:{office_id}")


def conclude_recall(work: UnitOfWork, election: ElectionRow) -> None:
    """Draw the consequence of an election that was closed just now, where it recalls somebody."""
    if election.recalled_office_id is None:
        return
    office = representatives.get(work.session, election.recalled_office_id)
    if office is None or office.state != OfficeState.HELD:
        return
    row = elections.plain(work.session, election)
    if any(candidate.reached for candidate in row.candidates):
        end_office(work, office, OfficeEnd.RECALLED)
    else:
        post(work, election, FAILED_POST, row.id, key=f"{FAILED_POST}:{row.id}")


def without_office(work: UnitOfWork, election: Election) -> tuple[Candidate, ...]:
    """Whom an election that is over brought enough signatures, and who has no office from it yet."""
    if election.is_open or election.recalled is not None:
        return ()
    return tuple(
        one
        for one in election.candidates
        if one.reached and representatives.of_candidacy(work.session, one.id) is None
    )


def post_of_office(work: UnitOfWork, office: OfficeRow, kind: str, *, key: str) -> None:
    """Say something about an office where it was offered."""
    work.later.post(
        kind,
        office.id,
        chat_id=office.chat_id,
        thread_id=office.thread_id,
        key=key,
    )
