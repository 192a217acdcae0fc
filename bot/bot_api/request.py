"""Requests to the Bot API, and whether it was Telegram that answered."""

from __future__ import annotations

import json
import re
from typing import Any

from telegram.request import HTTPXRequest

from bot.bot_api.date_header import DateHeader
from bot.bot_api.refusals import ForeignPage
from bot.clock import CheckedClock

# How the server begins every answer: `Query::on_finish` and `answer_query_error` in Client.cpp.
_USUAL_BEGINNING = re.compile(
    rb'\s*\{\s*"ok"\s*:\s*(?:(true)\s*,\s*"result"\s*:|false\s*,\s*"error_code"\s*:)'
)


class BotApiRequest(HTTPXRequest):
    """Takes an answer for Telegram's only where it is the Bot API's JSON, and hears from it what time it is.

    The library goes by the HTTP status alone. But a proxy's 403 isn't a removal from a group, a captive
    portal's 200 no message, and a provider's 404 no wrong token. Raises `ForeignPage` for all of them.
    """

    def __init__(
        self, clock: CheckedClock, *, connection_pool_size: int, proxy: str | None
    ) -> None:
        self._date = DateHeader(clock)
        super().__init__(
            connection_pool_size=connection_pool_size,
            proxy=proxy,
            httpx_kwargs={"event_hooks": self._date.hooks},
        )

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        status, payload = await super().do_request(*args, **kwargs)
        if says_yes(payload) is not (200 <= status < 300):
            raise ForeignPage(status)
        self._date.believe()
        return status, payload


def says_yes(payload: bytes) -> bool | None:
    """Whether the Bot API did what was asked; None where this isn't an answer of the Bot API.

    Source: core.telegram.org/bots/api#making-requests. A Boolean `ok` alone is in many others' JSON.
    """
    if usual := _USUAL_BEGINNING.match(payload):
        return usual[1] is not None
    try:
        answer = json.loads(payload)
    except (ValueError, RecursionError):
        return None
    if not isinstance(answer, dict):
        return None
    if answer.get("ok") is True and "result" in answer:
        return True
    is_no = answer.get("ok") is False and {"error_code", "description"} <= answer.keys()
    return False if is_no else None
