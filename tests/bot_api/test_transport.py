"""Requests over a real wire: how long they wait, what is sent, what comes of everything that goes wrong.

The library's own tests of its default transport were the list of what to look at.
"""

from __future__ import annotations

import asyncio
import gzip
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from telegram import InputMediaDocument
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.bot_api.client import Client
from bot.bot_api.connections import Connections
from bot.bot_api.refusals import Failure, ForeignPage, classify
from bot.bot_api.request import BotApiRequest
from bot.clock import CheckedClock, SystemClock
from playground.world import PATIENCE_SECONDS
from tests.bot_api.wire import (
    YES,
    Answer,
    Asked,
    Wire,
    own_certificate,
    page,
    proxying,
    saying,
    saying_nothing,
    serving,
    socks,
    tunnel,
)
from tests.process import TOKEN

SOON = 0.05
GOOD = page("200 OK", YES)
NOWHERE = "http://127.0.0.1:1"


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@asynccontextmanager
async def calling(url: str, *, proxy: str | None = None, at_once: int = 8) -> AsyncIterator[Client]:
    connections = Connections(proxy)
    clock = CheckedClock(SystemClock())
    try:
        yield Client(
            TOKEN,
            base_url=f"{url}/bot",
            request=BotApiRequest(clock, connections, at_once=at_once),
            get_updates_request=BotApiRequest(clock, connections, at_once=1),
        )
    finally:
        await connections.close()


async def ask(client: Client, **more: Any) -> bool:
    return await client.answer_callback_query("1", **more)


async def failure(client: Client, **more: Any) -> TelegramError:
    with pytest.raises(TelegramError) as raised:
        await ask(client, **more)
    return raised.value


# What is sent


async def test_parameters_arrive_as_they_were_meant() -> None:
    text = "Суп & борщ +1=2 %41;\r\n“ё” 🌻"
    async with serving(saying(GOOD)) as wire, calling(wire.url) as client:
        assert await ask(client, text=text, show_alert=True)
    [asked] = wire.asked
    assert asked.line == f"POST /bot{TOKEN}/answerCallbackQuery HTTP/1.1"
    assert asked.headers["content-type"] == "application/x-www-form-urlencoded"
    assert asked.headers["user-agent"].startswith("python-telegram-bot")
    assert parse_qs(asked.body.decode()) == {
        "callback_query_id": ["1"],
        "text": [text],
        "show_alert": ["true"],
    }


async def test_a_request_may_have_nothing_to_say() -> None:
    async with serving(saying(GOOD)) as wire, calling(wire.url) as client:
        assert await client.log_out()
    assert wire.asked[0].body == b""


@asynccontextmanager
async def taking_files(answer: bytes) -> AsyncIterator[tuple[str, list[dict[str, Any]]]]:
    """A server that reads what is uploaded to it."""
    forms: list[dict[str, Any]] = []

    async def take(request: web.Request) -> web.Response:
        form = await request.post()
        forms.append(
            {
                name: (part.filename, part.content_type, part.file.read())
                if isinstance(part, web.FileField)
                else part
                for name, part in form.items()
            }
        )
        return web.Response(body=answer, content_type="application/json")

    application = web.Application(client_max_size=2**24)
    application.router.add_post("/{path:.*}", take)
    server = TestServer(application)
    await server.start_server()
    try:
        yield str(server.make_url("")), forms
    finally:
        await server.close()


SENT = b'{"message_id":1,"date":1,"chat":{"id":5,"type":"private"}}'


async def test_a_file_goes_with_its_name_and_its_words() -> None:
    content = bytes(range(256)) * 4096
    async with (
        taking_files(b'{"ok":true,"result":' + SENT + b"}") as (url, forms),
        calling(url) as client,
    ):
        await client.send_document(5, content, "Ліст “падпісны” 🌻", filename='Ліст "7".pdf')
    [form] = forms
    assert form["document"] == ('Ліст "7".pdf', "application/pdf", content)
    assert form["chat_id"] == "5"
    assert form["caption"] == "Ліст “падпісны” 🌻"


async def test_several_files_go_together_each_where_it_is_named() -> None:
    async with (
        taking_files(b'{"ok":true,"result":[' + SENT + b"]}") as (url, forms),
        calling(url) as client,
    ):
        await client.send_media_group(
            5, [InputMediaDocument(b"one", filename="1"), InputMediaDocument(b"two", filename="2")]
        )
    [form] = forms
    files = [part[2] for name, part in form.items() if f'"attach://{name}"' in form["media"]]
    assert files == [b"one", b"two"]


