"""When delivery takes its turn: woken by a commit, by the next due moment, or by a heartbeat.

The heartbeat is one APScheduler interval job, so that a lost wake-up costs half a minute, not the day.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from telegram.ext import JobQueue

from bot.clock import Clock

logger = logging.getLogger(__name__)

HEARTBEAT = timedelta(seconds=30)
ERASE_EVERY = timedelta(hours=1)
_AFTER_FAULT_SECONDS = 5.0
_STOP_SECONDS = 10.0


class Schedule:
    """Runs `turn` again and again, and `erase` every hour.

    `next_due` is the moment that it sleeps towards, None where nothing waits.
    """

    def __init__(
        self,
        clock: Clock,
        turn: Callable[[], Awaitable[datetime | None]],
        erase: Callable[[], Awaitable[None]],
    ) -> None:
        self._clock = clock
        self._turn = turn
        self._erase = erase
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self.next_due: datetime | None = None
        self._erase_at: datetime | None = None
        self._is_stopping = False

    def wake(self) -> None:
        """Something is due that wasn't before."""
        self._wake.set()

    def start(self, jobs: JobQueue[Any]) -> None:
        async def heartbeat(_context: object) -> None:
            self.wake()

        jobs.run_repeating(
            heartbeat, HEARTBEAT, job_kwargs={"misfire_grace_time": None, "coalesce": True}
        )
        self._task = asyncio.create_task(self._run(), name="schedule")

    async def stop(self) -> None:
        """Let the turn in hand end, so that nothing is cut between sending and recording."""
        self._is_stopping = True
        self.wake()
        if self._task is not None:
            await asyncio.wait([self._task], timeout=10)

    async def _run(self) -> None:
        while not self._is_stopping:
            self._wake.clear()
            try:
                await self._erase_in_time()
                self.next_due = await self._turn()
                seconds = self._seconds_until(self.next_due)
            except Exception:
                logger.exception("a turn of delivery failed; the next comes soon")
                seconds = _AFTER_FAULT_SECONDS
            if not self._is_stopping:
                await self._sleep(seconds)

    async def _erase_in_time(self) -> None:
        now = self._clock.now()
        if self._erase_at is None or self._erase_at <= now:
            self._erase_at = now + ERASE_EVERY
            await self._erase()

    def _seconds_until(self, moment: datetime | None) -> float:
        longest = HEARTBEAT.total_seconds()
        if moment is None:
            return longest
        return min(longest, max(0.0, (moment - self._clock.now()).total_seconds()))

    async def _sleep(self, seconds: float) -> None:
        """Until woken, at most `seconds` of the clock; the clock may be turned meanwhile."""
        waits = [
            asyncio.ensure_future(self._wake.wait()),
            asyncio.ensure_future(self._clock.sleep(seconds)),
        ]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
