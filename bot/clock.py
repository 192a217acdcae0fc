"""Time is a value: the one place where the bot reads a clock."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """What the bot knows of time."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds that never run backwards; for pacing and leases, not for dates."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Return when `seconds` of this clock have passed."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(max(0.0, seconds))


class TurnableClock:
    """The machine's clock, or one standing still at `start`, that can be turned forward by hand."""

    def __init__(self, start: datetime | None = None, *, running: bool = True) -> None:
        began = datetime.now(UTC)
        self._turned = (start - began) if start is not None else timedelta()
        self._passed = 0.0
        self._stopped_at = None if running else began
        self._turn = asyncio.Event()

    def now(self) -> datetime:
        return (self._stopped_at or datetime.now(UTC)) + self._turned

    def monotonic(self) -> float:
        return (0.0 if self._stopped_at else time.monotonic()) + self._passed

    def turn(self, by: timedelta) -> None:
        """Turn the clock forward; whoever sleeps past the new moment wakes."""
        if by < timedelta():
            raise ValueError("a clock is only turned forward")
        self._turned += by
        self._passed += by.total_seconds()
        self._turn.set()
        self._turn = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        wake = self.monotonic() + seconds
        while (left := wake - self.monotonic()) > 0:
            turned = self._turn
            timeout = None if self._stopped_at else left
            try:
                await asyncio.wait_for(turned.wait(), timeout)
            except TimeoutError:
                return
