"""Servers on this machine that answer as they are told, well or badly, and the proxies before them."""

from __future__ import annotations

import asyncio
import ipaddress
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

YES = b'{"ok":true,"result":true}'
OPENED = b"HTTP/1.1 200 Connection established\r\n\r\n"

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass(frozen=True)
class Asked:
    """A request as it came over the wire."""

    line: str
    headers: dict[str, str]
    body: bytes


Answer = Callable[[Asked, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Wire:
    """What came to a server."""

    port: int
    connections: int = 0
    asked: list[Asked] = field(default_factory=list)
    scheme: str = "http"
    left: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(0))
    """Counts the connections that the other side has closed."""

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}"


def page(status: str, body: bytes, *headers: str) -> bytes:
    lines = (f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers)
    return "".join(f"{line}\r\n" for line in lines).encode() + b"\r\n" + body


def saying(*pages: bytes) -> Answer:
    """One after the other, and the last for ever."""
    left = list(pages)

    async def answer(_asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(left.pop(0) if len(left) > 1 else left[0])

    return answer


async def saying_nothing(_asked: Asked, _writer: asyncio.StreamWriter) -> None:
    """And the connection stays open."""


@asynccontextmanager
async def serving(answer: Answer, tls: ssl.SSLContext | None = None) -> AsyncIterator[Wire]:
    """A server on 127.0.0.1 that answers each request so, and keeps connections open."""
    wire = Wire(0, scheme="https" if tls else "http")

    async def keep(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        wire.connections += 1
        while True:
            try:
                asked = await _read(reader)
            except asyncio.IncompleteReadError:
                wire.left.release()
                return
            wire.asked.append(asked)
            await answer(asked, writer)
            if writer.is_closing():
                return

    async with _listening(keep, tls) as wire.port:
        yield wire


@asynccontextmanager
async def proxying(
    greet: Callable[[Wire, asyncio.StreamReader, asyncio.StreamWriter], Awaitable[int]],
    scheme: str,
) -> AsyncIterator[Wire]:
    """A proxy that lets through to the port that `greet` gives."""
    wire = Wire(0, scheme=scheme)

    async def let_through(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        wire.connections += 1
        port = await greet(wire, reader, writer)
        there = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.wait(
            [
                asyncio.ensure_future(_pour(reader, there[1])),
                asyncio.ensure_future(_pour(there[0], writer)),
            ]
        )

    async with _listening(let_through) as wire.port:
        yield wire


async def tunnel(wire: Wire, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> int:
    """An HTTP proxy opens a way by CONNECT (RFC 9110, 9.3.6)."""
    asked = await _read(reader)
    wire.asked.append(asked)
    writer.write(OPENED)
    return int(asked.line.split()[1].rpartition(":")[2])


async def socks(wire: Wire, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> int:
    """SOCKS 5 with a password (RFC 1928 and 1929)."""
    _, methods = await reader.readexactly(2)
    assert 2 in await reader.readexactly(methods)
    writer.write(b"\x05\x02")
    _, length = await reader.readexactly(2)
    user = await reader.readexactly(length)
    password = await reader.readexactly((await reader.readexactly(1))[0])
    writer.write(b"\x01\x00")
    _, _, _, kind = await reader.readexactly(4)
    assert kind == 3, "a name is resolved at the proxy: here it may lead to somebody else"
    host = await reader.readexactly((await reader.readexactly(1))[0])
    port = int.from_bytes(await reader.readexactly(2))
    wire.asked.append(Asked(f"{host.decode()}:{port}", {user.decode(): password.decode()}, b""))
    writer.write(b"\x05\x00\x00\x01" + bytes(6))
    return port


async def _read(reader: asyncio.StreamReader) -> Asked:
    head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    headers = {
        name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:-2])
    }
    return Asked(head[0], headers, await reader.readexactly(int(headers.get("content-length", 0))))


async def _pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while some := await reader.read(65536):
            writer.write(some)
    writer.close()


@asynccontextmanager
async def _listening(
    keep: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]],
    tls: ssl.SSLContext | None = None,
) -> AsyncIterator[int]:
    tasks: set[asyncio.Task[None]] = set()

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        with suppress(asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            await keep(reader, writer)
        writer.close()

    server = await asyncio.start_server(take, "127.0.0.1", 0, ssl=tls)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks)


def own_certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """A server's side of TLS for this machine, and the certificate to trust for it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "the yard's own")])
    here = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(here), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / "certificate.pem"
    file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    secret = folder / "key.pem"
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(file, secret)
    return tls, file
