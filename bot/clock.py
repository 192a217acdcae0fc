"""Time is a value: the one place where the bot reads a clock."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

logger = logging.getLogger(__name__)

MOST_DISAGREEMENT = timedelta(minutes=5)
_AGREES_AGAIN = MOST_DISAGREEMENT / 2


class Clock(Protocol):
    """What the bot knows of time."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds that never run backwards; for pacing and leases, not for dates."""
        ...

    def sleep(self, seconds: float) -> Coroutine[Any, Any, None]:
        """Return when `seconds` of this clock have passed since this was called."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(max(0.0, seconds))


class TurnableClock:
    """The machine's clock, or one standing still at `start`, that can be turned forward by hand."""

    def __init__(self, start: datetime | None = None, *, running: bool = True) -> None:
        began = datetime.now(UTC)
        self._turned = (start - began) if start is not None else timedelta()
        self._passed = 0.0
        self._stopped_at = None if running else began
        self._turn = asyncio.Event()

    def now(self) -> datetime:
        return (self._stopped_at or datetime.now(UTC)) + self._turned

    def monotonic(self) -> float:
        return (0.0 if self._stopped_at else time.monotonic()) + self._passed

    def turn(self, by: timedelta) -> None:
        """Turn the clock forward; whoever sleeps past the new moment wakes."""
        if by < timedelta():
            raise ValueError("a clock is only turned forward")
        self._turned += by
        self._passed += by.total_seconds()
        self._turn.set()
        self._turn = asyncio.Event()

    def sleep(self, seconds: float) -> Coroutine[Any, Any, None]:
        # From now, not from when a task gets to it: the clock may be turned in between.
        return self._sleep_until(self.monotonic() + seconds)

    async def _sleep_until(self, wake: float) -> None:
        while (left := wake - self.monotonic()) > 0:
            turned = self._turn
            timeout = None if self._stopped_at else left
            try:
                await asyncio.wait_for(turned.wait(), timeout)
            except TimeoutError:
                return


@dataclass(frozen=True)
class _Heard:
    """Telegram's time lay between `earliest` and `latest` when ours, that never runs backwards, was `at`."""

    earliest: datetime
    latest: datetime
    at: float


class CheckedClock:
    """A clock that goes by Telegram's where the machine's is plainly wrong.

    Telegram says what time it is with every answer. While the machine's clock agrees to five minutes it
    counts; where it jumped, or was set wrong, what Telegram said last counts, and the seconds since. Then
    it has to come closer than that to be believed again: one that is about five minutes off must not win
    and lose by turns.
    """

    def __init__(self, own: Clock) -> None:
        self._own = own
        self._heard: _Heard | None = None
        self._is_alarmed = False
        # Transactions ask from their threads: of two that see the clocks part, one says so.
        self._asked = threading.Lock()

    def now(self) -> datetime:
        with self._asked:
            return self._checked_now()

    def _checked_now(self) -> datetime:
        own, heard = self._own.now(), self._heard
        if heard is None:
            return own
        since = timedelta(seconds=self._own.monotonic() - heard.at)
        earliest, latest = heard.earliest + since, heard.latest + since
        most = _AGREES_AGAIN if self._is_alarmed else MOST_DISAGREEMENT
        agrees = earliest - most <= own <= latest + most
        self._sound_alarm(agrees, own - earliest)
        # The earlier end: a little late is better than early.
        return own if agrees else earliest

    def monotonic(self) -> float:
        return self._own.monotonic()

    def sleep(self, seconds: float) -> Coroutine[Any, Any, None]:
        return self._own.sleep(seconds)

    def hear(self, telegram_now: datetime, *, asked_at: float) -> None:
        """Telegram answered, with its own time, a request that was made at `asked_at` (monotonic).

        It said so at some moment since: its time now is a range.
        """
        at = self._own.monotonic()
        latest = telegram_now + timedelta(seconds=at - asked_at)
        self._heard = _Heard(telegram_now, latest, at)

    def disagreement(self) -> timedelta | None:
        """How far the machine's clock is off Telegram's at least, above zero where it is ahead; None where
        Telegram hasn't said the time yet."""
        heard = self._heard
        if heard is None:
            return None
        since = timedelta(seconds=self._own.monotonic() - heard.at)
        own, earliest, latest = self._own.now(), heard.earliest + since, heard.latest + since
        return min(own - earliest, timedelta()) + max(own - latest, timedelta())

    def _sound_alarm(self, agrees: bool, ahead: timedelta) -> None:
        """Once for each time that the clocks part."""
        if agrees and self._is_alarmed:
            logger.warning("the machine's clock agrees with Telegram's again")
        elif not agrees and not self._is_alarmed:
            hours = ahead.total_seconds() / 3600
            logger.error(
                "the machine's clock is %+.1f hours off Telegram's: going by Telegram's", hours
            )
        self._is_alarmed = not agrees
