"""What each act of organisers does, when it may, and where there is nothing to wait for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from bot.domain.elections.acts import BAR, KEPT_DAYS, LET, Act, ActState, Wanted
from bot.domain.elections.paper.ledger import CountedBy, require_accepted
from bot.domain.refusal import Refused
from bot.domain.timekeeping.moment import moment_from
from bot.safety.codes import vouch
from bot.store import UnitOfWork
from handlers.elections.heart.acts import pending
from handlers.elections.heart.candidacies import end_candidacy
from handlers.elections.heart.closing import finish, remove
from handlers.elections.heart.count.counting import count_base_anew, count_paper_anew
from handlers.elections.heart.deadlines import move_deadline, require_ahead
from storage.elections import acts, candidates, elections, paper
from storage.elections.candidates import CandidateRow
from storage.elections.elections import ElectionRow, ElectionState

Deed = Callable[[UnitOfWork, ElectionRow, Wanted], None]


def newcomers(*, may: bool) -> Wanted:
    """Those who joined after the election opened may sign, or may not."""
    return Wanted(Act.NEWCOMERS, LET if may else BAR)


def kept(days: int) -> Wanted:
    """So long after its end an election remembers who signed. Raises `Refused` for other days."""
    if days not in KEPT_DAYS:
        raise Refused("frame.refused.unknown_thing")
    return Wanted(Act.KEPT, str(days))


def counted_by(by: str) -> Wanted:
    """These numbers the target counts. Raises `Refused` for what are none."""
    if by not in set(CountedBy):
        raise Refused("frame.refused.unknown_thing")
    return Wanted(Act.COUNTED_BY, by)


def perform(work: UnitOfWork, election: ElectionRow, wanted: Wanted) -> None:
    """Do what was wanted."""
    _DEEDS[wanted.act](work, election, wanted)


def require_possible(work: UnitOfWork, election: ElectionRow, wanted: Wanted) -> None:
    """Go on only with what makes sense in this election now. Raises `Refused`."""
    if not is_election_for(election, wanted.act):
        raise Refused("elections.refused.closed")
    if wanted.act is Act.DEADLINE:
        require_ahead(moment_from(wanted.parameter or ""), work.now)
    elif wanted.act is Act.ACCEPTED:
        require_accepted(int(wanted.parameter or 0))
        _candidate(work, election, wanted)
    elif wanted.act is Act.STRIKE:
        _candidate(work, election, wanted)


def is_election_for(election: ElectionRow, act: Act) -> bool:
    """Whether an election is one in which this can be done: open, or not deleted."""
    if act is Act.KEPT:
        return election.wrapped_key is not None
    if act in (Act.DELETE, Act.COUNTED_BY, Act.ACCEPTED):
        return election.state != ElectionState.DELETED
    return election.state == ElectionState.OPEN


def is_overtaken(work: UnitOfWork, election: ElectionRow, wanted: Wanted) -> bool:
    """Whether it makes no sense any more: the moment has come, or the candidate left meanwhile."""
    if not is_election_for(election, wanted.act):
        return True
    if wanted.act is Act.DEADLINE:
        return moment_from(wanted.parameter or "").at <= work.now
    return bool(wanted.candidate_id) and _still_stands(work, election, wanted) is None


def is_settled_alone(work: UnitOfWork, election: ElectionRow, wanted: Wanted) -> bool:
    """Whether one organiser may do it at once: nobody can have signed, or nothing changes for anybody.

    Where somebody stands, neighbours may have signed; whether anyone has isn't asked, or the answer would
    tell it.
    """
    return not candidates.of_election(work.session, election.id) or _harms_nobody(
        work, election, wanted
    )


def _harms_nobody(work: UnitOfWork, election: ElectionRow, wanted: Wanted) -> bool:
    match wanted.act:
        case Act.NEWCOMERS:
            return election.newcomers_sign == (wanted.parameter == LET)
        case Act.KEPT:
            # Once it is over, forgetting sooner is what `/erase` does at once.
            days = int(wanted.parameter or 0)
            is_over = election.state != ElectionState.OPEN
            return days == election.kept_days or (is_over and days < election.kept_days)
        case Act.COUNTED_BY:
            return election.counted_by == wanted.parameter
        case Act.ACCEPTED:
            return not counts_accepted(work, election)
        case _:
            return False


def counts_accepted(work: UnitOfWork, election: ElectionRow) -> bool:
    """Whether what was officially accepted is what counts, or is to: who agrees to that, or lets the day go
    by, must not find other numbers in the end."""
    waits = acts.find_waiting(work.session, election.id, Act.COUNTED_BY)
    by = waits.parameter if waits is not None else election.counted_by
    return CountedBy.ACCEPTED in (by, election.counted_by)


def _close(work: UnitOfWork, election: ElectionRow, _wanted: Wanted) -> None:
    finish(work, election)


def _freeze(work: UnitOfWork, election: ElectionRow, _wanted: Wanted) -> None:
    """Declare the base final: from now on no building changes it."""
    election_id = election.id
    election.is_frozen = True
    election.base_due_at = election.base_changed_by = None
    work.session.add(election)
    waits = pending.find(work, election_id, Act.BASE)
    if waits is not None:
        pending.end(work, waits, ActState.STOPPED)
    work.later.redraw(elections.CARD, election_id)


def _count_base(work: UnitOfWork, election: ElectionRow, _wanted: Wanted) -> None:
    count_base_anew(work, election)


def _move_deadline(work: UnitOfWork, election: ElectionRow, wanted: Wanted) -> None:
    move_deadline(work, election, moment_from(wanted.parameter or ""))


def _delete(work: UnitOfWork, election: ElectionRow, _wanted: Wanted) -> None:
    remove(work, election)


def _let_newcomers(work: UnitOfWork, election: ElectionRow, wanted: Wanted) -> None:
    """Those who joined stay known: once it is taken back, whoever didn't sign meanwhile is barred again."""
    election.newcomers_sign = wanted.parameter == LET
    vouch(work.keys, election)
    work.session.add(election)
    work.later.redraw(elections.CARD, election.id)


