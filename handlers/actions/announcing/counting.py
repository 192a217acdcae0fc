"""How much was announced in a chat today, and by whom: each action is asked for it, and no list is kept."""

from __future__ import annotations

from bot.domain.actions import caps
from bot.later import first_key
from bot.person.drafts import chat_of_draft
from bot.store import PersonalWork
from handlers.actions.heart.reach import author_tag
from storage import actions
from storage.delivery import outbox


def require_room(work: PersonalWork, chat_id: int) -> None:
    """Go on only where this person may announce one more today. Raises `Refused`."""
    announced = _today(work, chat_id)
    is_organiser = work.is_organiser_of(work.reach(chat_id))
    own = sum(action.author_tag == author_tag(work, action.id, work.person) for action in announced)
    caps.require_room(own, len(announced), is_organiser=is_organiser)


def where_much_was_announced(work: PersonalWork, draft_id: int) -> int | None:
    """Return our id of the chat that a draft is for, where so much was announced today that it matters
    whether this person is an organiser."""
    chat_id = chat_of_draft(work, draft_id)
    if chat_id is None or len(_today(work, chat_id)) < caps.MOST_OF_A_NEIGHBOUR:
        return None
    return chat_id


def _today(work: PersonalWork, chat_id: int) -> list[actions.ActionRow]:
    """Actions whose card was first posted, or is to be, within a day."""
    posted = outbox.refs_since(work.session, chat_id, actions.CARD, work.now - caps.DAY)
    found = (
        actions.get(work.session, ref)
        for key, ref in posted.items()
        if key == first_key(actions.CARD, ref)
    )
    return [action for action in found if action is not None]
