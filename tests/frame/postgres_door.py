"""A door in front of a PostgreSQL server: shut, answering that the server is starting up, or open."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from sqlalchemy import make_url

_SSL_REQUEST = 8
# https://www.postgresql.org/docs/current/protocol-error-fields.html; in a language that nobody here reads
_STARTING_UP = "SПОЛНЫЙ СТОП\0C57P03\0Mсистема баз данных запускается\0\0".encode()


class PostgresDoor:
    """An address of a PostgreSQL server on this machine at which nobody listens until it is told to."""

    def __init__(self, url: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port: int = free.getsockname()[1]
        behind = make_url(url)
        self._behind = Path(str(behind.query["host"])) / ".s.PGSQL.5432"
        address = behind.set(host="127.0.0.1", port=self._port, query={})
        self.url = address.render_as_string(hide_password=False)
        self.knocks = 0

    @asynccontextmanager
    async def starting_up(self) -> AsyncIterator[None]:
        """The server is there and lets nobody in yet."""
        async with await asyncio.start_server(self._put_off, "127.0.0.1", self._port):
            yield

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Whoever comes is let through."""
        async with await asyncio.start_server(self._let_through, "127.0.0.1", self._port):
            yield

    async def _put_off(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            length = int.from_bytes(await reader.readexactly(4))
            await reader.readexactly(length - 4)
            if length == _SSL_REQUEST:
                writer.write(b"N")
                length = int.from_bytes(await reader.readexactly(4))
                await reader.readexactly(length - 4)
            self.knocks += 1
            writer.write(b"E" + (len(_STARTING_UP) + 4).to_bytes(4) + _STARTING_UP)
            await writer.drain()
        writer.close()

    async def _let_through(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        server_reader, server_writer = await asyncio.open_unix_connection(self._behind)
        await asyncio.wait(
            [
                asyncio.create_task(_carry(reader, server_writer)),
                asyncio.create_task(_carry(server_reader, writer)),
            ],
            return_when=asyncio.FIRST_COMPLETED,
        )
        for end in (writer, server_writer):
            end.close()


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while some := await reader.read(65_536):
            writer.write(some)
            await writer.drain()
