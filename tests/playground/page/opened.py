"""A playground with the real bot at work in it, as `make run` opens it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from bot.app import App
from bot.clock import TurnableClock
from bot.settings import read_settings
from playground.command import serve_playground
from tests.browser import Visitor


@asynccontextmanager
async def opened_playground(folder: Path) -> AsyncIterator[str]:
    """Open it for a while; gives its address. What the bot keeps lies in `folder`."""
    clock = TurnableClock()
    opened: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def run_bot(api_url: str, token: str) -> None:
        settings = read_settings(
            {
                "BOT_TOKEN": token,
                "BOT_API_URL": api_url,
                "DATA_DIR": str(folder / "data"),
                "KEY_FILE": str(folder / "keys" / "dvor.key"),
            }
        )
        await App(settings, clock).run()

    def say(line: str) -> None:
        if "http://" in line:
            opened.set_result(line.rpartition(" ")[2])

    playground = asyncio.create_task(
        serve_playground(port=0, clock=clock, run_bot=run_bot, say=say)
    )
    either: set[asyncio.Future[Any]] = {playground, opened}
    await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
    if playground.done():
        playground.result()
    yield await opened
    playground.cancel()
    with suppress(asyncio.CancelledError):
        await playground


async def let_pass(page: Visitor, label: str) -> None:
    """Turn the clock with one of the page's buttons and wait until it has stopped."""
    await page.clicks("#clock button", label)
    await page.until("!document.getElementById('clock').classList.contains('turning')")
