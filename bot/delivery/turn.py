"""Messages out to whole chats: the turn in which everything due is done.

Everything here is driven by rows, so a restart loses nothing. Of several processes on one database one
is on duty and the others stand by.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta

from bot.bot_api.client import Client
from bot.bot_api.pace import Pace
from bot.clock import Clock
from bot.delivery.cards import CardRedraw
from bot.delivery.outbox import Outbox
from bot.delivery.removal import Removal
from bot.feature import DueSource, Features
from bot.message.words import Texts
from bot.safety.logs import report_fault
from bot.store import Store
from storage.duty import Duty

logger = logging.getLogger(__name__)

_STANDING_BY = timedelta(seconds=2)
_OTHERS_WRITE = timedelta(seconds=1)


class Delivery:
    """Sends what is due. `turn` does some of what can be done now; the schedule calls it again and again."""

    def __init__(
        self,
        client: Client,
        store: Store,
        clock: Clock,
        texts: Texts,
        pace: Pace,
        features: Features,
        *,
        duty: Duty,
        grace: timedelta,
    ) -> None:
        self._store = store
        self._clock = clock
        self._duty = duty
        self._due = features.due
        self._outbox = Outbox(client, store, clock, texts, pace, features.posts, grace)
        self._redraw = CardRedraw(client, store, clock, texts, pace, features.cards)
        self._removal = Removal(client, store, clock)

    async def turn(self) -> datetime | None:
        """Do what is due. Gives the moment at which something will be, None where nothing waits."""
        if not await asyncio.to_thread(self._duty.take):
            return self._clock.now() + _STANDING_BY
        moments = [
            *[await self._move(source) for source in self._due],
            await self._outbox.turn(),
            await self._redraw.turn(),
            await self._removal.turn(),
        ]
        if self._duty.is_shared:
            # Another process may write a row without this one being woken.
            moments.append(self._clock.now() + _OTHERS_WRITE)
        return min((moment for moment in moments if moment is not None), default=None)

    async def _move(self, source: DueSource) -> datetime | None:
        """Put what fell due into the outbox; one feature's fault is no other's."""
        try:
            due = await self._store.read(source.next_due)
            if due is not None and due <= self._clock.now():
                await self._store.run(source.move)
                due = await self._store.read(source.next_due)
        except Exception as error:
            report_fault(logger, "what is due couldn't be moved", error)
            return None
        return due
