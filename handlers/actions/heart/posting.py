"""What actions say to the whole chat: the card, and the posts about a change."""

from __future__ import annotations

from bot.store import UnitOfWork
from storage.actions import ActionRow

CHANGED_POST = "actions.changed"
MOVED_POST = "actions.moved"
"""It begins at another moment: whoever has answered is asked again."""
CANCELLED_POST = "actions.cancelled"
REMINDER_POST = "actions.reminder"


def post(work: UnitOfWork, action: ActionRow, kind: str, *, key: str) -> None:
    """Say something where the action's card stands."""
    work.later.post(kind, action.id, chat_id=action.chat_id, thread_id=action.thread_id, key=key)
