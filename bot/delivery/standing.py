"""Whoever published something hears when it stands in the chat, or what is in the way."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta

from telegram.error import TelegramError

from bot.clock import Clock
from bot.delivery.setbacks.obstacles import Obstacle, of_row
from bot.later import first_key
from bot.store import Store, UnitOfWork
from storage.delivery import cards, outbox

logger = logging.getLogger(__name__)

Tell = Callable[[Obstacle | None], Awaitable[None]]
"""Says that it stands (None), or what is in the way."""

_REMEMBERED = timedelta(hours=1)
_MOST = 1_000


@dataclass
class _Publisher:
    """Whom to tell; what is told goes one after another, or an older line would stand last."""

    tell: Tell
    since: float
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


class Standing:
    """Tells of cards that are on their way.

    Whom to tell is kept in memory alone: the database knows nobody who published anything. So after a
    restart, or where another process delivers, nobody is told, and the card itself is the news.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._publishers: dict[tuple[str, int], _Publisher] = {}
        self._telling: set[asyncio.Task[None]] = set()

    async def when_it_stands(self, kind: str, ref: int, tell: Tell) -> None:
        """Tell once the card of a thing stands, and before that what is in the way."""
        self._forget_old()
        self._publishers[kind, ref] = _Publisher(tell, self._clock.monotonic())
        stands, obstacle = await self._store.read(_how_it_is, kind, ref)
        if stands:
            self.note_sent(kind, ref)
        elif obstacle is not None:
            self.note_obstacle(kind, ref, obstacle)

    def note_sent(self, kind: str, ref: int) -> None:
        """It stands in its chat."""
        self._forget_old()
        publisher = self._publishers.pop((kind, ref), None)
        if publisher is not None:
            self._tell(publisher, None)

    def note_obstacle(self, kind: str, ref: int, obstacle: Obstacle) -> None:
        """It waits, and goes on being tried."""
        self._forget_old()
        publisher = self._publishers.get((kind, ref))
        if publisher is not None:
            self._tell(publisher, obstacle)

    def _tell(self, publisher: _Publisher, obstacle: Obstacle | None) -> None:
        async def say() -> None:
            async with publisher.turn:
                try:
                    await publisher.tell(obstacle)
                except TelegramError as error:
                    logger.info("nobody could be told of a post: %s", type(error).__name__)

        task = asyncio.create_task(say(), name="telling that a post stands")
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    def _forget_old(self) -> None:
        since = self._clock.monotonic() - _REMEMBERED.total_seconds()
        kept = [(key, each) for key, each in self._publishers.items() if each.since > since]
        self._publishers = dict(kept[-_MOST:])


def _how_it_is(work: UnitOfWork, kind: str, ref: int) -> tuple[bool, Obstacle | None]:
    """Whether it stands, and what is in the way."""
    if cards.latest(work.session, kind, ref) is not None:
        return True, None
    row = outbox.find(work.session, first_key(kind, ref))
    return False, of_row(work, row) if row is not None else None
