"""Messages that vanish by themselves: hints, refusals and previews in groups, when their time is over."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta

from telegram.error import TelegramError

from bot.bot_api.client import Client
from bot.bot_api.refusals import Failure, Moved, Refusal, Wait, classify
from bot.clock import Clock
from bot.store import Store, UnitOfWork
from storage.delivery import removals
from storage.delivery.removals import Deletion

logger = logging.getLogger(__name__)

_AT_ONCE = 20
_AFTER_FAILURE_SECONDS = 30.0


class Removal:
    """Deletes what is due to vanish."""

    def __init__(self, client: Client, store: Store, clock: Clock) -> None:
        self._client = client
        self._store = store
        self._clock = clock
        self._not_before: dict[int, datetime] = {}

    async def turn(self) -> datetime | None:
        """Delete some of what is due. Gives the moment for the next turn, None where nothing waits."""
        now = self._clock.now()
        waiting = await self._store.read(_due)
        self._not_before = {
            d.id: self._not_before[d.id] for d in waiting if d.id in self._not_before
        }
        ready = [d for d in waiting if self._not_before.get(d.id, now) <= now]
        for deletion, wait in zip(
            ready, await asyncio.gather(*map(self._remove, ready[:_AT_ONCE])), strict=False
        ):
            if wait > 0:
                self._not_before[deletion.id] = now + timedelta(seconds=wait)
        next_due = await self._store.read(_next_due, set(self._not_before))
        return min([*self._not_before.values(), *([next_due] if next_due else [])], default=None)

    async def _remove(self, deletion: Deletion) -> float:
        """Delete one message. Gives the seconds to wait where it must be tried again, 0 when done."""
        try:
            await self._perform(deletion)
        except TelegramError as error:
            match classify(error):
                case Wait(seconds):
                    return seconds
                case Refusal() | Failure.SHUT_OUT | Moved():
                    logger.info("a message was gone before it was removed")
                case _:
                    return _AFTER_FAILURE_SECONDS
        await self._store.run(_forget, deletion.id)
        return 0.0

    async def _perform(self, deletion: Deletion) -> None:
        chat_id, message_id = deletion.telegram_chat_id, deletion.message_id
        if deletion.only_unpin:
            await self._client.unpin_chat_message(chat_id, message_id)
        else:
            await self._client.delete_message(chat_id, message_id)


def _due(work: UnitOfWork) -> list[Deletion]:
    return removals.due(work.session, work.now)


def _next_due(work: UnitOfWork, held: set[int]) -> datetime | None:
    return removals.next_due(work.session, but_not=held)


def _forget(work: UnitOfWork, deletion_id: int) -> None:
    removals.remove(work.session, deletion_id)
