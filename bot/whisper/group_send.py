"""One message into a group at once, outside the outbox: following a group that moved."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from telegram import Message
from telegram.error import TelegramError

from bot.bot_api.refusals import Moved, classify
from bot.delivery.presence import move_chat
from bot.store import Store


class GroupSend:
    """Sends, to wherever the group is."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def __call__(self, chat_id: int, send: Callable[[int], Awaitable[Message]]) -> Message:
        """Send; where the group became a supergroup meanwhile, move it and send again."""
        try:
            return await send(chat_id)
        except TelegramError as error:
            moved = classify(error)
            if not isinstance(moved, Moved):
                raise
            await self._store.run(move_chat, chat_id, moved.telegram_id)
            return await send(moved.telegram_id)
