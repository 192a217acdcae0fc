"""Connections to the Bot API's server: directly, through an HTTP proxy, or by SOCKS."""

from __future__ import annotations

import os
import ssl
from urllib.request import getproxies, proxy_bypass

import aiohttp
import certifi
from telegram.request import BaseRequest
from yarl import URL

# They fail before anything is asked of Telegram.
_NOT_CONNECTED = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ClientHttpProxyError,
)
# What comes is what was sent: a page that somebody else packed isn't unpacked to any size.
_HEADERS = {"User-Agent": BaseRequest.USER_AGENT, "Accept-Encoding": "identity"}


class Connections:
    """Kept open between requests, and shared by whoever sends and whoever fetches updates."""

    def __init__(self, proxy: str | None) -> None:
        """Without `proxy` the environment's HTTPS_PROXY, ALL_PROXY and NO_PROXY hold, as everywhere."""
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None
        self._is_open = True
        self.not_connected: tuple[type[Exception], ...] = _NOT_CONNECTED
        """What says that nothing was asked."""

    @property
    def errors(self) -> tuple[type[Exception], ...]:
        """What a request may end in where the network, a proxy or an address is at fault."""
        return (aiohttp.ClientError, OSError, ValueError, *self.not_connected)

    def open(self) -> None:
        self._is_open = True

    async def close(self) -> None:
        self._is_open = False
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    def session(self, server: URL) -> aiohttp.ClientSession:
        """Made in the running loop, at the first request. All requests go to the same server."""
        if self._session is None:
            if not self._is_open:
                raise RuntimeError("the connections to Telegram are closed")
            self._session = self._make_session(server)
        return self._session

    def _make_session(self, server: URL) -> aiohttp.ClientSession:
        proxy = URL(self._proxy or _proxy_by_environment(server))
        tls = _trusted() if "https" in (server.scheme, proxy.scheme) else True
        if proxy.scheme.startswith("socks"):
            return _session(self._socks_connector(proxy, tls))
        # As many as ask: how many ask at once is counted before.
        return _session(aiohttp.TCPConnector(limit=0, ssl=tls), _in_utf8(proxy) or None)

    def _socks_connector(self, proxy: URL, tls: ssl.SSLContext | bool) -> aiohttp.TCPConnector:
        from bot.bot_api import socks

        self.not_connected = (*_NOT_CONNECTED, *socks.NOT_CONNECTED)
        return socks.SocksConnector(proxy, tls)


def _session(connector: aiohttp.TCPConnector, proxy: URL | None = None) -> aiohttp.ClientSession:
    return aiohttp.ClientSession(
        connector=connector,
        proxy=proxy,
        headers=_HEADERS,
        auto_decompress=False,
        cookie_jar=aiohttp.DummyCookieJar(),
    )


def _trusted() -> ssl.SSLContext:
    """By certificates of our own: a container may have none."""
    own = os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR")
    cafile, capath = own if any(own) else (certifi.where(), None)
    return ssl.create_default_context(cafile=cafile or None, capath=capath or None)


def _proxy_by_environment(server: URL) -> str:
    if proxy_bypass(server.host or ""):
        return ""
    proxies = getproxies()
    proxy = proxies.get(server.scheme) or proxies.get("all") or ""
    return proxy if "://" in proxy or not proxy else f"http://{proxy}"


def _in_utf8(proxy: URL) -> URL:
    """aiohttp writes a proxy's password in Latin-1, people's programs expect UTF-8: the same bytes."""
    user, password = (
        part and part.encode().decode("latin-1") for part in (proxy.user, proxy.password)
    )
    return proxy.with_user(user).with_password(password) if user is not None else proxy
