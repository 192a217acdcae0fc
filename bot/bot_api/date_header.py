"""What time it is at Telegram: every answer says so, in HTTP's Date header (RFC 9110, 6.6.1)."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from bot.clock import CheckedClock

_ASKED_AT = "dvor.asked_at"


@dataclass(frozen=True)
class _Said:
    """What an answer said, and when (monotonic) its request was made."""

    now: datetime
    asked_at: float


# Of the answer that this task waits for, or has had last.
_said: ContextVar[_Said | None] = ContextVar("said", default=None)


class DateHeader:
    """Tells a clock the time that an answer says, once it is known to be Telegram's: whoever else answers may
    live by any clock."""

    def __init__(self, clock: CheckedClock) -> None:
        self._clock = clock

    @property
    def hooks(self) -> dict[str, list[Callable[..., Coroutine[Any, Any, None]]]]:
        """For the HTTP client whose answers these are."""
        return {"request": [self._ask], "response": [self._hear]}

    def believe(self) -> None:
        """The last answer in this task was Telegram's."""
        said = _said.get()
        if said is not None:
            self._clock.hear(said.now, asked_at=said.asked_at)

    async def _ask(self, request: httpx.Request) -> None:
        _said.set(None)
        request.extensions[_ASKED_AT] = self._clock.monotonic()

    async def _hear(self, response: httpx.Response) -> None:
        try:
            now = parsedate_to_datetime(response.headers["Date"]).astimezone(UTC)
        except (KeyError, ValueError, OverflowError):
            return
        _said.set(_Said(now, response.request.extensions[_ASKED_AT]))
