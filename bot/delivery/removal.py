"""Messages that vanish by themselves: hints, refusals and previews in groups, when their time is over."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from functools import partial

from telegram.error import TelegramError

from bot.bot_api.phrases import Refusal
from bot.bot_api.refusals import Failure, Moved, Wait, classify
from bot.delivery.line import Line
from bot.delivery.looking import Busy, Doing
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

    def look(self, work: UnitOfWork, busy: Busy) -> Doing:  # noqa: ARG002 - deleting isn't counted
        """Find what is due, as much as is done at once."""
        held = self._retries.held(work.now)
        first = removals.first(work.session, held=held, limit=_AT_ONCE + 1)
        ready = [removal for removal in first[:_AT_ONCE] if removal.due_at <= work.now]
        rest = [removal.due_at for removal in first[len(ready) :]]
        return partial(self._remove_all, ready, min(rest, default=None))

    async def _remove_all(self, ready: list[Removal], next_due: datetime | None) -> datetime | None:
        now, done = self._line.clock.now(), list[int]()
        await self._retries.make({each.id: self._remove(each, done) for each in ready}, now)
        if done:
            await self._line.store.run(_forget, done)
        moments = [*self._retries.held(now).values(), *([next_due] if next_due else [])]
        return min(moments, default=None)

    async def _remove(self, removal: Removal, done: list[int]) -> float:
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
        done.append(removal.id)
        return 0.0

    async def _perform(self, removal: Removal) -> None:
        chat_id, message_id = removal.telegram_chat_id, removal.message_id
        if removal.only_unpin:
            await self._line.client.unpin_chat_message(chat_id, message_id)
        else:
            await self._line.client.delete_message(chat_id, message_id)


def _forget(work: UnitOfWork, removal_ids: list[int]) -> None:
    removals.forget(work.session, removal_ids)