def _keep_for(work: UnitOfWork, election: ElectionRow, wanted: Wanted) -> None:
    days = int(wanted.parameter or 0)
    if election.erase_at is not None:
        election.erase_at += timedelta(days=days - election.kept_days)
    election.kept_days = days
    vouch(work.keys, election)
    work.session.add(election)
    work.later.redraw(elections.CARD, election.id)


def _count_by(work: UnitOfWork, election: ElectionRow, wanted: Wanted) -> None:
    by = CountedBy(wanted.parameter or "")
    paper.change_setting(work.session, election.id, counted_by=by)
    count_paper_anew(work, election)
    vouch(work.keys, election)
    work.session.add(election)


def _accept(work: UnitOfWork, election: ElectionRow, wanted: Wanted) -> None:
    candidate = _candidate(work, election, wanted)
    candidate.accepted = int(wanted.parameter or 0)
    work.session.add(candidate)
    paper.count_later(work.session, election.id, work.now)
    work.later.wake()


def _strike(work: UnitOfWork, election: ElectionRow, wanted: Wanted) -> None:
    end_candidacy(work, election, _candidate(work, election, wanted))


_DEEDS: dict[Act, Deed] = {
    Act.CLOSE: _close,
    Act.FREEZE: _freeze,
    Act.BASE: _count_base,
    Act.DEADLINE: _move_deadline,
    Act.DELETE: _delete,
    Act.NEWCOMERS: _let_newcomers,
    Act.KEPT: _keep_for,
    Act.COUNTED_BY: _count_by,
    Act.ACCEPTED: _accept,
    Act.STRIKE: _strike,
}


def _candidate(work: UnitOfWork, election: ElectionRow, wanted: Wanted) -> CandidateRow:
    """Whom it is about. Raises `Refused` where they don't stand, and for what one signs for in a recall."""
    candidate = _still_stands(work, election, wanted)
    is_choice = wanted.act is Act.STRIKE and election.recalled_office_id is not None
    if candidate is None or is_choice:
        raise Refused("candidates.refused.gone")
    return candidate


def _still_stands(work: UnitOfWork, election: ElectionRow, wanted: Wanted) -> CandidateRow | None:
    candidate = candidates.get(work.session, wanted.candidate_id)
    is_theirs = candidate is not None and candidate.election_id == election.id
    return candidate if candidate and is_theirs and candidate.left_at is None else None
