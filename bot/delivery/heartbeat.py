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
from bot.safety.logs import report_fault

logger = logging.getLogger(__name__)

HEARTBEAT = timedelta(seconds=30)
_AFTER_FAULT = timedelta(seconds=5)
_STOP_SECONDS = 10.0


class Heartbeat:
    """Runs `turn` again and again.

    `next_due` is the moment that it sleeps towards, None where nothing waits.
    """

    def __init__(self, clock: Clock, turn: Callable[[], Awaitable[datetime | None]]) -> None:
        self._clock = clock
        self._turn = turn
        self._wake = asyncio.Event()
        # The moment of the next turn; brought forward by `wake`, also while a turn is under way.
        self._turn_at = clock.now()
        self._task: asyncio.Task[None] | None = None
        self.next_due: datetime | None = None
        self._is_stopping = False

    def wake(self, at: datetime | None = None) -> None:
        """Something is due at that moment (now) that wasn't known of before."""
        moment = at or self._clock.now()
        if moment < self._turn_at:
            self._turn_at = moment
            self._wake.set()

    def start(self, jobs: JobQueue[Any]) -> None:
        async def heartbeat(_context: object) -> None:
            self.wake()

        jobs.run_repeating(
            heartbeat, HEARTBEAT, job_kwargs={"misfire_grace_time": None, "coalesce": True}
        )
        self._task = asyncio.create_task(self._run(), name="heartbeat")

    async def stop(self) -> None:
        """Let the turn in hand end, so that nothing is cut between sending and recording."""
        self._is_stopping = True
        self._wake.set()
        if self._task is not None:
            await asyncio.wait([self._task], timeout=_STOP_SECONDS)

    async def _run(self) -> None:
        while not self._is_stopping:
            # From the turn's beginning: what fell due while it was under way is due at once.
            self._turn_at = self._clock.now() + HEARTBEAT
            try:
                self.next_due = await self._turn()
                self._turn_at = min(self._turn_at, self.next_due or self._turn_at)
            except Exception as error:
                report_fault(logger, "a turn of delivery failed; the next comes soon", error)
                self.wake(self._clock.now() + _AFTER_FAULT)
            await self._sleep()

    async def _sleep(self) -> None:
        """Until the next turn is due. It may be brought forward, and the clock be turned, meanwhile.

        Not longer than a heartbeat: the clock may be set back.
        """
        deadline = self._clock.monotonic() + HEARTBEAT.total_seconds()
        while not self._is_stopping:
            seconds = (self._turn_at - self._clock.now()).total_seconds()
            seconds = min(seconds, deadline - self._clock.monotonic())
            if seconds <= 0:
                return
            self._wake.clear()
            waits = [
                asyncio.ensure_future(self._wake.wait()),
                asyncio.ensure_future(self._clock.sleep(seconds)),
            ]
            try:
                await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for wait in waits:
                    wait.cancel()
