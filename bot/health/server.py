"""What others are told of the bot over HTTP: two addresses, read only."""

from __future__ import annotations

import errno
import os

from aiohttp import web

from bot.health.condition import Examination
from bot.health.metrics import CONTENT_TYPE, Metrics
from bot.settings_reader import Address, SettingsError

_WHY = {
    errno.EADDRINUSE: "another program listens there, or this bot is running already",
    errno.EADDRNOTAVAIL: "this machine has no such address",
    errno.EACCES: "this user may not listen there. Ports below 1024 are the system's",
}
# Whoever is being answered when the bot stops may read to the end, and no longer.
_LAST_WORDS_SECONDS = 1.0


class HealthServer:
    """Answers GET and HEAD for /healthz and /metrics."""

    def __init__(self, address: Address, examination: Examination, metrics: Metrics) -> None:
        self._address = address
        self._examination = examination
        self._metrics = metrics
        app = web.Application()
        app.router.add_get("/healthz", self._healthz)
        app.router.add_get("/metrics", self._metrics_page)
        # Without a log of requests, which has the addresses of those who ask.
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=_LAST_WORDS_SECONDS)

    async def start(self) -> None:
        """Listen. Raises `SettingsError` where that address can't be had."""
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._address.host, self._address.port)
        try:
            await site.start()
        except (OSError, ValueError) as error:  # a name may be none that can be looked up
            raise SettingsError(
                f"LISTEN {self._address} can't be used: {_reason(error)}."
            ) from error

    async def stop(self) -> None:
        """Listen no more; whoever is being answered has a second."""
        await self._runner.cleanup()

    async def _healthz(self, _request: web.Request) -> web.Response:
        condition = await self._examination.condition()
        return web.json_response(condition.as_json(), status=200 if condition.is_well else 503)

    async def _metrics_page(self, _request: web.Request) -> web.Response:
        text = self._metrics.text(await self._examination.condition())
        return web.Response(body=text, headers={"Content-Type": CONTENT_TYPE})


def _reason(error: OSError | ValueError) -> str:
    number = error.errno if isinstance(error, OSError) else None
    if number is None or number < 0:  # the resolver's numbers
        return "no host is known by that name"
    return _WHY.get(number) or os.strerror(number)