# Connections


async def test_a_connection_is_kept_for_the_next_request_whoever_makes_it() -> None:
    pages = (GOOD, page("200 OK", b'{"ok":true,"result":[]}'), GOOD)
    async with serving(saying(*pages)) as wire, calling(wire.url) as client:
        await ask(client)
        await client.fetch_updates(None, timeout=0, allowed=())
        await ask(client)
    assert wire.connections == 1


async def test_a_connection_that_the_server_gave_up_between_two_requests_costs_neither() -> None:

    async def answer(_asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(GOOD)
        writer.write_eof()

    async with serving(answer) as wire, calling(wire.url) as client:
        for _ in range(3):
            assert await ask(client)
            await wire.left.acquire()
    assert (wire.connections, len(wire.asked)) == (3, 3)


async def test_a_closed_transport_asks_nothing_and_can_be_opened_again() -> None:
    async with serving(saying(GOOD)) as wire, calling(wire.url) as client:
        request = client.request
        for _ in range(2):
            await ask(client)
            await request.shutdown()
            await request.shutdown()
            assert isinstance(await failure(client), NetworkError)
            await request.initialize()
            await request.initialize()
    assert len(wire.asked) == 2


async def test_no_cookie_is_kept() -> None:
    yes = page("200 OK", YES, "Set-Cookie: whose=this; Path=/")
    async with serving(saying(yes)) as wire, calling(wire.url) as client:
        for _ in range(2):
            await ask(client)
    assert not any("cookie" in asked.headers for asked in wire.asked)


# Patience


@asynccontextmanager
async def busy_sending(client: Client) -> AsyncIterator[None]:
    """All places for sending are taken by requests that nobody answers."""
    waiting = [asyncio.create_task(ask(client)) for _ in range(8)]
    await asyncio.sleep(0)
    yield
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)


async def test_who_finds_no_place_is_told_that_nothing_was_sent() -> None:
    async with serving(saying_nothing) as wire, calling(wire.url) as client, busy_sending(client):
        error = await failure(client, pool_timeout=SOON)
    assert isinstance(error, TimedOut)
    assert "Pool timeout" in error.message
    assert classify(error) is Failure.WEATHER
    assert len(wire.asked) <= 8


async def test_updates_are_fetched_however_many_wait_to_send() -> None:
    async def answer(asked: Asked, writer: asyncio.StreamWriter) -> None:
        if "getUpdates" in asked.line:
            writer.write(page("200 OK", b'{"ok":true,"result":[{"update_id":1}]}'))

    async with serving(answer) as wire, calling(wire.url) as client, busy_sending(client):
        assert await client.fetch_updates(None, timeout=0, allowed=()) == [{"update_id": 1}]


async def test_who_waits_for_a_place_gets_it() -> None:
    async with serving(saying(GOOD)) as wire, calling(wire.url, at_once=1) as client:
        assert await asyncio.gather(*(ask(client, pool_timeout=None) for _ in range(20)))
    assert (wire.connections, len(wire.asked)) == (1, 20)


async def test_a_place_is_free_again_whatever_became_of_its_request() -> None:
    async with serving(saying_nothing) as wire, calling(wire.url, at_once=1) as client:
        for _ in range(2):
            assert isinstance(await failure(client, read_timeout=SOON), TimedOut)
        task = asyncio.create_task(ask(client))
        await asyncio.sleep(0)
        task.cancel()
        assert "Pool" not in (await failure(client, read_timeout=SOON)).message


async def test_an_answer_that_does_not_come_is_waited_for_so_long_and_may_have_been_lost() -> None:
    async with serving(saying_nothing) as wire, calling(wire.url) as client:
        error = await failure(client, read_timeout=SOON)
    assert isinstance(error, TimedOut)
    assert classify(error) is Failure.LOST
    assert len(wire.asked) == 1


async def test_a_connection_that_does_not_come_about_asked_nothing() -> None:
    """TLS with somebody who doesn't speak it."""
    async with serving(saying_nothing) as wire, calling(f"https://127.0.0.1:{wire.port}") as client:
        error = await failure(client, connect_timeout=SOON)
    assert isinstance(error, TimedOut)
    assert classify(error) is Failure.WEATHER


