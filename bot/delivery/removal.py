"""Messages that vanish by themselves: hints, refusals and previews in groups, when their time is over."""

from __future__ import annotations

import logging
from collections.abc import Collection
from datetime import datetime, timedelta

from telegram.error import TelegramError

from bot.bot_api.phrases import Refusal
from bot.bot_api.refusals import Failure, Moved, Wait, classify
from bot.delivery.line import Line
from bot.delivery.retries import Retries
from bot.store import UnitOfWork
from storage.delivery import removals
from storage.delivery.removals import Removal

logger = logging.getLogger(__name__)

_AT_ONCE = 20
_AFTER_FAILURE_SECONDS = 30.0
_AFTER_UNKNOWN_SECONDS = 600.0
# So long a refusal that nobody knows is taken for a passing one.
_LONGEST_UNKNOWN = timedelta(hours=1)


class Remover:
    """Deletes what is due to vanish."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._retries = Retries()

    async def turn(self) -> datetime | None:
        """Delete some of what is due. Returns the moment for the next turn, None where nothing waits."""
        now, store = self._line.clock.now(), self._line.store
        waiting = await store.read(_due)
        self._retries.forget_all_but({removal.id for removal in waiting})
        not_before = self._retries.not_before
        ready = [removal for removal in waiting if not_before.get(removal.id, now) <= now]
        await self._retries.make({each.id: self._remove(each) for each in ready[:_AT_ONCE]}, now)
        next_due = await store.read(_next_due, set(not_before))
        return min([*not_before.values(), *([next_due] if next_due else [])], default=None)

    async def _remove(self, removal: Removal) -> float:
        """Delete one message. Returns the seconds to wait where it must be tried again, 0 when done."""
        try:
            await self._perform(removal)
        except TelegramError as error:
            match classify(error):
                case Wait(seconds):
                    return seconds
                case Refusal.OTHER if self._line.clock.now() - removal.due_at < _LONGEST_UNKNOWN:
                    return _AFTER_UNKNOWN_SECONDS
                case Refusal() | Failure.SHUT_OUT | Moved() as reason:
                    logger.info("a message wasn't removed: %s", reason)
                case _:
                    return _AFTER_FAILURE_SECONDS
        await self._line.store.run(_forget, removal.id)
        return 0.0

    async def _perform(self, removal: Removal) -> None:
        chat_id, message_id = removal.telegram_chat_id, removal.message_id
        if removal.only_unpin:
            await self._line.client.unpin_chat_message(chat_id, message_id)
        else:
            await self._line.client.delete_message(chat_id, message_id)


def _due(work: UnitOfWork) -> list[Removal]:
    return removals.due(work.session, work.now)


def _next_due(work: UnitOfWork, held: Collection[int]) -> datetime | None:
    return removals.next_due(work.session, but_not=held)


def _forget(work: UnitOfWork, removal_id: int) -> None:
    removals.remove(work.session, removal_id)
