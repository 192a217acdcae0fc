"""`python -m bot doctor` as people and scripts run it, beside a bot that is at work or isn't."""

from __future__ import annotations

import asyncio
import json
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from playground.chats import Chat
from playground.people import Person
from playground.world import World
from tests.bot_process import BotProcess, killable
from tests.process import PATIENCE, run_bot


@dataclass(frozen=True)
class Examined:
    """What the doctor found, as a script reads it."""

    status: int
    checks: dict[str, dict[str, Any]]
    said: str
    """All of it, on both outputs."""

    def __getitem__(self, check: str) -> tuple[str, str]:
        """The verdict on something, and everything that is said about it."""
        finding = self.checks[check]
        return finding["verdict"], f"{finding['found']} {finding['remedy']}"

    @property
    def wrong(self) -> set[str]:
        return {name for name, each in self.checks.items() if each["verdict"] == "wrong"}

    def numbers(self, check: str) -> dict[str, int]:
        numbers: dict[str, int] = self.checks[check]["numbers"]
        return numbers


async def examined(bot: BotProcess, **overrides: str) -> Examined:
    """Run the doctor for scripts, with the bot's settings."""
    ended = await doctor(bot, "--json", **overrides)
    report = json.loads(ended.stdout)
    return Examined(ended.returncode, report["checks"], ended.stdout + ended.stderr)


async def doctor(
    bot: BotProcess, *arguments: str, **overrides: str
) -> subprocess.CompletedProcess[str]:
    """Run it beside the test, in which its Telegram stands."""
    settings = {**bot.settings, **overrides}
    return await asyncio.to_thread(run_bot, "doctor", *arguments, folder=bot.folder, **settings)


@asynccontextmanager
async def at_work(bot: BotProcess) -> AsyncIterator[tuple[Chat, Person]]:
    """The bot at work in a group that it has greeted, introduced to everybody. Gives the group and who made
    it."""
    world = bot.server.world
    vera = world.add_person("Vera")
    group = world.add_group("Courtyard 5", creator=vera)
    async with killable(bot):
        world.add_bot(group, by=vera, can_pin_messages=True)
        await world.message(vera, group, "Hello, neighbours", timeout=PATIENCE)
        await world.until(lambda: _is_introduced(world), timeout=PATIENCE)
        yield group, vera


def _is_introduced(world: World) -> bool:
    """Russian is the last of all."""
    told = [call.params for call in world.calls if call.method == "setMyShortDescription"]
    return any(params.get("language_code") == "ru" for params in told)
