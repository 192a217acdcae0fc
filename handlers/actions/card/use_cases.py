"""What a reader may do with an action beside answering."""

from __future__ import annotations

from dataclasses import dataclass

from bot.store import PersonalWork
from handlers.actions.heart.answering import Given, current_answer
from handlers.actions.heart.reach import card_link_from, changeable
from handlers.actions.supporting.use_cases import gives_support
from storage.actions import Action


@dataclass(frozen=True)
class More:
    """What lies behind a card's ⋯: whether this person supports it, None for who holds no office."""

    action: Action
    own: Given
    supports: bool | None
    link: str | None


def more(work: PersonalWork, action_id: int) -> More:
    action = changeable(work, action_id)
    return More(
        action,
        Given(None) if work.person.id is None else current_answer(work, action_id),
        gives_support(work, action_id),
        card_link_from(work, action),
    )
