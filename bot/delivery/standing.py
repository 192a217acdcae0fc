"""Whoever published something hears when it stands in the chat, or what is in the way."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from telegram.error import TelegramError

from bot.clock import Clock
from bot.delivery.setbacks.obstacles import Obstacle, of_thing
from bot.store import Store, UnitOfWork
from storage.delivery import cards

logger = logging.getLogger(__name__)

Tell = Callable[[Obstacle | None], Awaitable[None]]
"""Says that it stands (None), or what is in the way."""

_REMEMBERED = timedelta(hours=1)
_MOST = 1_000


class Standing:
    """Tells of cards that are on their way.

    Whom to tell is kept in memory alone: the database knows nobody who published anything. So after a
    restart, or where another process delivers, nobody is told, and the card itself is the news.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._waiting: dict[tuple[str, int], tuple[float, Tell]] = {}
        self._telling: set[asyncio.Task[None]] = set()

    async def when_it_stands(self, kind: str, ref: int, tell: Tell) -> None:
        """Tell once the card of a thing stands, and before that what is in the way."""
        self._forget_old()
        self._waiting[kind, ref] = (self._clock.monotonic(), tell)
        stands, obstacle = await self._store.read(_how_it_is, kind, ref)
        if stands:
            self.note_sent(kind, ref)
        elif obstacle is not None:
            self.note_obstacle(kind, ref, obstacle)

    def note_sent(self, kind: str, ref: int) -> None:
        """It stands in its chat."""
        waiting = self._waiting.pop((kind, ref), None)
        if waiting is not None:
            self._tell(waiting[1], None)

    def note_obstacle(self, kind: str, ref: int, obstacle: Obstacle) -> None:
        """It waits, and goes on being tried."""
        waiting = self._waiting.get((kind, ref))
        if waiting is not None:
            self._tell(waiting[1], obstacle)

    def _tell(self, tell: Tell, obstacle: Obstacle | None) -> None:
        async def say() -> None:
            try:
                await tell(obstacle)
            except TelegramError as error:
                logger.info("nobody could be told of a post: %s", type(error).__name__)

        task = asyncio.create_task(say(), name="telling that a post stands")
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    def _forget_old(self) -> None:
        since = self._clock.monotonic() - _REMEMBERED.total_seconds()
        kept = [(key, each) for key, each in self._waiting.items() if each[0] > since]
        self._waiting = dict(kept[-_MOST:])


def _how_it_is(work: UnitOfWork, kind: str, ref: int) -> tuple[bool, Obstacle | None]:
    """Whether it stands, and what is in the way."""
    if cards.latest(work.session, kind, ref) is not None:
        return True, None
    return False, of_thing(work, kind, ref)
