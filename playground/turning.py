"""Turning the playground's clock forward so that everything due on the way happens on the way."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from playground.clock import Clock

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.world import World

LONGEST = timedelta(days=31)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

# A bot that doesn't tell what it waits for is led through round times, where reminders usually
# stand, with a pause on each that most machines need to get a post out.
_STEPS = (
    (timedelta(hours=2), timedelta(minutes=1)),
    (timedelta(days=2), timedelta(minutes=10)),
    (LONGEST, timedelta(minutes=30)),
)
_PAUSE = 0.03
_PATIENCE = 50


class TurnableClock(Clock, Protocol):
    """A clock that can be turned forward by hand."""

    def turn(self, by: timedelta) -> None:
        """Turn forward; whoever sleeps past the new moment wakes."""
        ...


class Turning:
    """Walks the clock forward, giving the bot time to act on the way.

    `next_due` tells when the bot has something to do next, None when nothing waits: the walk then
    goes from one such moment to the next, and rests on each until the bot is done with it.
    """

    def __init__(
        self,
        world: World,
        clock: TurnableClock,
        next_due: Callable[[], datetime | None] | None = None,
    ) -> None:
        self._world = world
        self._clock = clock
        self._next_due = next_due
        self._goal: datetime | None = None
        self._step = _STEPS[0][1]
        self._walk: asyncio.Task[None] | None = None

    @property
    def is_turning(self) -> bool:
        return self._goal is not None

    def forward(self, by: timedelta) -> None:
        """Go on by so much; on top of what is still ahead. Raises ValueError."""
        start = self._goal or self._clock.now()
        if not timedelta() < by <= LONGEST:
            raise ValueError("the clock turns forward only, and a month at most")
        self._goal = start + by
        ahead = self._goal - self._clock.now()
        self._step = next((step for reach, step in _STEPS if ahead <= reach), _STEPS[-1][1])
        if self._walk is None or self._walk.done():
            self._walk = asyncio.create_task(self._go())

    async def stop(self) -> None:
        """Stay where the clock is now."""
        if self._walk is not None:
            self._walk.cancel()
            await asyncio.gather(self._walk, return_exceptions=True)

    async def _go(self) -> None:
        try:
            await self._let_bot_act()
            while self._goal is not None and (left := self._goal - self._clock.now()) > timedelta():
                self._clock.turn(min(left, self._to_next_stop()))
                self._world.changed()
                await self._let_bot_act()
        finally:
            self._goal = None
            self._world.changed()

    def _to_next_stop(self) -> timedelta:
        now = self._clock.now()
        if self._next_due is None:
            return self._step - (now - _EPOCH) % self._step
        due = self._next_due()
        if due is None:
            return LONGEST
        # What is still due now, for all the patience, must not keep the clock from going on.
        return due - now if due > now else self._step

    async def _let_bot_act(self) -> None:
        """Return when the bot has done what is due, or never gets it done."""
        for _ in range(_PATIENCE):
            calls = self._calls()
            await asyncio.sleep(_PAUSE)
            if self._calls() is calls and not self._is_something_due():
                return

    def _is_something_due(self) -> bool:
        due = self._next_due() if self._next_due is not None else None
        return due is not None and due <= self._clock.now()

    def _calls(self) -> object:
        return self._world.calls[-1] if self._world.calls else None
