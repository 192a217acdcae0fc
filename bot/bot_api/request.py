"""Requests to the Bot API, and whether it was Telegram that answered."""

from __future__ import annotations

import json
import re
from typing import Any

from telegram.request import HTTPXRequest

from bot.bot_api.refusals import ForeignPage

# How the server writes every answer: `Query::on_finish` and `answer_query_error` in Client.cpp.
_USUAL_BEGINNING = re.compile(rb'\s*\{\s*"ok"\s*:\s*(true|false)\b')


class BotApiRequest(HTTPXRequest):
    """Takes an answer for Telegram's only where it is the Bot API's JSON.

    The library goes by the HTTP status alone. But a proxy's 403 isn't a removal from a group, a captive
    portal's 200 no message, and a provider's 404 no wrong token. Raises `ForeignPage` for all of them.
    """

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        status, payload = await super().do_request(*args, **kwargs)
        if not _is_bot_api(payload):
            raise ForeignPage(status)
        return status, payload


def _is_bot_api(payload: bytes) -> bool:
    """Source: core.telegram.org/bots/api#making-requests: an object that always has a Boolean `ok`."""
    if _USUAL_BEGINNING.match(payload):
        return True
    try:
        answer = json.loads(payload)
    except ValueError:
        return False
    return isinstance(answer, dict) and isinstance(answer.get("ok"), bool)
