"""The wire between a bot and the stand-in: it counts the calls by their methods, and is as slow as a line
may be."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable

from aiohttp import web

from playground.server import Server

PATIENCE_SECONDS = 300.0


class Wire:
    """Lies before a server that hasn't started yet.

    `seconds` pass before each answer, polls' too, without any work: a call takes as long on a real line.
    `answered` counts what was done, by method; `first_asked_at` is when each method was first called, as
    `time.monotonic()` has it.
    """

    def __init__(self, server: Server, seconds: float = 0.0) -> None:
        self.seconds = seconds
        self.answered: Counter[str] = Counter()
        self.first_asked_at: dict[str, float] = {}
        self._awaited: tuple[str, int, asyncio.Event] | None = None
        server.app.middlewares.append(self._pass)

    async def until(self, method: str, number: int, patience: float = PATIENCE_SECONDS) -> None:
        """Wait until so many calls of a method were answered. Looks at a number, not at a list of calls: what
        is counted by going through everything again costs more than the bot that it measures."""
        reached = asyncio.Event()
        self._awaited = method, number, reached
        self._look()
        async with asyncio.timeout(patience):
            await reached.wait()

    @web.middleware
    async def _pass(
        self,
        request: web.Request,
        handler: Callable[[web.Request], Awaitable[web.StreamResponse]],
    ) -> web.StreamResponse:
        method = request.match_info.get("method", "")
        self.first_asked_at.setdefault(method, time.monotonic())
        response = await handler(request)
        if response.status == web.HTTPOk.status_code:
            self.answered[method] += 1
            self._look()
        if self.seconds:
            await asyncio.sleep(self.seconds)
        return response

    def _look(self) -> None:
        if self._awaited is not None:
            method, number, reached = self._awaited
            if self.answered[method] >= number:
                reached.set()
