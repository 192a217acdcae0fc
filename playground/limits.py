"""Telegram's limits on sending, when they are asked for.

About 30 messages a second overall, 20 a minute in one group, one a second in one private chat with
short bursts allowed. Edits count too.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playground.chats import Chat
    from playground.clock import Clock


@dataclass
class _Window:
    """At most `count` sends within `seconds`."""

    count: int
    seconds: float
    sent: deque[float] = field(default_factory=deque)
    refused_until: float = -math.inf

    def wait(self, now: float) -> float:
        """Seconds until one more is allowed; 0 if it is now."""
        while self.sent and self.sent[0] <= now - self.seconds:
            self.sent.popleft()
        if now < self.refused_until:
            return self.refused_until - now
        if len(self.sent) < self.count:
            return 0.0
        return self.sent[-self.count] + self.seconds - now


class Limits:
    """Counts sends while `enforce` is on; `refused` is how often 429 was answered."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.enforce = False
        self.refused = 0
        self._overall = _Window(30, 1.0)
        self._chats: dict[int, _Window] = {}

    def retry_after(self, chat: Chat | None) -> int:
        """0 when the send may go on, and counts; else the whole seconds to be silent."""
        if not self.enforce:
            return 0
        now = self._clock.monotonic()
        windows = [self._overall] + ([self._window(chat)] if chat is not None else [])
        for window in windows:
            if (wait := window.wait(now)) > 0:
                retry_after = math.ceil(wait)
                # Whoever sends on regardless is refused until the time is over.
                window.refused_until = max(window.refused_until, now + retry_after)
                self.refused += 1
                return retry_after
        for window in windows:
            window.sent.append(now)
        return 0

    def _window(self, chat: Chat) -> _Window:
        if chat.id not in self._chats:
            self._chats[chat.id] = _Window(20, 60.0) if chat.is_group else _Window(3, 3.0)
        return self._chats[chat.id]
