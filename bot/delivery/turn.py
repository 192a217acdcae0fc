"""Messages out to whole chats: the turn in which everything due is done.

Everything here is driven by rows, so a restart loses nothing. Of several processes on one database one
is on duty and the others stand by.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta
from typing import Protocol

from bot.delivery.cards import Redrawer
from bot.delivery.composing import Composer
from bot.delivery.line import Line
from bot.delivery.outbox import Sender
from bot.delivery.removal import Remover
from bot.feature import DueSource, Features
from bot.safety.logs import report_fault
from storage.duty import Duty

logger = logging.getLogger(__name__)

_OFF_DUTY = timedelta(seconds=2)
_OTHERS_WRITE = timedelta(seconds=1)


class Queue(Protocol):
    """Rows that wait for something to be done in Telegram."""

    async def turn(self) -> datetime | None:
        """Do some of what can be done now. Returns the moment for the next turn, None where nothing
        waits."""


class Delivery:
    """Does what is due. `turn` does some of what can be done now; the heartbeat calls it again and again."""

    def __init__(self, line: Line, features: Features, *, duty: Duty, grace: timedelta) -> None:
        composer = Composer(line.texts, features.posts)
        self._line = line
        self._duty = duty
        self._due = features.due
        self._queues: tuple[Queue, ...] = (
            Sender(line, composer, grace),
            Redrawer(line, composer),
            Remover(line),
        )

    async def turn(self) -> datetime | None:
        """Do what is due. Returns the moment at which something will be, None where nothing waits."""
        now = self._line.clock.now
        if not await asyncio.to_thread(self._duty.take):
            return now() + _OFF_DUTY
        moments = [await self._move(source) for source in self._due]
        moments += [await queue.turn() for queue in self._queues]
        if self._duty.is_shared:
            # Another process may write a row without this one being woken.
            moments.append(now() + _OTHERS_WRITE)
        return min((moment for moment in moments if moment is not None), default=None)

    async def _move(self, source: DueSource) -> datetime | None:
        """Put what fell due into the outbox; one feature's fault is no other's."""
        try:
            due = await self._line.store.read(source.next_due)
            if due is not None and due <= self._line.clock.now():
                await source.move_due(self._line.store)
                due = await self._line.store.read(source.next_due)
        except Exception as error:
            report_fault(logger, "what is due couldn't be moved", error)
            return None
        return due
