"""The HTTP side of the stand-in: decoding requests, dispatching them, answering.

Source: "Making requests" of the Bot API documentation.
"""

from __future__ import annotations

import asyncio
import inspect
import json
import logging
from email.utils import format_datetime
from typing import TYPE_CHECKING

from aiohttp import web
from aiohttp.http import HttpProcessingError

from playground.errors import JSON, ApiError, ForeignPage, bad_request, too_many_requests
from playground.faults import Fault, Faults
from playground.limits import Limits
from playground.methods.registry import Call, Method, all_methods
from playground.params import Params, Upload
from playground.state import ApiCall
from playground.webhook import Webhook

if TYPE_CHECKING:
    from playground.clock import Clock
    from playground.world import World

logger = logging.getLogger(__name__)

MAX_REQUEST_BYTES = 60 * 2**20


class Server:
    """A Bot API server for the bot of a world; more routes may join `app` before start."""

    def __init__(self, world: World, clock: Clock) -> None:
        self.world = world
        self.limits = Limits(clock)
        self.faults = Faults()
        self.webhook = Webhook(world)
        self.app = web.Application(client_max_size=MAX_REQUEST_BYTES)
        self.app.on_response_prepare.append(self._date)
        self.app.router.add_route("*", "/bot{token}/{method:.*}", self._method)
        self.app.router.add_get("/file/bot{token}/{path:.+}", self._file)
        self._methods = all_methods()
        self._runner: web.AppRunner | None = None
        self._port = 0

    @property
    def url(self) -> str:
        """The address under which the server listens, without a slash at the end."""
        return f"http://127.0.0.1:{self._port}"

    async def start(self, port: int = 0) -> None:
        """Listen on this machine only; port 0 takes a free one."""
        self._runner = web.AppRunner(self.app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        self._port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Stop listening and delivering. Long polls under way are ended."""
        await self.webhook.close()
        self.world.updates.end_poll("terminated by other getUpdates request")
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _method(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        params, fault = Params(), None
        try:
            method = self._known(request.match_info["token"], name)
            params = await read_params(request)
            fault = self.faults.strike(method.name, params)
            await self._suffer_before(request, fault)
            result = await self._perform_until_cut(request, method, params, fault)
        except ApiError as error:
            self.world.record(ApiCall(name, params.values, ok=False, error=error.description))
            await self._suffer_after(request, fault)
            return _answer(error)
        self.world.record(ApiCall(method.name, params.values, ok=True))
        await self._suffer_after(request, fault)
        return web.json_response({"ok": True, "result": result})

    async def _date(self, _request: web.Request, response: web.StreamResponse) -> None:
        """Every answer says what time it is here, as the world's clock has it."""
        response.headers["Date"] = format_datetime(self.world.clock.now(), usegmt=True)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        stored = self.world.files.by_path(request.match_info["path"])
        if request.match_info["token"] != self.world.bot.token or stored is None:
            return web.json_response(ApiError(404, "Not Found").payload(), status=404)
        return web.Response(body=stored.content, content_type="application/octet-stream")

    def _known(self, token: str, name: str) -> Method:
        if token != self.world.bot.token:
            raise ApiError(401, "Unauthorized") if ":" in token else ApiError(404, "Not Found")
        method = self._methods.get(name.lower())
        if method is None or (method.since_ephemeral and not self.world.ephemeral_supported):
            raise ApiError(404, "Not Found: method not found")
        return method

    async def _suffer_before(self, request: web.Request, fault: Fault | None) -> None:
        if fault is None:
            return
        if fault.kind == "delay":
            await asyncio.sleep(fault.seconds)
        elif fault.kind == "refuse_before":
            _hang_up(request)
            raise ApiError(500, "the connection was dropped before the work")
        elif fault.error is not None:
            raise fault.error

    async def _suffer_after(self, request: web.Request, fault: Fault | None) -> None:
        """Once the work is done, or refused."""
        if fault is not None and fault.kind == "cut" and not fault.seconds:
            _hang_up(request)
        elif fault is not None and fault.kind == "hold":
            await fault.released.wait()

    async def _perform_until_cut(
        self, request: web.Request, method: Method, params: Params, fault: Fault | None
    ) -> JSON:
        """Some connections are cut after some seconds: what isn't done by then isn't answered."""
        seconds = fault.seconds if fault is not None and fault.kind == "cut" else 0.0
        try:
            async with asyncio.timeout(seconds or None):
                return await self._perform(method, params)
        except TimeoutError as error:
            _hang_up(request)
            raise ApiError(500, "the connection was cut before the work was done") from error

    async def _perform(self, method: Method, params: Params) -> JSON:
        if method.sends:
            chat = self.world.chats.get(params.integer("chat_id"))
            if wait := self.limits.retry_after(chat):
                raise too_many_requests(wait)
        try:
            result = method.handler(Call(self.world, params, self.webhook))
            return await result if inspect.isawaitable(result) else result
        except ApiError:
            raise
        except Exception as error:
            # A fault of the stand-in itself must show in a test, not pass for one of Telegram's.
            logger.exception("%s failed", method.name)
            raise ApiError(500, f"Internal Server Error: {type(error).__name__}") from error


async def read_params(request: web.Request) -> Params:
    """The parameters: query string, form, multipart or JSON. Raises ApiError."""
    params = Params(dict(request.query))
    try:
        if request.content_type == "application/json":
            params.values.update(await _json_body(request))
        else:
            await _read_form(request, params)
    except web.HTTPRequestEntityTooLarge as error:
        raise ApiError(413, "Request Entity Too Large") from error
    except (ValueError, LookupError, HttpProcessingError) as error:
        # Broken multipart bodies, unknown encodings, headers that are none.
        raise bad_request("can't parse the request's body") from error
    return params


async def _read_form(request: web.Request, params: Params) -> None:
    for name, part in (await request.post()).items():
        if isinstance(part, web.FileField):
            content = part.file.read()
            params.uploads[name] = Upload(part.filename, content, part.content_type)
        else:
            params.values[name] = part


async def _json_body(request: web.Request) -> dict[str, JSON]:
    body = await request.read()
    try:
        decoded = json.loads(body or b"{}")
    except (ValueError, RecursionError) as error:
        raise bad_request("can't parse JSON object") from error
    if not isinstance(decoded, dict):
        raise bad_request("object expected")
    return decoded


def _answer(error: ApiError) -> web.Response:
    if isinstance(error, ForeignPage):
        return web.Response(text=error.html(), status=error.code, content_type="text/html")
    return web.json_response(error.payload(), status=error.code)


def _hang_up(request: web.Request) -> None:
    """Drop the connection; the answer that follows reaches nobody."""
    if request.transport is not None:
        request.transport.abort()
