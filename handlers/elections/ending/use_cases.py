"""The end of an election, as organisers bring it about and the chat hears of it. On a unit of work."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.elections.acts import Act, ActState, Wanted, is_earlier, next_reminder
from bot.domain.refusal import Refused
from bot.domain.timekeeping.moment import Moment, resolve, write_moment
from bot.message.moment import kept_moment
from bot.person.drafts import (
    OpenDraft,
    change_draft,
    end_draft,
    keep_draft,
    open_draft,
)
from bot.safety.keys import Sealed
from bot.store import PersonalWork, UnitOfWork
from handlers.elections.heart.acts.asking import Asked, ask, chat_of_act, run_due
from handlers.elections.heart.acts.deeds import kept
from handlers.elections.heart.closing import Counted, count_ahead, finish, forget
from handlers.elections.heart.deadlines import (
    move_deadline,
    preset_moment,
    require_ahead,
    typed_moment,
)
from handlers.elections.heart.posts import ACT_CARD, FILED_POST, REMINDER_POST, post
from handlers.elections.heart.reach import (
    OfCandidate,
    load_card,
    load_of_candidate,
    load_open,
    open_election,
    open_row,
    seen_row,
)
from storage.elections import (
    acts,
    buildings,
    candidates,
    elections,
    endings,
)
from storage.elections.acts import ActRow, PendingAct
from storage.elections.elections import Election, ElectionRow, ElectionState

DEADLINE_FLOW = "ending.deadline"

_AT_ONCE = 5
"""How many elections one transaction reminds of their ends: others wait to write meanwhile."""


@dataclass(frozen=True)
class ActSeen:
    """An act that wanted a second organiser, and its election as it is now."""

    act: PendingAct
    election: Election
    # What the buildings make together now, where that is what it is about and it isn't decided yet.
    base: int | None
    # Whom it is about, while the name is known.
    name: str | None = None


@dataclass(frozen=True)
class Typed:
    """A deadline that was typed for an election under way."""

    draft_id: int
    election: Election
    closes: Moment


def set_deadline(
    work: PersonalWork,
    election_id: int,
    preset: str,
) -> Asked:
    """Choose a preset for an election under way."""
    election = open_row(work, election_id)
    closes = preset_moment(preset, work.now, work.zone(election.chat_id))
    return _want_deadline(work, election, closes)


def ask_deadline(work: PersonalWork, election_id: int) -> int:
    """Wait for the deadline of an election under way: the person's next private message says it. Gives the
    draft's id."""
    election = open_row(work, election_id)
    data = {"election": election_id}
    return keep_draft(work, election.chat_id, DEADLINE_FLOW, data, awaits_typing=True)


def leave_deadline(work: PersonalWork, draft_id: int) -> int:
    """Wait for it no longer. Gives the election's id."""
    draft = _open(work, draft_id)
    end_draft(work, draft, is_dropped=True)
    return int(draft.data["election"])


def read_deadline(work: PersonalWork, draft_id: int, typed: str) -> None:
    """Keep the deadline that came until it is confirmed."""
    draft = _open(work, draft_id)
    closes = typed_moment(typed, work.now, ZoneInfo(draft.chat.timezone))
    data = {**draft.data, "at": write_moment(closes)}
    change_draft(work, draft, data, awaits_typing=False)


def typed_deadline(work: PersonalWork, draft_id: int) -> Typed:
    """The deadline in a draft, for an election under way."""
    election_id, closes = _kept(_open(work, draft_id))
    return Typed(draft_id, open_election(work, election_id), closes)


def save_deadline(work: PersonalWork, draft_id: int) -> tuple[int, Asked]:
    """The typed deadline is what was meant. Gives the election's id, and what came of asking."""
    draft = _open(work, draft_id)
    election_id, closes = _kept(draft)
    election = open_row(work, election_id)
    end_draft(work, draft)
    return election_id, _want_deadline(work, election, closes)


