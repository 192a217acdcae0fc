"""What the bot does by itself every hour: found beside the writer, done in portions between what people do.

One writer serves everybody, so nothing that nobody waits for may keep it. A look reads on a connection of its
own, however long that takes; what it found is done in a short transaction that looks again at each thing,
since it may have changed meanwhile. Then comes the next look. A tap waits for one portion at most.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Generic, TypeVar

from bot.clock import Clock
from bot.safety.logs import report_fault
from bot.store import Store, UnitOfWork
from storage.duty import Duty
from storage.troubles import UnusableDatabaseError

logger = logging.getLogger(__name__)

T = TypeVar("T")

EVERY = timedelta(hours=1)


@dataclass(frozen=True)
class Found(Generic[T]):
    """What a look found to be done: as much as keeps the writer for ten milliseconds or so.

    `go_on` is what the next look goes on from; None where there is no more.
    """

    things: Sequence[T] = ()
    go_on: Any = None


def some(things: Sequence[T], most: int) -> Found[T]:
    """What was found, `most` of them at once; after as many as that there may be more, after the last one."""
    return Found(things, things[-1] if len(things) == most else None)


@dataclass(frozen=True)
class Chore(Generic[T]):
    """Work of this kind. `look` gets the `go_on` of the look before, None for the first of a round."""

    look: Callable[[UnitOfWork, Any], Found[T]]
    do: Callable[[UnitOfWork, Sequence[T]], None]


class Chores:
    """Goes through all chores now and then every hour, and through one where it is asked to.

    Each remembers where it was: cut off, because the disk was full say, it goes on from there.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        duty: Duty,
        chores: Iterable[Chore[Any]],
        besides: Sequence[Callable[[], Awaitable[None]]] = (),
    ) -> None:
        """Of several processes only the one on `duty` does them. `besides` is what each looks at itself."""
        self._store = store
        self._clock = clock
        self._duty = duty
        self._chores = tuple(chores)
        self._besides = tuple(besides)
        self._places: dict[Chore[Any], Any] = {}
        self._listeners: list[Callable[[float], None]] = []
        self._task: asyncio.Task[None] | None = None

    def on_round(self, listener: Callable[[float], None]) -> None:
        """Call `listener` after each round, whole or cut off, with the seconds that it took."""
        self._listeners.append(listener)

    def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name="chores")

    async def stop(self) -> None:
        """Stop after the portion in hand."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    async def go_through(self, chore: Chore[Any]) -> None:
        """Do what there is to be done of it by now. What can't be done is left for the next round, and
        doesn't keep what comes after it from its turn."""
        while True:
            found = await self._store.read(chore.look, self._places.get(chore))
            try:
                if found.things:
                    await self._store.run(chore.do, found.things)
            except UnusableDatabaseError:
                raise
            except Exception:
                self._places[chore] = found.go_on
                raise
            self._places[chore] = found.go_on
            if found.go_on is None:
                return

    async def _run(self) -> None:
        while True:
            began = self._clock.monotonic()
            try:
                await self._go_round()
            except Exception as error:
                report_fault(logger, "the hourly work was cut off; it goes on in an hour", error)
            took = self._clock.monotonic() - began
            for told in self._listeners:
                told(took)
            await self._clock.sleep(EVERY.total_seconds() - took)

    async def _go_round(self) -> None:
        if await self._duty.is_mine():
            for chore in self._chores:
                await self._try(chore)
        for look in self._besides:
            await look()

    async def _try(self, chore: Chore[Any]) -> None:
        """One that fails is no other's fault."""
        try:
            await self.go_through(chore)
        except UnusableDatabaseError:
            raise
        except Exception as error:
            report_fault(logger, "a part of the hourly work failed; it is tried again", error)
