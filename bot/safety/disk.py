"""What the disk keeps: what was erased leaves it, and nothing on it tells in which order people did things.

Between two times the newest rows lie as they came, which lasts ten minutes at most (`storage/rewriting.py`).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection
from datetime import timedelta
from functools import partial

from bot.clock import Clock
from bot.safety.logs import report_fault
from storage.database import Database
from storage.duty import Duty
from storage.rewriting import NotNowError, Rewriting
from storage.troubles import UnusableDatabaseError

logger = logging.getLogger(__name__)

CLEAN_EVERY = timedelta(minutes=5)
_SOON = timedelta(seconds=30)
# For others who look at an older state: in between, and while somebody waits.
_PATIENCE = 3.0
_SHORT_PATIENCE = 1.0
# How long a person waits for the disk before they are told that it takes longer.
_WAITED_FOR = 4.0
# After each round there is a rest, as long as the round: a flood of erasing stalls nobody.
_LEAST_REST = 0.1


class Disk:
    """Cleans every five minutes, and at once where something is erased; several who wait share one round."""

    def __init__(self, database: Database, clock: Clock, duty: Duty) -> None:
        """Of several processes only the one on `duty` cleans; each lets go of what it erases itself."""
        self._rewriting = Rewriting(database)
        self._clock = clock
        self._duty = duty
        self._one_at_a_time = asyncio.Lock()
        self._erased: set[str] = set()
        self._next_round: asyncio.Future[bool] | None = None
        self._rounds: asyncio.Task[None] | None = None
        self._cleaning: asyncio.Task[None] | None = None

    def start(self, forget: Callable[[], Awaitable[None]]) -> None:
        """Clean now and then every five minutes; `forget` erases what has outlived its use first. Not in line
        with what is to be sent: who waits for a table mustn't hold up a post."""
        self._cleaning = asyncio.create_task(self._keep_clean(forget), name="cleaning")

    async def stop(self) -> None:
        """Clean a last time: a machine that is switched off shows no order either."""
        for task in (self._cleaning, self._rounds):
            if task is not None:
                task.cancel()
                await asyncio.wait([task])
        await self._clean(_SHORT_PATIENCE)

    def erase(self, tables: Collection[str]) -> asyncio.Future[bool]:
        """Let nothing of what was erased from these tables stay on the disk. The future says whether that
        could be done at once; where not, the next cleaning sees to it."""
        self._erased.update(tables)
        if self._next_round is None:
            self._next_round = asyncio.get_running_loop().create_future()
            if self._rounds is None or self._rounds.done():
                self._rounds = asyncio.create_task(self._go_round(), name="erasing")
        return self._next_round

    async def _go_round(self) -> None:
        loop = asyncio.get_running_loop()
        while self._next_round is not None:
            this_round, self._next_round = self._next_round, None
            tables, self._erased = frozenset(self._erased), set()
            began = loop.time()
            erase = partial(self._rewriting.forget_erased, tables, _SHORT_PATIENCE)
            async with self._one_at_a_time:
                is_gone = await self._try(erase, "what was erased is still on the disk")
            this_round.set_result(is_gone)
            await asyncio.sleep(max(_LEAST_REST, loop.time() - began))

    async def _keep_clean(self, forget: Callable[[], Awaitable[None]]) -> None:
        while True:
            began = self._clock.monotonic()
            is_clean = await self._try(forget, "what has outlived its use is still there")
            is_clean = await self._clean(_PATIENCE) and is_clean
            due = began + (CLEAN_EVERY if is_clean else _SOON).total_seconds()
            await self._clock.sleep(due - self._clock.monotonic())

    async def _clean(self, patience: float) -> bool:
        if not await self._duty.is_mine():
            return True
        forget_order = partial(self._rewriting.forget_order, patience)
        async with self._one_at_a_time:
            return await self._try(forget_order, "rows still show their order on the disk")

    async def _try(self, clean: Callable[[], Awaitable[None]], otherwise: str) -> bool:
        """Whether it could be done. Where it couldn't, the operator is told what still is so, and why."""
        try:
            await clean()
        except (NotNowError, UnusableDatabaseError) as error:
            logger.warning("%s: %s. It is tried again soon", otherwise, error)
            return False
        except Exception as error:
            report_fault(logger, f"{otherwise}; it is tried again soon", error)
            return False
        return True


async def waited_for(erasing: asyncio.Future[bool]) -> bool:
    """Whether it was done in the time that a person waits for an answer."""
    try:
        async with asyncio.timeout(_WAITED_FOR):
            return await asyncio.shield(erasing)
    except TimeoutError:
        return False
