"""Requests to the Bot API over HTTP, and whether it was Telegram that answered."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from aiohttp import ClientTimeout, FormData
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

from bot.bot_api.connections import Connections
from bot.bot_api.refusals import ForeignPage, NotConnected
from bot.clock import CheckedClock

# Seconds, where a call names none: the library's own for its default transport.
_CONNECT = _READ = 5.0
_WRITE_FILES = 20.0
_PLACE = 1.0
_ALL_BUSY = "Pool timeout: too many requests are under way. This one was *not* sent to Telegram."
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
# How the server begins every answer: `Query::on_finish` and `answer_query_error` in Client.cpp.
_USUAL_BEGINNING = re.compile(
    rb'\s*\{\s*"ok"\s*:\s*(?:(true)\s*,\s*"result"\s*:|false\s*,\s*"error_code"\s*:)'
)
_UNSAID = BaseRequest.DEFAULT_NONE

AnswerListener = Callable[[str, int | None], None]
"""Is told how each request ended: the last part of its address, which is the method's name, and the status of
Telegram's answer, None where no answer of Telegram's came."""


class BotApiRequest(BaseRequest):
    """Takes an answer for Telegram's only where it is the Bot API's JSON, and hears from it what time it is.

    The library goes by the HTTP status alone. But a proxy's 403 isn't a removal from a group, a captive
    portal's 200 no message, and a provider's 404 no wrong token. Raises `ForeignPage` for all of them.

    Nothing is sent twice: whether a request arrived whose connection broke, only its sender can judge.
    """

    def __init__(self, clock: CheckedClock, connections: Connections, *, at_once: int) -> None:
        """At most `at_once` requests are under way, whoever else uses these connections."""
        self._clock = clock
        self._connections = connections
        self._places = asyncio.Semaphore(at_once)
        self._listeners: list[AnswerListener] = []

    def on_answer(self, listener: AnswerListener) -> None:
        """Call `listener` after each request that was made."""
        self._listeners.append(listener)

    @property
    def read_timeout(self) -> float:
        return _READ

    async def initialize(self) -> None:
        self._connections.open()

    async def shutdown(self) -> None:
        await self._connections.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = _UNSAID,
        write_timeout: ODVInput[float] = _UNSAID,
        connect_timeout: ODVInput[float] = _UNSAID,
        pool_timeout: ODVInput[float] = _UNSAID,
    ) -> tuple[int, bytes]:
        has_files = request_data is not None and request_data.contains_files
        timeout = _timeout(
            _said(connect_timeout, _CONNECT),
            _said(read_timeout, _READ),
            _said(write_timeout, _WRITE_FILES) if has_files else None,
        )
        body = _body(request_data) if request_data is not None else None
        await self._take_place(_said(pool_timeout, _PLACE))
        try:
            status, payload = await self._ask(
                method,
                _address(url),
                data=body,
                headers=_FORM if isinstance(body, bytes) else None,
                timeout=timeout,
            )
        except NetworkError:
            self._tell(url, None)
            raise
        finally:
            self._places.release()
        self._tell(url, status)
        return status, payload

    def _tell(self, url: str, status: int | None) -> None:
        for told in self._listeners:
            told(url.rpartition("/")[2], status)

    async def _take_place(self, patience: float | None) -> None:
        try:
            async with asyncio.timeout(patience if self._places.locked() else None):
                await self._places.acquire()
        except TimeoutError:
            raise TimedOut(_ALL_BUSY) from NotConnected()

    async def _ask(self, method: str, address: URL, **request: Any) -> tuple[int, bytes]:
        session = self._connections.session(address)
        asked_at = self._clock.monotonic()
        try:
            async with session.request(
                method, address, allow_redirects=False, **request
            ) as response:
                payload = await response.read()
        except self._connections.errors as error:
            failure = _failure(error, self._connections.not_connected)
        else:
            if says_yes(payload) is not (200 <= response.status < 300):
                raise ForeignPage(response.status)
            telegram_now = _moment(response.headers.get("Date", ""))
            if telegram_now is not None:
                self._clock.hear(telegram_now, asked_at=asked_at)
            return response.status, payload
        # Not where it was caught: whatever shows an error's context would show the address.
        raise failure


def _failure(error: Exception, not_connected: tuple[type[Exception], ...]) -> NetworkError:
    """What the library raises, without the error beneath: its words hold the address, and so the token."""
    kind = f"{type(error).__module__.partition('.')[0]}.{type(error).__name__}"
    failure = TimedOut() if isinstance(error, TimeoutError) else NetworkError(kind)
    if isinstance(error, not_connected):
        failure.__cause__ = NotConnected(kind)
    return failure


def _said(timeout: ODVInput[float], otherwise: float) -> float | None:
    return otherwise if isinstance(timeout, DefaultValue) else timeout


@lru_cache(maxsize=64)
def _timeout(connect: float | None, read: float | None, write: float | None) -> ClientTimeout:
    """`write` is for all of a request that carries files; without them it is one piece, which the system
    takes at once."""
    bounds = (connect, read, write)
    whole = sum(filter(None, bounds)) if None not in bounds else None
    return ClientTimeout(total=whole, connect=connect, sock_read=read)


@lru_cache(maxsize=256)
def _address(url: str) -> URL:
    return URL(url, encoded=True)


def _body(data: RequestData) -> bytes | FormData:
    if not data.contains_files:
        return urlencode(data.json_parameters).encode()
    # Names of files as people wrote them: quoted, Telegram would show "%D0%9B".
    form = FormData(quote_fields=False, default_to_multipart=True)
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, kind) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form


@lru_cache(maxsize=8)
def _moment(date: str) -> datetime | None:
    """What HTTP's Date header says (RFC 9110, 6.6.1)."""
    try:
        return parsedate_to_datetime(date).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


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
