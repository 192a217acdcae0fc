"""Into which groups the bot comes, where the operators say who may add it."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress

from telegram.error import TelegramError

from bot.bot_api.client import Client
from bot.clock import Clock
from bot.message.words import Html
from bot.person.place import Person
from bot.store import Store, UnitOfWork
from storage import chats

logger = logging.getLogger(__name__)

_WAIT_SECONDS = 5.0
"""A group that became a supergroup has a number that nobody knows yet: its old number's message says whose it
is, before that or soon after."""


class Invitations:
    """Knows whose invitation counts, and leaves where none did. Groups that are known once are never left."""

    def __init__(
        self, client: Client, store: Store, clock: Clock, may_add: frozenset[int] | None
    ) -> None:
        """`may_add` are accounts, None for everybody's."""
        self._client = client
        self._store = store
        self._clock = clock
        self._may_add = may_add
        self._leaving: set[asyncio.Task[None]] = set()

    def may_add(self, person: Person) -> bool:
        """Whether this person may bring the bot into a group."""
        return self._may_add is None or person.id in self._may_add

    async def is_welcome(self, telegram_id: int, added_by: Person) -> bool:
        """Whether the bot may stay in a group into which this person brought it."""
        return self.may_add(added_by) or await self._store.read(_is_known, telegram_id)

    def decline(self, telegram_id: int, farewell: Html) -> None:
        """Say a sentence in a group and leave it; nothing of it is kept."""
        task = asyncio.create_task(self._leave(telegram_id, farewell), name="leaving")
        self._leaving.add(task)
        task.add_done_callback(self._leaving.discard)

    def stop(self) -> None:
        """Leave no more groups."""
        for task in self._leaving:
            task.cancel()

    async def _leave(self, telegram_id: int, farewell: Html) -> None:
        await self._clock.sleep(_WAIT_SECONDS)
        if await self._store.read(_is_known, telegram_id):
            return
        with suppress(TelegramError):  # where it may not write it leaves without a word
            await self._client.send_message(telegram_id, farewell, parse_mode="HTML")
        try:
            await self._client.leave_chat(telegram_id)
        except TelegramError as error:
            logger.info("a group couldn't be left (%s)", type(error).__name__)
        else:
            logger.info("a group was left: whoever added the bot there isn't among MAY_ADD")


def _is_known(work: UnitOfWork, telegram_id: int) -> bool:
    return chats.find(work.session, telegram_id) is not None
