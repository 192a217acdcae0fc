"""Acts that can't be undone: asked for by one organiser, confirmed by a second, stopped by any.

Where somebody stands, neighbours may have signed; whether anyone has isn't asked, or the answer would
tell it.
"""

from __future__ import annotations

from enum import StrEnum

from bot.domain.elections.acts import Act, ActState
from bot.domain.refusal import Refused
from bot.domain.timekeeping.moment import Moment, write_moment
from bot.safety.keys import same
from bot.store import PersonalWork, UnitOfWork
from handlers.elections.heart import pending
from handlers.elections.heart.closing import finish, remove
from handlers.elections.heart.count.counting import count_base_anew
from handlers.elections.heart.deadlines import move_deadline, require_ahead
from handlers.elections.heart.reach import chat_of, reachable_row
from storage.elections import acts, candidates, elections
from storage.elections.acts import ActRow
from storage.elections.elections import ElectionRow, ElectionState


class Asked(StrEnum):
    """What came of asking: it is done, it waits for a second organiser, or for a day to go by."""

    DONE = "done"
    WAITING = "waiting"
    ALONE = "alone"


def ask(
    work: PersonalWork,
    election_id: int,
    act: Act,
    closes: Moment | None = None,
) -> Asked:
    """An organiser wants this. Done at once where nobody stands; wanted by a second one it is done too."""
    election = _election(work, election_id, act)
    organiser = work.person.require_id()
    if act is Act.DEADLINE:
        closes = require_ahead(closes, work.now)
    parameter = write_moment(closes) if closes else None
    if not candidates.of_election(work.session, election_id):
        _perform(work, election, act, closes)
        return Asked.DONE
    waits = acts.find_waiting(work.session, election_id, act)
    if waits is not None:
        if waits.parameter != parameter:
            raise Refused("ending.refused.another_waits")
        if _is_of(work, waits, election, organiser):
            return Asked.ALONE if waits.runs_alone else Asked.WAITING
        return _second(work, waits, election, organiser)
    row = pending.begin(
        work, election, act, runs_alone=len(_organisers(work)) < 2, parameter=parameter
    )
    row.person_tag = _tag(work, row, election, organiser)
    return Asked.ALONE if row.runs_alone else Asked.WAITING


def confirm(work: PersonalWork, act_id: int) -> Asked:
    """A second organiser agrees. Where the first isn't one any more, this one is the first now."""
    row, election = _waiting(work, act_id)
    organiser = work.person.require_id()
    if _is_of(work, row, election, organiser):
        raise Refused("ending.refused.same_organiser")
    return _second(work, row, election, organiser)


def stop(work: PersonalWork, act_id: int) -> None:
    """Any organiser may stop it."""
    row, _ = _waiting(work, act_id)
    pending.end(work, row, ActState.STOPPED)


def chat_of_act(work: UnitOfWork, act_id: int) -> int:
    """Our id of the chat that an act belongs to."""
    return chat_of(work, _known(work, act_id).election_id)


def run_due(work: UnitOfWork) -> None:
    """The day of waiting is over: what runs alone is done, the rest isn't."""
    for row in acts.due(work.session, work.now):
        election = elections.get(work.session, row.election_id)
        if election is None or not row.runs_alone or not _is_possible(election, row.act):
            pending.end(work, row, ActState.EXPIRED)
            continue
        _carry_out(work, row, election)


def _second(work: PersonalWork, row: ActRow, election: ElectionRow, organiser: int) -> Asked:
    if row.person_tag is None:
        # Nobody in particular wanted it: there is no first organiser to be second to.
        raise Refused("ending.refused.runs_alone")
    if not any(_is_of(work, row, election, one) for one in _organisers(work)):
        pending.renew(work, row, _tag(work, row, election, organiser))
        return Asked.WAITING
    _carry_out(work, row, election)
    return Asked.DONE


def _organisers(work: PersonalWork) -> frozenset[int]:
    """The accounts of all organisers, this one among them: none at all was never asked for."""
    if not work.rights.organisers:
        raise RuntimeError("an act needs a right that tells organisers apart")
    return work.rights.organisers


def _carry_out(work: UnitOfWork, row: ActRow, election: ElectionRow) -> None:
    act = row.act
    closes = acts.plain(row).moment
    if act is Act.DEADLINE and closes is not None and closes.at <= work.now:
        # It was to be earlier than it can be by now.
        pending.end(work, row, ActState.EXPIRED)
        return
    pending.end(work, row, ActState.DONE)
    _perform(work, election, act, closes)


def _perform(work: UnitOfWork, election: ElectionRow, act: Act, closes: Moment | None) -> None:
    match act:
        case Act.CLOSE:
            finish(work, election)
        case Act.FREEZE:
            freeze(work, election)
        case Act.BASE:
            count_base_anew(work, election)
        case Act.DEADLINE:
            move_deadline(work, election, closes)
        case Act.DELETE:
            remove(work, election)


def freeze(work: UnitOfWork, election: ElectionRow) -> None:
    """Declare the base final: from now on no building changes it."""
    election_id = election.id
    election.is_frozen = True
    election.base_due_at = election.base_changed_by = None
    work.session.add(election)
    waits = acts.find_waiting(work.session, election_id, Act.BASE)
    if waits is not None:
        pending.end(work, waits, ActState.STOPPED)
    work.later.redraw(elections.CARD, election_id)


def _election(work: PersonalWork, election_id: int, act: Act) -> ElectionRow:
    """The election, where this person may touch it from here and the act makes sense in it."""
    election = reachable_row(work, election_id)
    if not _is_possible(election, act):
        raise Refused("elections.refused.closed")
    return election


def _is_possible(election: ElectionRow, act: Act) -> bool:
    if act is Act.DELETE:
        return election.state != ElectionState.DELETED
    return election.state == ElectionState.OPEN


def _waiting(work: PersonalWork, act_id: int) -> tuple[ActRow, ElectionRow]:
    """An act that can still be confirmed and stopped, with its election."""
    row = _known(work, act_id)
    election = reachable_row(work, row.election_id)
    is_open = row.state == ActState.WAITING and row.due_at > work.now
    if not is_open or not _is_possible(election, row.act):
        raise Refused("ending.refused.act_over")
    return row, election


def _known(work: UnitOfWork, act_id: int) -> ActRow:
    row = acts.get(work.session, act_id)
    if row is None:
        raise Refused("frame.refused.unknown_thing")
    return row


def _is_of(work: UnitOfWork, row: ActRow, election: ElectionRow, organiser: int) -> bool:
    tag = row.person_tag
    return tag is not None and same(tag, _tag(work, row, election, organiser))


def _tag(work: UnitOfWork, row: ActRow, election: ElectionRow, organiser: int) -> bytes:
    """Of this act alone. Who changed the buildings was known before there was an act."""
    if row.act == Act.BASE:
        return work.keys.tag(f"base-change:{election.chat_id}", organiser)
    return work.keys.tag(f"pending-act:{row.id}", organiser)
