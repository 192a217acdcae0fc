"""Acts that wait for a second organiser: written down and announced, and one day over."""

from __future__ import annotations

from bot.domain.elections.acts import WAIT, Act, ActState
from bot.store import UnitOfWork
from handlers.elections.heart.posts import ACT_CARD, ACT_OVER_POST, post
from storage.elections import acts, buildings, candidates, elections
from storage.elections.acts import ActRow
from storage.elections.elections import ElectionRow


def begin(
    work: UnitOfWork,
    election: ElectionRow,
    act: Act,
    *,
    runs_alone: bool,
    parameter: str | None = None,
) -> ActRow:
    """Write down that somebody wants it, and tell the chat. Whose tag it bears, the caller says."""
    election_id = election.id
    row = ActRow(
        election_id=election_id,
        act=act,
        parameter=parameter,
        runs_alone=runs_alone,
        due_at=work.now + WAIT,
    )
    act_id = acts.add(work.session, row)
    post(work, election, ACT_CARD, act_id, key=f"{ACT_CARD}:{act_id}")
    work.later.redraw(elections.CARD, election_id)
    work.later.wake(row.due_at)
    return row


def renew(work: UnitOfWork, row: ActRow, person_tag: bytes | None) -> None:
    """It is wanted anew, by this organiser: the day of waiting begins again."""
    row.person_tag = person_tag
    row.due_at = work.now + WAIT
    work.session.add(row)
    work.later.redraw(ACT_CARD, row.id)
    work.later.wake(row.due_at)


def end(work: UnitOfWork, row: ActRow, state: ActState) -> None:
    """It is over, and with it who wanted it. What didn't happen is told."""
    row.state = state
    row.person_tag = None
    row.due_at = work.now
    work.session.add(row)
    work.session.flush()
    act_id = row.id
    work.later.redraw(ACT_CARD, act_id)
    work.later.redraw(elections.CARD, row.election_id)
    if state is not ActState.DONE:
        election = elections.get(work.session, row.election_id)
        if election is not None:
            post(work, election, ACT_OVER_POST, act_id, key=f"{ACT_OVER_POST}:{act_id}")


def end_all(work: UnitOfWork, election_id: int, *but_not: Act) -> None:
    """Nothing of this can be wanted any more in an election that is over. Its own end tells that."""
    for row in acts.waiting(work.session, election_id):
        if row.act not in but_not:
            row.state, row.person_tag, row.due_at = ActState.EXPIRED, None, work.now
            work.session.add(row)
            work.later.redraw(ACT_CARD, row.id)


def ask_for_base(work: UnitOfWork, election: ElectionRow) -> bool:
    """The buildings changed where neighbours may have signed: the new base waits for a day, in which
    it can be stopped, or confirmed by another organiser. False where there is nothing to wait for.

    Nobody's confirmation is needed in the end, because the list of buildings has changed already, and
    a target that quietly stays behind it would mislead.
    """
    counted = buildings.count(work.session, election.chat_id)
    election_id = election.id
    waits = acts.find_waiting(work.session, election_id, Act.BASE)
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
        renew(work, waits, changed_by)
        return True
    begin(work, election, Act.BASE, runs_alone=True).person_tag = changed_by
    return True
