"""What Telegram shows of its updates: the first that isn't confirmed and those after it, a hundred in all.

An update is confirmed when it and all before it are done. While the hundred are full nothing new is seen
until the first of them is done. So then those that wait for Telegram's word for long are confirmed before
they are done, see docs/decisions/0024-order-and-waiting.md.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from contextlib import suppress

from bot.bot_api.client import MOST_AT_ONCE

_MOST_AHEAD = 1_000
# Telegram at a healthy distance answers sooner.
_SLOW_SECONDS = 0.02


class Window:
    """Which updates are in hand, and which are done and can't be confirmed yet."""

    def __init__(self) -> None:
        self.in_hand: set[int] = set()
        self._done: set[int] = set()
        # In hand too, but confirmed.
        self._ahead: set[int] = set()
        # Those that wait for Telegram for long, each with those that wait for it in turn.
        self._waiting: dict[int, Callable[[], Collection[int]]] = {}
        self._next_id: int | None = None
        self._most_shown = 0
        self.wants_all_done = False
        """Whether it is worth a while that all in hand are done before Telegram is asked again."""
        self._change = asyncio.Event()

    def __len__(self) -> int:
        """How many aren't done, confirmed or not."""
        return len(self.in_hand) + len(self._ahead)

    @property
    def shown(self) -> int:
        """How many Telegram shows again when it is asked now."""
        if not self.in_hand:
            return 0
        first = min(self.in_hand)
        return len(self.in_hand) + sum(i > first for i in self._done | self._ahead)

    @property
    def is_full(self) -> bool:
        """Whether Telegram can show nothing new."""
        return self.shown >= MOST_AT_ONCE

    @property
    def is_clear(self) -> bool:
        """Whether asking shows enough that is new."""
        return self.shown <= self._most_shown

    def offset(self) -> int | None:
        """Return where to ask from, which confirms all before it. None before the first answer."""
        offset = min(self.in_hand) if self.in_hand else self._next_id
        self._done = {i for i in self._done if offset is not None and i >= offset}
        return offset

    def note_shown(self, update_ids: Collection[int], seconds: float) -> None:
        """Telegram showed these, after so many seconds.

        Behind a full batch others wait. On a fast line it is asked for them when half of the batch is done,
        so that there is always something to do. On a slow one what isn't done yet would take the place of
        others in the next hundred, on its long way.
        """
        if update_ids:
            self._next_id = max(update_ids) + 1
        is_full, is_slow = len(update_ids) >= MOST_AT_ONCE, seconds >= _SLOW_SECONDS
        self._most_shown = MOST_AT_ONCE // 2 if is_full and not is_slow else 0
        self.wants_all_done = is_full and is_slow

    def is_new(self, update_id: int) -> bool:
        """Whether this one wasn't taken yet."""
        known = (self.in_hand, self._done, self._ahead)
        return not any(update_id in those for those in known)

    def take(self, update_id: int) -> None:
        """This one is in hand."""
        self.in_hand.add(update_id)

    def end(self, update_id: int) -> None:
        """This one is done. Again is no harm."""
        self.in_hand.discard(update_id)
        self._ahead.discard(update_id)
        self._waiting.pop(update_id, None)
        self._done.add(update_id)
        # Looked at closely only where it may be so.
        if len(self.in_hand) <= self._most_shown and self.is_clear:
            self._change.set()

    def leave(self, update_id: int) -> None:
        """This one and those after it wait for the next start."""
        self._next_id = min(update_id, self._next_id or update_id)

    def note_waiting(
        self, update_id: int, behind: Callable[[], Collection[int]] = lambda: ()
    ) -> None:
        """This one waits for Telegram for long, and `behind` gives those that wait for it in turn."""
        if update_id in self.in_hand:
            self._waiting[update_id] = behind
            self._change.set()

    def make_way(self) -> None:
        """Let those be confirmed that wait for Telegram for long."""
        for first, behind in self._waiting.items():
            for update_id in (first, *behind()):
                if update_id in self.in_hand and len(self._ahead) < _MOST_AHEAD:
                    self.in_hand.discard(update_id)
                    self._ahead.add(update_id)

    async def change(self, most_seconds: float) -> None:
        """Return once there may be room for others, or so many seconds are over."""
        self._change.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(most_seconds):
                await self._change.wait()
