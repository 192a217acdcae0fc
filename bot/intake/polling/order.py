"""Order within a chat: its writes queue up in order, and a read waits for the writes before it.

Of a chat one update is at work, and the next begins when that is done. Only taps in a group follow closer:
the next tap begins once the one before stands in the writer's queue. What it looks up before it writes waits
until all that came before it is in the database. In private a use case may be run again after Telegram was
asked something, so there a place in the queue says nothing.

Whoever waits for Telegram's word for more than a second steps aside, see
docs/decisions/0024-order-and-waiting.md.
"""

from __future__ import annotations

import asyncio
import itertools
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import Context, ContextVar

from bot.intake.polling.window import Window

_LONG_SECONDS = 1.0

_in_hand: ContextVar[InHand | None] = ContextVar("in_hand", default=None)
_numbers = itertools.count()


def note_queued() -> None:
    """What the update in hand, if any, is to change stands in the writer's queue."""
    if (in_hand := _in_hand.get()) is not None:
        in_hand.note_queued()


def let_go() -> None:
    """The update in hand, if any, has had its effect, or is only to be answered: it holds up nobody."""
    if (in_hand := _in_hand.get()) is not None:
        in_hand.let_go()


async def earlier_writes() -> None:
    """Return once all that came before the update in hand, if any, is in the database."""
    if (in_hand := _in_hand.get()) is not None:
        await in_hand.earlier_writes()


@contextmanager
def asking() -> Iterator[None]:
    """Meanwhile the update in hand, if any, waits for Telegram's word on what it may do."""
    if (in_hand := _in_hand.get()) is None:
        yield
        return
    timer = asyncio.get_running_loop().call_later(_LONG_SECONDS, in_hand.step_aside)
    try:
        yield
    finally:
        timer.cancel()


class InHand:
    """An update that was taken, in the line of its chat."""

    __slots__ = ("_left", "_line", "_window", "begin", "is_queued", "is_tap", "number", "update_id")

    def __init__(
        self,
        window: Window,
        line: Line,
        update_id: int,
        begin: Callable[[InHand], None],
        *,
        is_tap: bool,
    ) -> None:
        """`begin` is called when its turn has come, which may be at once."""
        self.update_id = update_id
        self.begin = begin
        self.is_tap = is_tap
        self.is_queued = False
        self.number = next(_numbers)
        self._window = window
        self._line = line
        # Made where somebody waits for it to leave the line.
        self._left: asyncio.Event | None = None
        window.take(update_id)
        line.add(self)

    def context(self) -> Context:
        """Return a context in which this is the update in hand."""
        context = Context()
        context.run(_in_hand.set, self)
        return context

    def note_queued(self) -> None:
        """What it is to change stands in the writer's queue."""
        self.is_queued = True
        self._line.begin_next()

    def let_go(self) -> None:
        """It is done: the next may begin, and Telegram may be told. Again is no harm."""
        self._window.end(self.update_id)
        self._leave()

    def step_aside(self) -> None:
        """It waits for long. In a group the others go on, and it has its effect after Telegram's answer; in
        private all are one person's, and what is typed next hangs on what was tapped before."""
        if self._line.is_private:
            self._window.note_waiting(self.update_id, lambda: self._line.ids_waiting)
        else:
            self._window.note_waiting(self.update_id)
            self._leave()

    async def earlier_writes(self) -> None:
        """Return once all before it in its chat are done, or have stepped aside."""
        while (first := self._line.first) is not None and first.number < self.number:
            first._left = first._left or asyncio.Event()
            await first._left.wait()

    def _leave(self) -> None:
        if self._line.remove(self) and self._left is not None:
            self._left.set()


class Line:
    """The updates of one chat that aren't done: those at work, and those that wait for their turn."""

    __slots__ = ("__weakref__", "_at_work", "_waiting", "is_private")

    def __init__(self, chat: object) -> None:
        self.is_private = isinstance(chat, int) and chat > 0
        self._at_work: dict[int, InHand] = {}
        self._waiting: deque[InHand] = deque()

    @property
    def first(self) -> InHand | None:
        """The first at work."""
        return next(iter(self._at_work.values()), None)

    @property
    def ids_waiting(self) -> list[int]:
        """Which updates wait for their turn."""
        return [in_hand.update_id for in_hand in self._waiting]

    def add(self, in_hand: InHand) -> None:
        """One more came."""
        self._waiting.append(in_hand)
        self.begin_next()

    def remove(self, in_hand: InHand) -> bool:
        """Nobody is to wait for this one. False where it has gone before."""
        if self._at_work.pop(in_hand.number, None) is None:
            return False
        self.begin_next()
        return True

    def begin_next(self) -> None:
        """Begin with the first that waits, where it may."""
        if self._waiting and self._may_begin(self._waiting[0]):
            in_hand = self._waiting.popleft()
            self._at_work[in_hand.number] = in_hand
            in_hand.begin(in_hand)

    def _may_begin(self, in_hand: InHand) -> bool:
        latest = next(reversed(self._at_work.values()), None)
        if latest is None:
            return True
        return not self.is_private and in_hand.is_tap and latest.is_tap and latest.is_queued
