"""Token buckets: how much somebody may ask for at once, and how fast more comes."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from bot.clock import Clock

_MOST_REMEMBERED = 20_000
_FORGET_EVERY_SECONDS = 60.0


@dataclass(frozen=True)
class Allowance:
    """So many at once, and so many more each second."""

    at_once: int
    each_second: float


class Buckets:
    """One bucket for each key. Of a bucket one number is kept: when it will be full again.

    Full ones are forgotten within a minute of being used again by anybody. Source: the generic cell rate
    algorithm, ITU-T I.371.
    """

    def __init__(self, clock: Clock, allowance: Allowance) -> None:
        self._clock = clock
        self._interval = 1 / allowance.each_second
        self._longest = (allowance.at_once - 1) * self._interval
        self._full_at: dict[Hashable, float] = {}
        self._forget_at = 0.0

    def take(self, key: Hashable) -> bool:
        """Take one out. False where there is none."""
        now = self._clock.monotonic()
        if now >= self._forget_at or len(self._full_at) > _MOST_REMEMBERED:
            self._forget_full(now)
        full_at = max(now, self._full_at.get(key, now))
        if full_at - now > self._longest:
            return False
        self._full_at[key] = full_at + self._interval
        return True

    def _forget_full(self, now: float) -> None:
        self._forget_at = now + _FORGET_EVERY_SECONDS
        kept = [(key, at) for key, at in self._full_at.items() if at > now]
        # Of more than that at once the first come are forgotten: memory has an end.
        self._full_at = dict(kept[-_MOST_REMEMBERED // 2 :])
