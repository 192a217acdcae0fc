"""What a queue couldn't do now, and when it may be tried again."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Coroutine, Mapping
from datetime import datetime, timedelta
from typing import Any

Attempt = Coroutine[Any, Any, float]
"""Returns the seconds to wait where it must be made again, 0 when it is done."""


class Retries:
    """Keeps in memory which things of a queue aren't tried before when: a restart tries them at once."""

    def __init__(self) -> None:
        self.not_before: dict[int, datetime] = {}

    def forget_all_but(self, waiting: Collection[int]) -> None:
        """Only these are still in the queue."""
        self.not_before = {key: at for key, at in self.not_before.items() if key in waiting}

    async def make(self, attempts: Mapping[int, Attempt], now: datetime) -> None:
        """Make these attempts together, each for the thing with this id, and keep which must wait."""
        waits = await asyncio.gather(*attempts.values())
        for key, wait in zip(attempts, waits, strict=True):
            self.not_before.pop(key, None)
            if wait > 0:
                self.not_before[key] = now + timedelta(seconds=wait)
