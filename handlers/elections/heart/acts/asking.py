"""What no organiser decides alone: asked for by one, confirmed by a second, stopped by any."""

from __future__ import annotations

from enum import StrEnum

from bot.domain.elections.acts import ActState, Wanted
from bot.domain.refusal import Refused
from bot.safety.keys import same
from bot.store import PersonalWork, UnitOfWork
from handlers.elections.heart.acts import pending
from handlers.elections.heart.acts.deeds import (
    is_election_for,
    is_overtaken,
    is_settled_alone,
    perform,
    require_possible,
)
from handlers.elections.heart.codes import hold_settings
from handlers.elections.heart.reach import chat_of, reachable_row
from storage.elections import acts, elections
from storage.elections.acts import ActRow
from storage.elections.elections import ElectionRow


class Asked(StrEnum):
    """What came of asking: it is done, it waits for a second organiser, or for a day to go by; or it was
    over, or nothing that the bot wrote."""

    DONE = "done"
    WAITING = "waiting"
    ALONE = "alone"
    OVER = "over"


def ask(work: PersonalWork, election_id: int, wanted: Wanted) -> Asked:
    """An organiser wants this. Done at once where it harms nobody; wanted by a second one it is done too."""
    election = reachable_row(work, election_id)
    require_possible(work, election, wanted)
    # Else what somebody else wrote would be taken for what holds, and vouched for with the next change.
    hold_settings(work, election)
    organiser = work.person.require_id()
    if is_settled_alone(work, election, wanted):
        perform(work, election, wanted)
        return Asked.DONE
    waits = pending.find(work, election_id, wanted.act, wanted.candidate_id)
    if waits is not None:
        if waits.parameter != wanted.parameter:
            raise Refused("ending.refused.another_waits")
        if _is_of(work, waits, election, organiser):
            return Asked.ALONE if waits.runs_alone else Asked.WAITING
        return _second(work, waits, election, organiser)
    row = pending.begin(work, election, wanted, runs_alone=len(_organisers(work)) < 2)
    pending.want(work, row, _tag(work, row, election, organiser))
    return Asked.ALONE if row.runs_alone else Asked.WAITING


def confirm(work: PersonalWork, act_id: int) -> Asked:
    """A second organiser agrees. Where the first isn't one any more, this one is the first now."""
    row, election = _waiting(work, act_id)
    if not pending.is_still_wanted(work, row):
        return Asked.OVER
    organiser = work.person.require_id()
    if _is_of(work, row, election, organiser):
        raise Refused("ending.refused.same_organiser")
    return _second(work, row, election, organiser)


def stop(work: PersonalWork, act_id: int) -> None:
    """Any organiser can stop it, whoever wanted it."""
    row, _ = _waiting(work, act_id)
    if pending.is_still_wanted(work, row):
        pending.end(work, row, ActState.STOPPED)


def chat_of_act(work: UnitOfWork, act_id: int) -> int:
    """Our id of the chat that an act belongs to."""
    return chat_of(work, _known(work, act_id).election_id)


def run_due(work: UnitOfWork) -> bool:
    """The day of waiting is over: what runs alone is done, the rest isn't. One act at a time, because one may
    end an election. Gives whether there was one."""
    row = next(iter(acts.due(work.session, work.now, limit=1)), None)
    if row is None:
        return False
    if pending.is_still_wanted(work, row):
        election = elections.get(work.session, row.election_id)
        if election is None or not row.runs_alone:
            pending.end(work, row, ActState.EXPIRED)
        else:
            _carry_out(work, row, election)
    return True


def _second(work: PersonalWork, row: ActRow, election: ElectionRow, organiser: int) -> Asked:
    if row.person_tag is None:
        # Nobody in particular wanted it: there is no first organiser to be second to.
        raise Refused("ending.refused.runs_alone")
    if not any(_is_of(work, row, election, one) for one in _organisers(work)):
        pending.want(work, row, _tag(work, row, election, organiser))
        return Asked.WAITING
    return _carry_out(work, row, election)


def _organisers(work: PersonalWork) -> frozenset[int]:
    """The accounts of all organisers, this one among them: none at all was never asked for."""
    if not work.rights.organisers:
        raise RuntimeError("an act needs a right that tells organisers apart")
    return work.rights.organisers


def _carry_out(work: UnitOfWork, row: ActRow, election: ElectionRow) -> Asked:
    wanted = row.wanted
    if is_overtaken(work, election, wanted):
        pending.end(work, row, ActState.EXPIRED)
        return Asked.OVER
    hold_settings(work, election)
    pending.end(work, row, ActState.DONE)
    perform(work, election, wanted)
    return Asked.DONE


def _waiting(work: PersonalWork, act_id: int) -> tuple[ActRow, ElectionRow]:
    """An act that can still be confirmed and stopped, with its election."""
    row = _known(work, act_id)
    election = reachable_row(work, row.election_id)
    is_open = row.state == ActState.WAITING and row.due_at > work.now
    if not is_open or not is_election_for(election, row.act):
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
    return work.keys.tag(pending.wanting_purpose(row, election.chat_id), organiser)
