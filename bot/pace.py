"""Telegram's limits, counted on our side: about 30 messages a second, 20 a minute in one group.

Edits count too. Cards get at most half of a group's minute, so that posts always fit.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import timedelta

from telegram.error import RetryAfter

from bot.clock import Clock

OVERALL, OVERALL_SECONDS = 28, 1.0
GROUP, GROUP_SECONDS = 20, 60.0
GROUP_EDITS = 10


@dataclass
class _Window:
    """The moments of the latest sends, oldest first."""

    seconds: float
    sent: deque[float] = field(default_factory=deque)

    def wait(self, now: float, most: int) -> float:
        while self.sent and self.sent[0] <= now - self.seconds:
            self.sent.popleft()
        return 0.0 if len(self.sent) < most else self.sent[-most] + self.seconds - now


class Pace:
    """Says when the next send fits; whoever sends says so."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._overall = _Window(OVERALL_SECONDS)
        self._groups: dict[int, _Window] = {}
        self._edits: dict[int, _Window] = {}
        self._refused_until: dict[int, float] = {}

    def wait(self, chat_id: int, *, edit: bool = False) -> float:
        """Seconds until one more send to this chat keeps every limit; 0 for now."""
        now = self._clock.monotonic()
        waits = [
            self._overall.wait(now, OVERALL),
            self._groups.setdefault(chat_id, _Window(GROUP_SECONDS)).wait(now, GROUP),
            self._refused_until.get(chat_id, now) - now,
        ]
        if edit:
            waits.append(
                self._edits.setdefault(chat_id, _Window(GROUP_SECONDS)).wait(now, GROUP_EDITS)
            )
        return max(0.0, *waits)

    def note(self, chat_id: int, *, edit: bool = False) -> None:
        """One more was sent to this chat."""
        now = self._clock.monotonic()
        self._overall.sent.append(now)
        self._groups.setdefault(chat_id, _Window(GROUP_SECONDS)).sent.append(now)
        if edit:
            self._edits.setdefault(chat_id, _Window(GROUP_SECONDS)).sent.append(now)
        if len(self._groups) > 5_000:
            self._forget_quiet(now)

    def refuse(self, chat_id: int, seconds: float) -> None:
        """Telegram said 429: nothing more to this chat before its time."""
        self._refused_until[chat_id] = self._clock.monotonic() + seconds

    def _forget_quiet(self, now: float) -> None:
        for windows in (self._groups, self._edits):
            for chat_id in [key for key, window in windows.items() if not window.wait(now, 1)]:
                del windows[chat_id]
        self._refused_until = {chat: t for chat, t in self._refused_until.items() if t > now}


def retry_seconds(error: RetryAfter) -> float:
    """How long Telegram wants silence."""
    value = error.retry_after
    return value.total_seconds() if isinstance(value, timedelta) else float(value)
