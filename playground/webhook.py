"""Delivering updates to the bot by POST, in order, until each is taken."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import aiohttp

if TYPE_CHECKING:
    from playground.world import World

_RETRY_SECONDS = 0.25
_TIMEOUT_SECONDS = 60


class Webhook:
    """The webhook's address and the task that feeds it; no address, no deliveries."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._task: asyncio.Task[None] | None = None
        self._secret = ""
        self.url = ""
        self.last_error: str | None = None
        self.last_error_date = 0

    def set(self, url: str, secret: str) -> None:
        """Deliver to `url` from now on; "" ends it."""
        self._end()
        self.url, self._secret = url, secret
        self.last_error = None
        if url:
            self._task = asyncio.get_running_loop().create_task(self._deliver())

    async def close(self) -> None:
        """Stop delivering and wait until it has stopped."""
        task = self._task
        self._end()
        if task is not None:
            await asyncio.gather(task, return_exceptions=True)

    def _end(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    async def _deliver(self) -> None:
        queue = self._world.updates
        headers = {"X-Telegram-Bot-Api-Secret-Token": self._secret} if self._secret else {}
        timeout = aiohttp.ClientTimeout(total=_TIMEOUT_SECONDS)
        async with aiohttp.ClientSession(timeout=timeout, headers=headers) as session:
            while True:
                waiting = queue.waiting()
                if not waiting:
                    await queue.arrival()
                elif await self._taken(session, waiting[0].json()):
                    queue.delivered(waiting[0])
                else:
                    await asyncio.sleep(_RETRY_SECONDS)

    async def _taken(self, session: aiohttp.ClientSession, update: dict[str, object]) -> bool:
        try:
            async with session.post(self.url, json=update) as response:
                if response.status == 200:
                    return True
                error = f"Wrong response from the webhook: {response.status} {response.reason}"
        except (aiohttp.ClientError, TimeoutError) as failure:
            error = f"Connection failed: {type(failure).__name__}"
        self.last_error = error
        self.last_error_date = int(self._world.clock.now().timestamp())
        return False
