"""The chat that a right is asked about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.safety.codes import genuine_chat
from bot.store import PersonalWork, UnitOfWork
from storage import chats
from storage.chats import ChatSettings


def chat_within_reach(
    work: PersonalWork, chat_of: Callable[[PersonalWork, Any], int | None], thing: object
) -> ChatSettings | None:
    """Return the chat of a thing, None where nothing is left of that. A forged button learns nothing, not
    even that it exists."""
    chat_id = chat_of(work, thing)
    return None if chat_id is None else chats.settings_of(work.reach(chat_id))


def telegram_id_of(work: UnitOfWork, chat_id: int) -> int | None:
    """Return Telegram's id of the chat with ours."""
    chat = chats.find_by_id(work.session, chat_id)
    return genuine_chat(work.keys, chat).telegram_id if chat else None
