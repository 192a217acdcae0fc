"""Who may talk to the playground: this machine's own browser, from the playground's own page.

A page from elsewhere could reach a local server through a name of its own that resolves to this
machine, or by posting a form; both are turned away here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from aiohttp import web

if TYPE_CHECKING:
    from aiohttp.typedefs import Handler

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
}


class Problem(Exception):
    """Something the page asked for can't be done; the message says why, in plain words."""

    def __init__(self, words: str, status: int = 400) -> None:
        super().__init__(words)
        self.status = status


@web.middleware
async def gate(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn strangers away, and answer problems as JSON."""
    try:
        _check_host(request)
        if is_control(request) and request.method not in ("GET", "HEAD"):
            _check_post(request)
        return await handler(request)
    except Problem as problem:
        return web.json_response({"error": str(problem)}, status=problem.status)


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Nothing from elsewhere is loaded, and nobody may frame the page."""
    if not request.path.startswith(("/bot", "/file/")):
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)


def is_control(request: web.Request) -> bool:
    """Whether the page's own requests are meant, not the Bot API's."""
    return request.path.startswith("/api/")


def _check_host(request: web.Request) -> None:
    if _hostname(f"//{request.host}") not in _LOOPBACK:
        raise Problem("The playground answers on this machine only.", status=403)


def _check_post(request: web.Request) -> None:
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        raise Problem("The playground listens to its own page only.", status=403)
    if request.content_type != "application/json":
        raise Problem("Send JSON, please.", status=415)


def _hostname(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None
