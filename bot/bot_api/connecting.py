"""A client for one token: what it says goes by the limits, and updates are fetched beside it."""

from __future__ import annotations

import logging

from bot.bot_api.client import Client
from bot.bot_api.connections import Connections
from bot.bot_api.limiter import PacedRequests
from bot.bot_api.request import BotApiRequest
from bot.clock import CheckedClock

_CALLS_AT_ONCE = 64


def make_client(
    token: str, server: str, proxy: str | None, clock: CheckedClock, pacing: PacedRequests
) -> Client:
    """Return a client of the Bot API server at this address, which ends before "/bot". Nothing is asked yet;
    `clock` hears the time from each answer."""
    # To the library a 429 or a gateway's page is an error; we deal with each where it happens.
    for name in ("telegram.ext.AIORateLimiter", "telegram.request.BaseRequest"):
        logging.getLogger(name).setLevel(logging.CRITICAL)

    connections = Connections(proxy)
    return Client(
        token,
        base_url=f"{server}/bot",
        base_file_url=f"{server}/file/bot",
        request=BotApiRequest(clock, connections, at_once=_CALLS_AT_ONCE),
        # A place of its own: however many wait to send, updates are fetched.
        get_updates_request=BotApiRequest(clock, connections, at_once=1),
        rate_limiter=pacing,
    )
