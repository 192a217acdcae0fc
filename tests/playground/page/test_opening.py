"""The playground as a whole opens and closes."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from bot.clock import TurnableClock
from playground.command import serve_playground


async def test_the_playground_opens_with_the_bot_in_the_group_and_closes_cleanly() -> None:
    said: list[str] = []
    updates: list[dict[str, Any]] = []
    is_greeted = asyncio.Event()

    async def run_bot(url: str, token: str) -> None:
        async with httpx.AsyncClient(base_url=f"{url}/bot{token}/", timeout=20) as client:
            while True:
                offset = updates[-1]["update_id"] + 1 if updates else 0
                asked = {"offset": offset, "timeout": 10}
                updates.extend((await client.post("getUpdates", json=asked)).json()["result"])
                if any("my_chat_member" in update for update in updates):
                    is_greeted.set()

    playground = asyncio.create_task(
        serve_playground(port=0, clock=TurnableClock(), run_bot=run_bot, say=said.append)
    )
    async with asyncio.timeout(10):
        await is_greeted.wait()
    address = said[0].rpartition(" ")[2]
    async with httpx.AsyncClient(base_url=address) as client:
        shown = (await client.get("/api/state")).json()
        assert shown["chat"]["bot"] == "member"
        playground.cancel()
        with pytest.raises(asyncio.CancelledError):
            await playground
        with pytest.raises(httpx.ConnectError):
            await client.get("/api/state")


async def test_a_taken_port_is_no_obstacle_and_a_dying_bot_is_told_of() -> None:
    said: list[str] = []
    taken = await asyncio.start_server(lambda _reader, _writer: None, "127.0.0.1", 0)
    port = taken.sockets[0].getsockname()[1]

    async def run_bot(_url: str, _token: str) -> None:
        raise ZeroDivisionError

    async with taken:
        with pytest.raises(ZeroDivisionError):
            await serve_playground(
                port=port, clock=TurnableClock(), run_bot=run_bot, say=said.append
            )
    assert any(f"Port {port} is taken" in line for line in said)
    assert any("ZeroDivisionError" in line for line in said)