def set_kept(work: PersonalWork, election_id: int, days: int) -> Asked:
    """So long after the end who signed is remembered; before it and after it."""
    wanted = kept(days)
    election = _remembering(work, election_id)
    if election.erase_at is not None and not days:
        # Once it is over, that has a question of its own: see `forget_people`.
        raise Refused("frame.refused.unknown_thing")
    return ask(work, election_id, wanted)


def strike(work: PersonalWork, candidate_id: int) -> tuple[int, Asked]:
    """An organiser wants a candidate off the list. Gives the election's id, and what came of asking."""
    election_id = reachable_candidate(work, candidate_id).election.id
    return election_id, ask(work, election_id, Wanted(Act.STRIKE, candidate_id=candidate_id))


def reachable_candidate(work: PersonalWork, candidate_id: int) -> OfCandidate:
    """A candidate of an open election that can be touched from here."""
    found = load_of_candidate(work, candidate_id)
    if found is None:
        raise Refused("candidates.refused.gone")
    open_row(work, found.election.id)
    return found


def forget_people(work: PersonalWork, election_id: int) -> None:
    """Forget now who signed and stood in an election that is over; a second time changes nothing."""
    election = seen_row(work, election_id)
    if election.state != ElectionState.CLOSED:
        raise Refused("ending.refused.still_open")
    if election.wrapped_key is not None:
        forget(work, election)


def still_remembered(work: PersonalWork) -> tuple[Election, ...]:
    """The past elections of this chat that haven't forgotten who signed, one at least."""
    chat = work.find_chat_here()
    found = endings.unerased(work.session, chat.id) if chat else []
    if not found:
        raise Refused("ending.refused.nothing_to_erase")
    return tuple(elections.plain(work.session, election) for election in found)


def of_candidate(work: PersonalWork, candidate_id: int) -> OfCandidate:
    """A candidate who has enough and whose signatures aren't filed yet."""
    found = load_of_candidate(work, candidate_id)
    if found is None:
        raise Refused("frame.refused.unknown_thing")
    work.reach(found.election.chat_id)
    if not found.candidate.reached:
        raise Refused("ending.refused.not_reached")
    return found


def file_candidate(work: PersonalWork, candidate_id: int) -> None:
    """The signatures were filed today, with as many as counted; a second time changes nothing."""
    found = of_candidate(work, candidate_id)
    row = candidates.get(work.session, candidate_id)
    election = elections.get(work.session, found.election.id)
    if row is None or election is None or row.filed_on is not None:
        return
    row.filed_on = work.today(election.chat_id)
    row.filed_with = found.candidate.counted
    work.session.add(row)
    work.later.redraw(elections.CARD, found.election.id)
    post(work, election, FILED_POST, candidate_id, key=f"{FILED_POST}:{candidate_id}")


def remembering(work: PersonalWork, election_id: int) -> Election:
    """The election, where it still knows who signed."""
    return elections.plain(work.session, _remembering(work, election_id))


def load_act(work: UnitOfWork, act_id: int) -> ActSeen | None:
    row = acts.get(work.session, act_id)
    election = load_card(work, row.election_id) if row else None
    if row is None or election is None:
        return None
    act = acts.plain(row)
    is_about_base = act.act is Act.BASE and act.state is ActState.WAITING
    count = buildings.count(work.session, election.chat_id) if is_about_base else None
    whom = candidates.get(work.session, act.candidate_id) if act.candidate_id else None
    name = whom.name if whom and whom.name else None
    return ActSeen(act, election, count.base if count else None, name)


def act_here(work: PersonalWork, act_id: int) -> ActSeen:
    """The same for one reader, where they may see it from here."""
    work.reach(chat_of_act(work, act_id))
    found = load_act(work, act_id)
    if found is None:
        raise Refused("frame.refused.unknown_thing")
    return found


