"""How much the stand-in itself can do: a bare client fetches taps and answers each, as fast as it can.

Run as a module it is that client: it must not share a process with what it measures.
"""

from __future__ import annotations

import asyncio
import sys

import aiohttp

from benchmarks.contenders import prepare_bare_taps
from benchmarks.stage.town import ROOT, town

_AT_ONCE = 32
_METHOD = "answerCallbackQuery"


async def measure_ceiling(taps: int) -> float:
    """Taps a second that it hands out and takes the answers of."""
    async with town(people=200) as place:
        feed = await prepare_bare_taps(place)
        place.world.updates.drop()
        feed(taps)
        command = [sys.executable, "-m", "benchmarks.stage.ceiling", place.server.url]
        client = await asyncio.create_subprocess_exec(
            *command, place.world.bot.token, str(taps), cwd=ROOT
        )
        await place.wire.until(_METHOD, 1)
        loop = asyncio.get_running_loop()
        began = loop.time()
        await place.wire.until(_METHOD, taps)
        seconds = loop.time() - began
        await client.wait()
        return (taps - 1) / seconds


async def _answer_all(url: str, token: str, taps: int) -> None:
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=_AT_ONCE)) as session:

        async def answer(tap: str) -> None:
            fields = {"callback_query_id": tap, "text": "You're going."}
            async with session.post(f"{url}/bot{token}/{_METHOD}", data=fields) as answered:
                await answered.read()

        offset = 0
        while taps > 0:
            fields = {"offset": str(offset), "timeout": "10"}
            async with session.post(f"{url}/bot{token}/getUpdates", data=fields) as fetched:
                updates = (await fetched.json())["result"]
            if updates:
                offset, taps = updates[-1]["update_id"] + 1, taps - len(updates)
            await asyncio.gather(*(answer(update["callback_query"]["id"]) for update in updates))


if __name__ == "__main__":
    asyncio.run(_answer_all(sys.argv[1], sys.argv[2], int(sys.argv[3])))
