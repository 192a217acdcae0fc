"""The bot's queue of updates: numbering, filtering, confirming, and one receiver at a time."""

from __future__ import annotations

import asyncio
import math
import random
from collections import OrderedDict, deque
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING

from playground.errors import JSON, ApiError, conflict

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.clock import Clock

ON_REQUEST_ONLY = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Kinds that come only when asked for by name."""

KEPT_SECONDS = 24 * 3600
TAP_KEPT_SECONDS = 150
_REMEMBERED = 2000

_ANOTHER_POLL = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)


@dataclass(frozen=True)
class Update:
    """One update as it will be delivered; `expires` is monotonic time."""

    update_id: int
    kind: str
    payload: dict[str, JSON]
    expires: float

    def json(self) -> dict[str, JSON]:
        return {"update_id": self.update_id, **self.payload}


@dataclass
class _Poll:
    """A getUpdates request under way."""

    ended: ApiError | None = None


class UpdateQueue:
    """Updates waiting for the bot, whichever way it receives them."""

    def __init__(self, clock: Clock, taken: Callable[[], None]) -> None:
        """`taken` is called whenever the bot has taken updates for good."""
        self._clock = clock
        self._taken = taken
        self._next_id = random.randrange(100_000_000, 900_000_000)
        # By id: what is confirmed leaves from the left. Nothing of it expires before `_first_expires`.
        self._waiting: deque[Update] = deque()
        self._first_expires = math.inf
        self._again: list[Update] = []
        self._confirmed: OrderedDict[int, Update] = OrderedDict()
        self._arrival = asyncio.Event()
        self._poll: _Poll | None = None
        self.allowed: frozenset[str] | None = None
        """The kinds the bot asked for; None for Telegram's default."""

    def __len__(self) -> int:
        self._drop_expired()
        return len(self._again) + len(self._waiting)

    @property
    def is_polled(self) -> bool:
        """Whether a getUpdates request is under way."""
        return self._poll is not None

    def waiting(self) -> list[Update]:
        """What the bot has not confirmed yet, expired updates dropped."""
        self._drop_expired()
        return [*self._again, *self._waiting]

    def wants(self, kind: str) -> bool:
        """Whether the bot's allowed_updates let this kind through."""
        if self.allowed is None:
            return kind not in ON_REQUEST_ONLY
        return kind in self.allowed

    def allow(self, kinds: JSON) -> None:
        """Remember allowed_updates; None leaves the last choice, an empty list is the default."""
        if isinstance(kinds, list):
            self.allowed = frozenset(map(str, kinds)) or None

    def add(self, kind: str, body: JSON) -> int | None:
        """Queue an update; its id, or None where the bot doesn't want the kind."""
        return self.push({kind: body}, kind) if self.wants(kind) else None

    def push(self, payload: dict[str, JSON], kind: str = "") -> int:
        """Queue any payload under the next id, whatever the bot allows."""
        kept = TAP_KEPT_SECONDS if kind == "callback_query" else KEPT_SECONDS
        update = Update(self._next_id, kind, payload, self._clock.monotonic() + kept)
        self._next_id += 1
        self._waiting.append(update)
        self._first_expires = min(self._first_expires, update.expires)
        self._wake()
        return update.update_id

    def redeliver(self, update_id: int) -> None:
        """Deliver a confirmed update once more. Raises KeyError for an unknown id."""
        self._again.append(self._confirmed[update_id])
        self._wake()

    def confirm(self, offset: int) -> None:
        """Forget everything before `offset`; a negative one keeps only that many of the newest."""
        if offset < 0:
            kept = min(-offset, len(self._waiting))
            offset = self._waiting[-kept].update_id if kept else self._next_id
        before = len(self._waiting)
        while self._waiting and self._waiting[0].update_id < offset:
            self._remember(self._waiting.popleft())
        if len(self._waiting) < before:
            self._taken()

    def delivered(self, update: Update) -> None:
        """One update was taken by a webhook, or sent once more on request."""
        self._again = [again for again in self._again if again is not update]
        self._waiting = deque(waiting for waiting in self._waiting if waiting is not update)
        self._remember(update)
        self._taken()

    def drop(self) -> None:
        """Forget everything that waits."""
        self._waiting.clear()
        self._again.clear()

    async def poll(self, offset: int, limit: int, timeout: float) -> list[dict[str, JSON]]:
        """What getUpdates answers; ends an older poll. Raises ApiError when ended itself."""
        self.end_poll(_ANOTHER_POLL)
        mine = self._poll = _Poll()
        try:
            if offset:
                self.confirm(offset)
            loop = asyncio.get_running_loop()
            deadline = loop.time() + timeout
            while mine.ended is None and not len(self):
                try:
                    await asyncio.wait_for(self._arrival.wait(), deadline - loop.time())
                except TimeoutError:
                    break
            if mine.ended is not None:
                raise mine.ended
            batch = list(islice(chain(self._again, self._waiting), limit))
            for update in batch:
                if update in self._again:
                    self.delivered(update)
            return [update.json() for update in batch]
        finally:
            if self._poll is mine:
                self._poll = None

    def end_poll(self, reason: str) -> None:
        """Let a long poll under way end with 409."""
        if self._poll is not None:
            self._poll.ended = conflict(reason)
            self._wake()

    async def arrival(self) -> None:
        """Return when something new was queued."""
        await self._arrival.wait()

    def _drop_expired(self) -> None:
        now = self._clock.monotonic()
        if now >= self._first_expires:
            self._waiting = deque(update for update in self._waiting if update.expires > now)
            self._first_expires = min(
                (update.expires for update in self._waiting), default=math.inf
            )

    def _remember(self, update: Update) -> None:
        self._confirmed[update.update_id] = update
        while len(self._confirmed) > _REMEMBERED:
            self._confirmed.popitem(last=False)

    def _wake(self) -> None:
        self._arrival.set()
        self._arrival = asyncio.Event()
