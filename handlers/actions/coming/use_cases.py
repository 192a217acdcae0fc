"""What is ahead in a chat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.delivery.setbacks.obstacles import Obstacle, of_row
from bot.message.addresses import card_link
from bot.store import PersonalWork, UnitOfWork
from storage import actions
from storage.actions import Action
from storage.delivery import held_posts

_LISTED = 30


@dataclass(frozen=True)
class Listed:
    """A coming action and a link to its card, where there is one; while it waits to be posted, why."""

    action: Action
    link: str | None
    is_waiting: bool
    obstacle: Obstacle | None


@dataclass(frozen=True)
class Coming:
    """What is ahead in a chat, seen from its `today`."""

    listed: tuple[Listed, ...]
    today: date


def coming(work: PersonalWork) -> Coming:
    """Return what is ahead in this chat."""
    chat = work.find_chat_here()
    if chat is None:
        return Coming((), work.now.date())
    chat_id = chat.id
    rows = actions.coming(work.session, chat_id, work.now, _LISTED)
    listed = tuple(_listed(work, chat_id, row) for row in rows)
    return Coming(listed, work.today(chat_id))


def _listed(work: UnitOfWork, chat_id: int, action: Action) -> Listed:
    link = card_link(work, chat_id, actions.CARD, action.id)
    row = held_posts.of_thing(work.session, chat_id, actions.CARD, action.id, work.now)
    return Listed(action, link, row is not None, of_row(work, row) if row is not None else None)
