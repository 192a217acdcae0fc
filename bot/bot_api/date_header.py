"""What time it is at Telegram: every answer says so, in HTTP's Date header (RFC 9110, 6.6.1)."""

from __future__ import annotations

from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from bot.clock import CheckedClock

_ASKED_AT = "dvor.asked_at"


def listening_for_time(clock: CheckedClock) -> dict[str, Any]:
    """Settings of an HTTP client that tells `clock` the time of every answer."""

    async def ask(request: httpx.Request) -> None:
        request.extensions[_ASKED_AT] = clock.monotonic()

    async def answer(response: httpx.Response) -> None:
        if "json" not in response.headers.get("Content-Type", ""):
            return  # a page of somebody on the way, whose clock may be anything
        try:
            said = parsedate_to_datetime(response.headers["Date"]).astimezone(UTC)
        except (KeyError, ValueError):
            return
        clock.hear(said, asked_at=response.request.extensions[_ASKED_AT])

    return {"event_hooks": {"request": [ask], "response": [answer]}}
