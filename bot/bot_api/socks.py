"""Connections through a SOCKS proxy. Imported only where there is one."""

from __future__ import annotations

import asyncio
from ssl import SSLContext

from aiohttp.client_proto import ResponseHandler
from aiohttp_socks import ProxyConnectionError, ProxyConnector, ProxyError, ProxyTimeoutError
from python_socks import ProxyType
from python_socks.async_.asyncio import Proxy
from yarl import URL

NOT_CONNECTED = (ProxyError, ProxyConnectionError, ProxyTimeoutError)
"""What says that nothing was asked."""

_PORT = 1080


class SocksConnector(ProxyConnector):
    """Takes the way that the proxy opens, and leaves TLS to asyncio.

    The library's own TLS can't be interrupted: a handshake that nobody answers would hold a place for a
    minute, and the request that fetches updates with it. And its errors don't say that nothing was asked.
    """

    def __init__(self, proxy: URL, tls: SSLContext | bool) -> None:
        host, port = proxy.host or "", proxy.port or _PORT
        super().__init__(host, port, limit=0, ssl=tls)
        # Names are resolved at the proxy: here they may lead to somebody else.
        self._way = Proxy(
            ProxyType.SOCKS5, host, port, username=proxy.user, password=proxy.password, rdns=True
        )

    async def _connect_via_proxy(
        self,
        host: str,
        port: int,
        ssl: SSLContext | None = None,
        timeout: float | None = None,
    ) -> tuple[asyncio.Transport, ResponseHandler]:
        opened = await self._way.connect(host, port, timeout=timeout)
        try:
            return await self._loop.create_connection(
                self._factory, sock=opened, ssl=ssl, server_hostname=host if ssl else None
            )
        except OSError as error:
            raise ProxyConnectionError(type(error).__name__) from error
