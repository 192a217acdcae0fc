"""Where the bot tells how it is: off unless asked for, two addresses to read, gone when it stops."""

from __future__ import annotations

import asyncio
import signal
import socket
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from playground.server import Server
from tests.begun_process import BegunProcess
from tests.health.asking import asked, free_port, health
from tests.process import TOKEN, run_bot, run_python, running, says, stopped
from tests.yard import Yard

pytestmark = pytest.mark.databases("sqlite")


@pytest.mark.parametrize(
    ("path", "kind"), [("/healthz", "application/json"), ("/metrics", "text/plain; version=1.0.0")]
)
async def test_two_addresses_are_there_to_read(
    bare_yard: Yard, port: int, path: str, kind: str
) -> None:
    await bare_yard.move_in()
    got, head = await asked(port, path), await asked(port, path, "HEAD")
    assert (got.status, head.status, head.text) == (200, 200, "")
    assert got.text
    assert got.headers["Content-Type"].startswith(kind)
    assert head.headers["Content-Type"] == got.headers["Content-Type"]
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        assert (await asked(port, path, method)).status == 405


@pytest.mark.parametrize("path", ["/", "/healthz/", "/metrics/x", "/bot", "/%2e%2e/dvor.key"])
async def test_nothing_else_is_there(bare_yard: Yard, port: int, path: str) -> None:
    await bare_yard.start()
    assert (await asked(port, path)).status == 404


def test_who_does_not_listen_loads_nothing_for_it(tmp_path: Path) -> None:
    script = f"""
import sys
from bot.app import App
from bot.clock import SystemClock
from bot.settings import read_settings
App(read_settings({{"BOT_TOKEN": {TOKEN!r}}}), SystemClock())
print(*(name for name in sys.modules if name.startswith(("bot.health", "prometheus", "aiohttp.web"))))
"""
    ended = run_python("-c", script, folder=tmp_path)
    assert (ended.returncode, ended.stdout.strip()) == (0, ""), ended


def test_a_port_that_somebody_has_ends_the_start_in_words(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        listen = f"127.0.0.1:{taken.getsockname()[1]}"
        ended = run_bot("run", folder=tmp_path, BOT_TOKEN=TOKEN, LISTEN=listen)
    assert ended.returncode == 2
    assert ended.stderr == (
        f"LISTEN {listen} can't be used: another program listens there, or this bot is running already.\n"
    )


@pytest.mark.parametrize(
    ("listen", "why"),
    [
        ("192.0.2.1:9180", "this machine has no such address"),
        ("nowhere.invalid:9180", "no host is known by that name"),
        (f"{'n' * 64}.invalid:9180", "no host is known by that name"),
    ],
)
def test_an_address_that_cant_be_had_ends_the_start_in_words(
    tmp_path: Path, listen: str, why: str
) -> None:
    ended = run_bot("run", folder=tmp_path, BOT_TOKEN=TOKEN, LISTEN=listen)
    assert ended.returncode == 2
    assert ended.stderr == f"LISTEN {listen} can't be used: {why}.\n"


@pytest.mark.parametrize(("host", "is_told"), [("127.0.0.1", False), ("0.0.0.0", True)])
async def test_who_can_be_reached_from_elsewhere_is_told_so(
    bare_yard: Yard, port: int, host: str, is_told: bool
) -> None:
    bare_yard.overrides["LISTEN"] = f"{host}:{port}"
    await bare_yard.start()
    warned = [line for line in bare_yard.log.lines if "may be reached from other networks" in line]
    assert bool(warned) is is_told
    assert (await health(port))["well"]


def listening(folder: Path, server: Server, port: int) -> AbstractAsyncContextManager[BegunProcess]:
    """The bot as a process, which tells on this port how it is."""
    return running(
        "run",
        folder=folder,
        BOT_TOKEN=server.world.bot.token,
        BOT_API_URL=server.url,
        LISTEN=f"127.0.0.1:{port}",
    )


async def test_while_it_starts_it_says_so(tmp_path: Path, real_server: Server) -> None:
    fault = real_server.faults.add("getMe", "hold")
    with free_port() as port:
        async with listening(tmp_path, real_server, port) as process:
            await says(process, "Connecting")
            await real_server.world.until(lambda: fault.struck, 60)
            said = await health(port)
            assert said["problems"] == ["it is starting, and waits for Telegram"]
            fault.released.set()
            await says(process, "is at work")
            assert (await health(port))["well"]


async def test_it_stops_cleanly_whoever_is_still_connected(
    tmp_path: Path, real_server: Server
) -> None:
    with free_port() as port:
        async with listening(tmp_path, real_server, port) as process:
            await says(process, "is at work")
            idle, idle_writer = await asyncio.open_connection("127.0.0.1", port)
            idle_writer.write(b"GET /healthz HTTP/1.1\r\nHost: bot\r\n\r\n")
            assert b"200 OK" in await idle.readline()
            _, slow_writer = await asyncio.open_connection("127.0.0.1", port)
            slow_writer.write(b"GET /metrics HTTP/1.1\r\nHo")
            said = await stopped(process, signal.SIGTERM)
            idle_writer.close()
            slow_writer.close()
        assert process.returncode == 0
        assert said.startswith("Stopped.\n")
        assert "ERROR" not in said
        with pytest.raises(OSError, match="Connect"):
            await asked(port, "/healthz")
