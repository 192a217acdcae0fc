"""Acts that wait for a second organiser: written down and announced, and one day over."""

from __future__ import annotations

from bot.domain.elections.acts import WAIT, Act, ActState, Wanted
from bot.safety.codes import is_genuine, vouch
from bot.store import UnitOfWork
from handlers.elections.heart.codes import report_act
from handlers.elections.heart.posts import ACT_CARD, ACT_OVER_POST, post
from storage.elections import acts, buildings, candidates, elections
from storage.elections.acts import ActRow
from storage.elections.elections import ElectionRow

_TELL_THEMSELVES = (Act.CLOSE, Act.FREEZE, Act.BASE, Act.DEADLINE, Act.DELETE)
"""Acts after which the chat sees by something else that they were done."""


def wanting_purpose(row: ActRow, chat_id: int) -> str:
    """Return by which key it is known who wants an act: of this act alone. Who changed the buildings was
    known before there was an act."""
    return base_purpose(chat_id) if row.act == Act.BASE else _purpose(row)


def base_purpose(chat_id: int) -> str:
    """Return by which key it is known who changed the buildings of a chat."""
    return f"base-change:{chat_id}"


def _purpose(row: ActRow) -> str:
    return f"pending-act:{row.id}"


def begin(work: UnitOfWork, election: ElectionRow, wanted: Wanted, *, runs_alone: bool) -> ActRow:
    """Write down that somebody wants it, and tell the chat. Whose tag it bears, `want` says."""
    election_id = election.id
    row = ActRow(
        election_id=election_id,
        act=wanted.act,
        parameter=wanted.parameter,
        candidate_id=wanted.candidate_id,
        runs_alone=runs_alone,
        due_at=work.now + WAIT,
    )
    act_id = acts.add(work.session, row)
    post(work, election, ACT_CARD, act_id, key=f"{ACT_CARD}:{act_id}")
    work.later.redraw(elections.CARD, election_id)
    return row


def want(work: UnitOfWork, row: ActRow, person_tag: bytes | None) -> None:
    """It is wanted by this organiser: the day of waiting begins, or begins again."""
    row.person_tag = person_tag
    row.due_at = work.now + WAIT
    vouch(work.keys, row)
    work.session.add(row)
    work.later.redraw(ACT_CARD, row.id)
    work.later.wake(row.due_at)


def find(work: UnitOfWork, election_id: int, act: Act, candidate_id: int = 0) -> ActRow | None:
    """What of this waits already, written by the bot; anything else lapses."""
    row = acts.find_waiting(work.session, election_id, act, candidate_id)
    return row if row is not None and is_still_wanted(work, row) else None


def is_still_wanted(work: UnitOfWork, row: ActRow) -> bool:
    """Whether the bot wrote this act that waits. If not, it is over at once; it isn't told to the chat,
    which would read words that somebody planted."""
    if is_genuine(work.keys, row):
        return True
    report_act(work, row)
    _lapse(work, row)
    return False


def end(work: UnitOfWork, row: ActRow, state: ActState) -> None:
    """It is over, and with it who wanted it. What came of it is told, where nothing else tells it."""
    _end(work, row, state)
    act_id = row.id
    if state is ActState.DONE and row.act in _TELL_THEMSELVES:
        return
    election = elections.get(work.session, row.election_id)
    if election is not None:
        post(work, election, ACT_OVER_POST, act_id, key=f"{ACT_OVER_POST}:{act_id}")


def end_all(work: UnitOfWork, election_id: int, *but_not: Act) -> None:
    """Nothing of this can be wanted any more in an election that is over. Its own end tells that."""
    for row in acts.waiting(work.session, election_id):
        if row.act not in but_not:
            _lapse(work, row)


def _lapse(work: UnitOfWork, row: ActRow) -> None:
    """It comes to nothing, without a word."""
    _end(work, row, ActState.EXPIRED)


def _end(work: UnitOfWork, row: ActRow, state: ActState) -> None:
    row.state, row.person_tag, row.mac, row.due_at = state, None, None, work.now
    work.forget_former(_purpose(row))
    work.session.add(row)
    work.session.flush()
    work.later.redraw(ACT_CARD, row.id)
    work.later.redraw(elections.CARD, row.election_id)


def ask_for_base(work: UnitOfWork, election: ElectionRow) -> bool:
    """The buildings changed where neighbours may have signed: the new base waits for a day, in which
    it can be stopped, or confirmed by another organiser. False where there is nothing to wait for.

    Nobody's confirmation is needed in the end, because the list of buildings has changed already, and
    a target that quietly stays behind it would mislead.
    """
    counted = buildings.count(work.session, election.chat_id)
    election_id = election.id
    waits = find(work, election_id, Act.BASE)
    if counted is None or counted.base == election.base:
        if waits is not None:
            end(work, waits, ActState.STOPPED)
        return False
    if not candidates.of_election(work.session, election_id):
        return False
    changed_by = election.base_changed_by
    election.base_due_at = election.base_changed_by = None
    work.session.add(election)
    if waits is not None:
        want(work, waits, changed_by)
        return True
    want(work, begin(work, election, Wanted(Act.BASE), runs_alone=True), changed_by)
    return True