def load_act_over(work: UnitOfWork, act_id: int) -> ActSeen | None:
    """None where it still waits: its own message tells that."""
    found = load_act(work, act_id)
    return found if found and found.act.state is not ActState.WAITING else None


def load_reminder(work: UnitOfWork, election_id: int) -> Election | None:
    """None where the deadline has come meanwhile, or was taken away."""
    row = load_open(work, election_id)
    return row if row and row.closes_at and row.closes_at > work.now else None


def load_undone(work: UnitOfWork, candidate_id: int) -> OfCandidate | None:
    """None where it was reached again before this could be told, or the candidate left."""
    found = load_of_candidate(work, candidate_id)
    return found if found and not found.candidate.reached else None


def count_due(work: UnitOfWork) -> Counted | None:
    """Count the election that is to be closed next, if there is one."""
    for election in endings.to_close(work.session, work.now, 1):
        with suppress(Sealed):  # said when it is to be closed
            return count_ahead(work, election)
    return None


def move_due(work: UnitOfWork, counted: Counted | None) -> None:
    """Close what has come to its deadline, decide what has waited a day, remind: one thing or a few at a
    time."""
    for election in endings.to_close(work.session, work.now, 1):
        finish(work, election, counted)
        return
    if run_due(work):
        return
    for election in endings.to_remind(work.session, work.now, _AT_ONCE):
        _remind(work, election)


def keep_wall_time(work: UnitOfWork, election: ElectionRow) -> None:
    """Signing ends when the clock of its zone shows what was promised, whatever the zone's rules are by now;
    what is said before the end moves with it."""
    if not (election.closes_wall and election.closes_timezone and election.closes_at):
        return
    moment = resolve(election.closes_wall, ZoneInfo(election.closes_timezone))
    if (moment.wall, moment.at) == (election.closes_wall, election.closes_at):
        return
    if election.remind_at is not None:
        election.remind_at += moment.at - election.closes_at
    elections.set_deadline(election, moment)
    work.session.add(election)
    work.later.redraw(elections.CARD, election.id)


def show_wall_time(work: UnitOfWork, act: ActRow) -> None:
    """The deadline that is wanted is a wall time; what new clients show of it is an instant."""
    work.later.redraw(ACT_CARD, act.id)


def next_due(work: UnitOfWork) -> datetime | None:
    return endings.next_due(work.session)


def _want_deadline(
    work: PersonalWork,
    election: ElectionRow,
    closes: Moment | None,
) -> Asked:
    """Later is a gift to everyone; earlier takes time from those who still want to sign."""
    if closes is not None:
        require_ahead(closes, work.now)
        if is_earlier(closes.at, election.closes_at):
            return ask(work, election.id, Wanted(Act.DEADLINE, write_moment(closes)))
    move_deadline(work, election, closes)
    return Asked.DONE


def _remind(work: UnitOfWork, election: ElectionRow) -> None:
    election_id, reminded_at = election.id, election.remind_at
    election.remind_at = next_reminder(election.closes_at, work.now)
    work.session.add(election)
    if reminded_at is not None:
        key = f"{REMINDER_POST}:{election_id}:{int(reminded_at.timestamp())}"
        post(work, election, REMINDER_POST, election_id, key=key, is_self_timed=True)


def _kept(draft: OpenDraft) -> tuple[int, Moment]:
    """The election that a draft is about, and the deadline that was typed for it."""
    at, election_id = draft.data.get("at"), draft.data.get("election")
    if at is None or election_id is None:
        raise Refused("frame.refused.draft_over")
    return election_id, kept_moment(at)


def _open(work: PersonalWork, draft_id: int) -> OpenDraft:
    return open_draft(work, draft_id, DEADLINE_FLOW)


def _remembering(work: PersonalWork, election_id: int) -> ElectionRow:
    """An election that still knows who signed."""
    election = seen_row(work, election_id)
    if election.wrapped_key is None:
        raise Refused("ending.refused.erased")
    return election