async def test_a_file_that_is_not_taken_is_given_up() -> None:
    """The server reads the head and no more."""
    standing = asyncio.Event()

    async def stand(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await standing.wait()
        writer.close()

    server = await asyncio.start_server(stand, "127.0.0.1", 0, limit=1024)
    port = server.sockets[0].getsockname()[1]
    async with calling(f"http://127.0.0.1:{port}") as client:
        with pytest.raises(TimedOut) as raised:
            await client.send_document(
                5,
                bytes(2**24),
                filename="1",
                connect_timeout=SOON,
                read_timeout=SOON,
                write_timeout=SOON,
            )
    assert classify(raised.value) is Failure.LOST
    standing.set()
    server.close()


# What comes back


@pytest.mark.parametrize(
    ("status", "answer", "kind"),
    [
        ("400 Bad Request", '"error_code":400,"description":"chat not found"', BadRequest),
        ("401 Unauthorized", '"error_code":401,"description":"Unauthorized"', InvalidToken),
        ("404 Not Found", '"error_code":404,"description":"Not Found"', InvalidToken),
        ("403 Forbidden", '"error_code":403,"description":"bot was kicked"', Forbidden),
        ("409 Conflict", '"error_code":409,"description":"terminated"', Conflict),
        ("500 Oh", '"error_code":500,"description":"Internal Server Error"', NetworkError),
        ("502 Oh", '"error_code":502,"description":"Bad Gateway"', NetworkError),
        (
            "429 Oh",
            '"error_code":429,"description":"","parameters":{"retry_after":7}',
            RetryAfter,
        ),
        (
            "400 Oh",
            '"error_code":400,"description":"","parameters":{"migrate_to_chat_id":7}',
            ChatMigrated,
        ),
    ],
)
async def test_what_telegram_refuses_is_raised_as_what_it_is(
    status: str, answer: str, kind: type[TelegramError]
) -> None:
    refusal = page(status, b'{"ok":false,' + answer.encode() + b"}")
    async with serving(saying(refusal)) as wire, calling(wire.url) as client:
        error = await failure(client)
    assert type(error) is kind
    assert len(wire.asked) == 1


async def test_a_byte_that_is_no_letter_spoils_nothing_else() -> None:
    name = b'{"ok":true,"result":{"name":"Dvor\x80"}}'
    async with serving(saying(page("200 OK", name))) as wire, calling(wire.url) as client:
        assert (await client.get_my_name()).name == "Dvor�"


@pytest.mark.parametrize(
    ("status", "foreign"),
    [
        (502, page("502 Bad Gateway", b"<html>nginx</html>", "Content-Type: text/html")),
        (200, page("200 OK", b"<html>Log in</html>", "Content-Type: text/html; charset=martian")),
        (302, page("302 Found", b"", "Location: http://127.0.0.1:1/login")),
        (307, page("307 Temporary Redirect", b"", "Location: /login")),
        (200, page("200 OK", gzip.compress(YES, mtime=0), "Content-Encoding: gzip")),
        (503, page("503 Service Unavailable", b"\xff\xfe\x00", "Content-Encoding: br")),
        (204, b"HTTP/1.1 204 No Content\r\n\r\n"),
        (511, page("511 Network Authentication Required", YES, "Date: yesterday")),
    ],
)
async def test_a_foreign_page_is_known_and_followed_nowhere(status: int, foreign: bytes) -> None:
    async with serving(saying(foreign)) as wire, calling(wire.url) as client:
        error = await failure(client)
    assert isinstance(error, ForeignPage)
    assert error.status == status
    assert len(wire.asked) == 1


async def test_an_answer_in_the_middle_of_its_json_is_no_answer() -> None:
    begun = page("200 OK", b'{"ok":true,"result":{"na')
    async with serving(saying(begun)) as wire, calling(wire.url) as client:
        error = await failure(client)
    assert type(error) is TelegramError
    assert error.message == "Invalid server response"


@pytest.mark.parametrize("date", ["Date: ", "Date: the day after", "X-No: date"])
async def test_an_answer_may_not_say_what_time_it_is(date: str) -> None:
    async with serving(saying(page("200 OK", YES, date))) as wire, calling(wire.url) as client:
        assert await ask(client)


def breaking(before: bytes) -> Answer:
    """Says this much and is gone."""

    async def answer(_asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(before)
        await writer.drain()
        writer.transport.abort() if not before else writer.close()

    return answer


BROKEN = {
    "reset": breaking(b""),
    "in the head": breaking(b"HTTP/1.1 200 OK\r\nContent-Le"),
    "in the body": breaking(page("200 OK", YES)[:-5]),
    "in a chunk": breaking(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n19\r\n{"),
    "no HTTP": saying(b"SSH-2.0-OpenSSH_9.6\r\n\r\n"),
    "a bad length": saying(b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n"),
}


@pytest.mark.parametrize("how", BROKEN)
async def test_what_broke_may_have_been_done_and_is_not_asked_again(how: str) -> None:
    async with serving(BROKEN[how]) as wire, calling(wire.url) as client:
        error = await failure(client)
    assert type(error) is NetworkError
    assert classify(error) is Failure.LOST
    assert len(wire.asked) == 1


async def test_where_nobody_listens_nothing_was_asked() -> None:
    async with calling(NOWHERE) as client:
        error = await failure(client)
    assert type(error) is NetworkError
    assert classify(error) is Failure.WEATHER


async def test_a_name_that_leads_nowhere_asks_nothing() -> None:
    async with calling("http://nobody.invalid") as client:
        assert classify(await failure(client)) is Failure.WEATHER


# The token


def everything_said(error: BaseException) -> str:
    """Whatever a log or a debugger could show of an error and of all behind it."""
    said, left = [], [error]
    while left:
        each = left.pop()
        said += [str(each), repr(each), repr(each.args), *traceback.format_exception(each)]
        left += [behind for behind in (each.__cause__, each.__context__) if behind is not None]
    return "".join(said)


@pytest.mark.parametrize("how", [*BROKEN, "silent", "no TLS", "foreign", "nobody", "busy"])
async def test_no_error_holds_the_token(how: str) -> None:
    answer = BROKEN.get(how, saying_nothing)
    if how == "foreign":
        answer = saying(page("302 Found", b"", "Location: /elsewhere"))
    async with serving(answer) as wire:
        url = {"nobody": NOWHERE, "no TLS": f"https://127.0.0.1:{wire.port}"}.get(how, wire.url)
        async with calling(url) as client:
            if how == "busy":
                async with busy_sending(client):
                    error = await failure(client, pool_timeout=SOON)
            else:
                error = await failure(client, read_timeout=SOON, connect_timeout=SOON)
    assert TOKEN not in everything_said(error)
    assert TOKEN.split(":")[1] not in everything_said(error)


# Proxies and certificates


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """TLS of a server whose certificate is trusted here."""
    tls, certificate = own_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    return tls


async def test_a_certificate_that_is_trusted_is_enough(trusted: Any) -> None:
    async with serving(saying(GOOD), trusted) as wire, calling(wire.url) as client:
        assert await ask(client)


async def test_a_certificate_that_nobody_vouches_for_ends_it_before_anything_is_asked(
    tmp_path: Path,
) -> None:
    tls, _ = own_certificate(tmp_path)
    async with serving(saying(GOOD), tls) as wire, calling(wire.url) as client:
        error = await failure(client)
    assert classify(error) is Failure.WEATHER
    assert not wire.asked
    assert TOKEN not in everything_said(error)


@pytest.mark.parametrize(("way", "scheme"), [(tunnel, "http"), (socks, "socks5")])
@pytest.mark.parametrize("speaks_tls", [True, False])
async def test_where_tls_fails_behind_a_proxy_nothing_was_asked(
    way: Any, scheme: str, speaks_tls: bool, tmp_path: Path
) -> None:
    tls = own_certificate(tmp_path)[0] if speaks_tls else None
    async with (
        serving(saying(GOOD), tls) as wire,
        proxying(way, scheme) as proxy,
        calling(
            f"https://localhost:{wire.port}", proxy=f"{scheme}://me:pass@127.0.0.1:{proxy.port}"
        ) as client,
    ):
        # Who waits longer for a handshake that doesn't come wouldn't be interrupted at all.
        async with asyncio.timeout(PATIENCE_SECONDS):
            error = await failure(client, connect_timeout=5.0 if speaks_tls else 0.5)
    assert classify(error) is Failure.WEATHER
    assert TOKEN not in everything_said(error)


# "user:пароль" in Base64.
USER = "user:%D0%BF%D0%B0%D1%80%D0%BE%D0%BB%D1%8C"
BASIC = "Basic dXNlcjrQv9Cw0YDQvtC70Yw="


async def test_an_http_proxy_opens_a_way_and_only_it_is_told_the_password(trusted: Any) -> None:
    async with (
        serving(saying(GOOD), trusted) as wire,
        proxying(tunnel, "http") as proxy,
        calling(wire.url, proxy=f"http://{USER}@127.0.0.1:{proxy.port}") as client,
    ):
        for _ in range(2):
            assert await ask(client)
    [opened] = proxy.asked
    assert opened.line == f"CONNECT 127.0.0.1:{wire.port} HTTP/1.1"
    assert opened.headers["proxy-authorization"] == BASIC
    assert [TOKEN in asked.line for asked in wire.asked] == [True, True]
    assert "proxy-authorization" not in wire.asked[0].headers


async def test_without_tls_an_http_proxy_is_asked_for_the_whole_address() -> None:
    async with (
        serving(saying(GOOD)) as proxy,
        calling("http://api.invalid:81", proxy=f"http://{USER}@127.0.0.1:{proxy.port}") as client,
    ):
        assert await ask(client)
    [asked] = proxy.asked
    assert asked.line == f"POST http://api.invalid:81/bot{TOKEN}/answerCallbackQuery HTTP/1.1"
    assert asked.headers["proxy-authorization"] == BASIC


async def test_a_proxy_that_lets_nobody_through_asked_nothing(trusted: Any) -> None:
    refusal = page("407 Proxy Authentication Required", b"who are you?")
    async with (
        serving(saying(refusal)) as proxy,
        calling("https://127.0.0.1:1", proxy=f"http://{USER}@127.0.0.1:{proxy.port}") as client,
    ):
        error = await failure(client)
    assert classify(error) is Failure.WEATHER
    assert TOKEN not in everything_said(error)
    assert "пароль" not in everything_said(error)


@pytest.mark.parametrize("scheme", ["socks5", "socks5h"])
async def test_a_socks_proxy_resolves_the_name_and_is_told_the_password(
    scheme: str, trusted: Any
) -> None:
    async with (
        serving(saying(GOOD), trusted) as wire,
        proxying(socks, scheme) as proxy,
        calling(
            f"https://localhost:{wire.port}", proxy=f"{scheme}://user:p%40ss@127.0.0.1:{proxy.port}"
        ) as client,
    ):
        assert await ask(client)
    assert proxy.asked == [Asked(f"localhost:{wire.port}", {"user": "p@ss"}, b"")]


async def test_a_password_that_socks_cannot_say_is_not_said_elsewhere() -> None:
    async with calling(NOWHERE, proxy=f"socks5://{USER}@127.0.0.1:1") as client:
        assert "пароль" not in everything_said(await failure(client))


@pytest.mark.parametrize("refusal", [b"\x05\xff", b"\x01\x00", b"HTTP/1.1 400 Bad Request\r\n\r\n"])
async def test_a_socks_proxy_that_lets_nobody_through_asked_nothing(refusal: bytes) -> None:
    async def greet(_wire: Wire, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> int:
        await reader.readexactly(3)
        writer.write(refusal)
        raise ConnectionError

    async with (
        proxying(greet, "socks5") as proxy,
        calling("http://127.0.0.1:1", proxy=proxy.url) as client,
    ):
        error = await failure(client)
    assert type(error) is NetworkError
    assert classify(error) is Failure.WEATHER


async def test_a_socks_proxy_that_says_nothing_is_not_waited_for_long() -> None:
    async def greet(
        _wire: Wire, reader: asyncio.StreamReader, _writer: asyncio.StreamWriter
    ) -> int:
        await reader.read(65536)
        await reader.read()
        raise ConnectionError

    async with (
        proxying(greet, "socks5") as proxy,
        calling("http://127.0.0.1:1", proxy=proxy.url) as client,
    ):
        error = await failure(client, connect_timeout=SOON)
    assert isinstance(error, TimedOut)
    assert classify(error) is Failure.WEATHER


@pytest.mark.parametrize(
    ("settings", "is_used"),
    [
        ({"http_proxy": "http://{}"}, True),
        ({"ALL_PROXY": "{}"}, True),
        ({"https_proxy": "http://{}"}, False),
        ({"http_proxy": "http://{}", "no_proxy": "127.0.0.1"}, False),
    ],
)
async def test_the_machines_own_proxy_is_used_where_none_is_set(
    settings: dict[str, str], is_used: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with serving(saying(GOOD)) as wire, serving(saying(GOOD)) as proxy:
        for name, value in settings.items():
            monkeypatch.setenv(name, value.format(f"127.0.0.1:{proxy.port}"))
        async with calling(wire.url) as client:
            assert await ask(client)
    assert (len(proxy.asked), len(wire.asked)) == ((1, 0) if is_used else (0, 1))
