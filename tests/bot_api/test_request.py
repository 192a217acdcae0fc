"""Whose answer it is, and whose time: somebody on the way may answer with JSON too."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.bot_api.client import Client
from bot.bot_api.connections import Connections
from bot.bot_api.refusals import ForeignPage
from bot.bot_api.request import BotApiRequest, says_yes
from bot.clock import CheckedClock, TurnableClock

TODAY = datetime(2026, 10, 21, 9, tzinfo=UTC)
YESTERDAY = TODAY - timedelta(days=1)
UNAUTHORIZED = b'{"ok":false,"error_code":401,"description":"Unauthorized"}'


@pytest.mark.parametrize(
    ("payload", "answer"),
    [
        (b'{"ok":true,"result":[]}', True),
        (b'{"result":{},"ok":true}', True),
        (UNAUTHORIZED, False),
        (b'{"description":"Not Found","error_code":404,"ok":false}', False),
        (b'{"ok":true}', None),
        (b'{"ok":false}', None),
        (b'{"ok":false,"message":"Not Found"}', None),
        (b'{"ok":"true","result":1}', None),
        (b'{"ok":1,"result":1}', None),
        (b"[]", None),
        (b"", None),
        (b"<html></html>", None),
        (b"[" * 100_000, None),
    ],
)
def test_an_answer_is_known_by_more_than_ok(payload: bytes, answer: bool | None) -> None:
    assert says_yes(payload) is answer


@asynccontextmanager
async def somebody_answers(
    status: int, payload: bytes
) -> AsyncIterator[Callable[[CheckedClock], Awaitable[object]]]:
    """Gives how to fetch updates from a server that says this to everything, and that it is yesterday."""

    async def answer(_request: web.Request) -> web.Response:
        date = YESTERDAY.strftime("%a, %d %b %Y %H:%M:%S GMT")
        return web.Response(
            status=status, body=payload, content_type="application/json", headers={"Date": date}
        )

    application = web.Application()
    application.router.add_route("*", "/{path:.*}", answer)
    server = TestServer(application)
    await server.start_server()

    async def fetch(clock: CheckedClock) -> object:
        request = BotApiRequest(clock, Connections(None), at_once=1)
        client = Client(
            "1:token",
            base_url=f"{server.make_url('/bot')}",
            request=request,
            get_updates_request=request,
        )
        try:
            return await client.fetch_updates(None, timeout=0, allowed=())
        finally:
            await request.shutdown()

    try:
        yield fetch
    finally:
        await server.close()


@pytest.mark.parametrize(
    ("status", "payload"),
    [
        (200, b'{"ok":true}'),
        (200, b'{"ok":false}'),
        (200, UNAUTHORIZED),
        (404, b'{"ok":false,"message":"Not Found"}'),
        (403, b'{"ok":false}'),
        (403, b'{"ok":true,"result":true}'),
    ],
)
async def test_anybody_elses_answer_tells_nothing_nor_what_time_it_is(
    status: int, payload: bytes
) -> None:
    clock = CheckedClock(TurnableClock(TODAY, running=False))
    async with somebody_answers(status, payload) as fetch:
        with pytest.raises(ForeignPage) as raised:
            await fetch(clock)
    assert raised.value.status == status
    assert clock.now() == TODAY


async def test_updates_are_a_list() -> None:
    clock = CheckedClock(TurnableClock(TODAY, running=False))
    async with somebody_answers(HTTPStatus.OK, b'{"ok":true,"result":{}}') as fetch:
        with pytest.raises(ForeignPage):
            await fetch(clock)


async def test_telegrams_answer_tells_what_time_it_is() -> None:
    clock = CheckedClock(TurnableClock(TODAY, running=False))
    async with somebody_answers(HTTPStatus.OK, b'{"ok":true,"result":[]}') as fetch:
        assert await fetch(clock) == []
    assert clock.now() == YESTERDAY
