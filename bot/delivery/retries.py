"""What a queue couldn't do now, and when it may be tried again."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, TypeVar

T = TypeVar("T")

Attempt = Coroutine[Any, Any, float]
"""Returns the seconds to wait where it must be made again, 0 when it is done."""


class Retries:
    """Keeps in memory which things of a queue aren't tried before when: a restart tries them at once."""

    def __init__(self) -> None:
        self._not_before: dict[int, datetime] = {}

    def held(self, now: datetime) -> Mapping[int, datetime]:
        """Return what must wait, by its id, and until when."""
        self._not_before = {key: at for key, at in self._not_before.items() if at > now}
        return self._not_before

    def hold(self, key: int, until: datetime) -> None:
        """It isn't tried before."""
        self._not_before[key] = until

    async def make(self, attempts: Mapping[int, Attempt], now: datetime) -> None:
        """Make these attempts together, each for the thing with this id, and keep which must wait."""
        waits = await all_ended(attempts.values())
        for key, wait in zip(attempts, waits, strict=True):
            if wait > 0:
                self.hold(key, now + timedelta(seconds=wait))


async def all_ended(attempts: Iterable[Coroutine[Any, Any, T]]) -> list[T]:
    """Make these together. What one of them raises is raised once all have ended: the next turn must find
    nobody at work still, whose message or older drawing would come after its own."""
    ends = await asyncio.gather(*attempts, return_exceptions=True)
    results: list[T] = []
    for end in ends:
        if isinstance(end, BaseException):
            raise end
        results.append(end)
    return results
