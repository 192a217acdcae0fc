"""What becomes of an announced action: changed, called off. Plain functions on a unit of work."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.actions import caps
from bot.domain.actions.announcement import read_why
from bot.domain.refusal import Refused
from bot.message import moment as moments
from bot.person.drafts import OpenDraft, end_draft, keep_draft, note_gone_on, open_draft
from bot.store import PersonalWork
from handlers.actions.drafting.draft import EDIT_FLOW, Step, known_of
from handlers.actions.drafting.use_cases import keep
from handlers.actions.heart.careful_counts import publish_if_due, show_later
from handlers.actions.heart.posting import CANCELLED_POST, CHANGED_POST, MOVED_POST, post
from handlers.actions.heart.reach import (
    card_link_from,
    changeable,
    forget_people,
    reach_coming_action,
)
from handlers.actions.heart.reminders import plan_anew
from handlers.actions.heart.room import let_in
from storage import actions, answers
from storage.actions import Action, ActionState
from storage.delivery import outbox

WHY_FLOW = "actions.why"
_ASKED_AT = {"time": Step.HOUR, "words": Step.WORDS, "place": Step.PLACE, "capacity": Step.CAPACITY}


@dataclass(frozen=True)
class CalledOff:
    """An action as it will be called off."""

    draft_id: int
    action: Action
    why: str


@dataclass(frozen=True)
class Saved:
    """A change that was made, or wasn't one; `link` leads to the card."""

    action_id: int
    is_changed: bool
    link: str | None


def begin_change(work: PersonalWork, action_id: int, field: str) -> tuple[int, Step]:
    """Begin to change one field. Returns the draft's id, and where it is asked."""
    action = changeable(work, action_id)
    step = _ASKED_AT.get(field)
    if step is None:
        raise Refused("frame.refused.unknown_thing")
    return keep(work, action.chat_id, EDIT_FLOW, {"action": action_id}, step), step


def edited_action(work: PersonalWork, draft_id: int) -> int:
    """Return the id of the action that a draft changes."""
    return int(open_draft(work, draft_id, EDIT_FLOW).data["action"])


def save_edit(work: PersonalWork, draft_id: int) -> bool:
    """Change an action as the draft says: its card is redrawn, and a post tells the chat.

    Returns False where the draft says what stands already: nobody is told of that.
    """
    draft = open_draft(work, draft_id, EDIT_FLOW)
    ready = known_of(work, draft)
    action = reach_coming_action(work, int(draft.data["action"]))
    before = actions.plain(action)
    moment = ready.drafted.moment
    if moment is None or moment.at != action.starts_at:
        moment = moments.require_ahead(moment, work.now)
    require_room_for_change(work, action.chat_id, action.id)
    end_draft(work, draft)
    action.title, action.place = ready.announcement.title, ready.announcement.place
    action.details, action.capacity = ready.announcement.details, ready.capacity
    action.wall, action.timezone, action.starts_at = moment.wall, moment.zone, moment.at
    work.session.add(action)
    if actions.plain(action) == before:
        return False
    action.sequence += 1
    publish_if_due(work, action)
    let_in(work, before.id, ready.capacity)
    kind = CHANGED_POST
    if action.starts_at != before.starts_at:
        kind = MOVED_POST
        answers.ask_again(work.session, before.id)
        plan_anew(work, action)
    show_later(work, action)
    work.later.redraw(actions.CARD, before.id)
    post(work, action, kind, key=f"{kind}:{before.id}:{draft.id}")
    return True


def saved(work: PersonalWork, action_id: int, is_changed: bool) -> Saved:
    return Saved(action_id, is_changed, card_link_from(work, changeable(work, action_id)))


def require_room_for_change(work: PersonalWork, chat_id: int, action_id: int) -> None:
    """Go on only where the chat may be told of one more change of an action today. Raises `Refused`."""
    since = work.now - caps.DAY
    told = [
        ref
        for kind in (CHANGED_POST, MOVED_POST)
        for ref in outbox.refs_since(work.session, chat_id, kind, since).values()
    ]
    caps.require_room_for_change(told.count(action_id))


def ask_why(work: PersonalWork, action_id: int) -> Action:
    """The person's next private message says why it is called off."""
    action = changeable(work, action_id)
    keep_draft(work, action.chat_id, WHY_FLOW, {"action": action_id}, awaits_typing=True)
    return action


def take_why(work: PersonalWork, draft_id: int, typed: str) -> int:
    """Keep the reason until it is confirmed. Returns the draft's new id: typed again it replaces the one
    before, and an older page can't confirm what it doesn't show."""
    draft = open_draft(work, draft_id, WHY_FLOW)
    data = {**draft.data, "why": read_why(typed)}
    end_draft(work, draft)
    new_id = keep_draft(work, draft.chat.id, WHY_FLOW, data, awaits_typing=True)
    note_gone_on(work, draft.id, new_id)
    return new_id


def called_off_for(work: PersonalWork, draft_id: int) -> CalledOff:
    """What a draft would call off, and why. Raises `Refused`."""
    data = _with_why(work, draft_id).data
    return CalledOff(draft_id, changeable(work, int(data["action"])), data["why"])


def cancel_for(work: PersonalWork, draft_id: int) -> None:
    """Call it off, and say why."""
    draft = _with_why(work, draft_id)
    end_draft(work, draft)
    cancel(work, int(draft.data["action"]), why=draft.data["why"])


def _with_why(work: PersonalWork, draft_id: int) -> OpenDraft:
    """A draft in which a reason stands. Raises `Refused`."""
    draft = open_draft(work, draft_id, WHY_FLOW)
    if "why" not in draft.data:
        raise Refused("frame.refused.draft_over")
    return draft


def cancel(work: PersonalWork, action_id: int, *, why: str = "") -> None:
    """Call an action off: its card says so, and so does a post. It is over: nobody is known of it now."""
    action = reach_coming_action(work, action_id)
    action.state, action.why = ActionState.CANCELLED, why
    action.sequence += 1
    forget_people(work, action)
    work.later.redraw(actions.CARD, action_id)
    post(work, action, CANCELLED_POST, key=f"{CANCELLED_POST}:{action_id}")
