"""One message into a group at once, outside the outbox: counted, and following a group that moved."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from telegram import Message
from telegram.error import ChatMigrated, RetryAfter

from bot.pace import Pace, retry_seconds
from bot.place import move_chat
from bot.store import Store


class GroupSend:
    """Sends, and tells the pace of it."""

    def __init__(self, store: Store, pace: Pace) -> None:
        self._store = store
        self._pace = pace

    async def __call__(self, chat_id: int, send: Callable[[int], Awaitable[Message]]) -> Message:
        """Send; where the group became a supergroup meanwhile, move it and send again."""
        try:
            return await self._counted(chat_id, send)
        except ChatMigrated as migrated:
            await self._store.run(move_chat, chat_id, migrated.new_chat_id)
            return await self._counted(migrated.new_chat_id, send)

    async def _counted(self, chat_id: int, send: Callable[[int], Awaitable[Message]]) -> Message:
        self._pace.note(chat_id)
        try:
            return await send(chat_id)
        except RetryAfter as error:
            self._pace.refuse(chat_id, retry_seconds(error))
            raise
