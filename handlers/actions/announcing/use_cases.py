"""How something is announced. Plain functions on a unit of work."""

from __future__ import annotations

from bot.domain.refusal import Refused
from bot.later import first_key
from bot.message import moment as moments
from bot.person.drafts import end_draft, open_draft
from bot.store import PersonalWork
from handlers.actions.announcing.counting import require_room
from handlers.actions.drafting.draft import (
    NEW_FLOW,
    Step,
    known_in,
    known_of,
    next_step,
    nothing_yet,
)
from handlers.actions.drafting.typed import read_typed
from handlers.actions.drafting.use_cases import keep
from handlers.actions.heart.posting import post
from handlers.actions.heart.reach import author_tag
from handlers.actions.heart.reminders import plan_usual
from storage import actions
from storage.actions import ActionRow


def begin_step_by_step(work: PersonalWork, chat_id: int) -> int:
    """Begin an announcement of which nothing is known. Returns the draft's id."""
    chat = work.reach(chat_id)
    _require_known(work)
    return keep(work, chat.id, NEW_FLOW, nothing_yet(chat.timezone), Step.DAY)


def begin_here(work: PersonalWork) -> int:
    """The same in the chat that this is about."""
    return begin_step_by_step(work, work.chat_here().id)


def draft_action(work: PersonalWork, typed: str) -> tuple[int, Step]:
    """Read what was typed after /action and keep it. Returns the draft's id, and what is to be asked next."""
    chat = work.chat_here()
    nothing = nothing_yet(chat.timezone)
    data = nothing | read_typed(typed, known_in(work, nothing))
    step = next_step(data)
    if step is not Step.PREVIEW:
        _require_known(work)
    return keep(work, chat.id, NEW_FLOW, data, step), step


def _require_known(work: PersonalWork) -> None:
    """The steps end in the private chat, where an anonymous administrator is somebody else: they type all of
    it in a line. Raises `Refused`."""
    if work.person.id is None:
        raise Refused("actions.refused.example")


def publish(work: PersonalWork, draft_id: int) -> int:
    """Make the draft an action and post its card. Returns the action's id."""
    draft = open_draft(work, draft_id, NEW_FLOW)
    ready = known_of(work, draft)
    moment = moments.require_ahead(ready.drafted.moment, work.now)
    if not ready.is_whole:
        raise Refused("frame.refused.draft_over")  # a step was left out, as only a forged tap can
    chat_id = draft.chat.id
    require_room(work, chat_id)
    end_draft(work, draft)
    action = ActionRow(
        chat_id=chat_id,
        thread_id=work.thread_in(chat_id),
        title=ready.announcement.title,
        place=ready.announcement.place,
        details=ready.announcement.details,
        capacity=ready.capacity,
        wall=moment.wall,
        timezone=moment.zone,
        starts_at=moment.at,
        is_careful=draft.chat.counts_carefully,
    )
    action_id = actions.add(work.session, action)
    action.author_tag = author_tag(work, action_id, work.person)
    plan_usual(work, action)
    post(work, action, actions.CARD, key=first_key(actions.CARD, action_id))
    return action_id
