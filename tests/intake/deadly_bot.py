"""A bot with a command that ends its process on the spot: `python -m tests.intake.deadly_bot`."""

from __future__ import annotations

import asyncio
import os

from bot.app import FEATURES, App
from bot.clock import SystemClock
from bot.context import Context
from bot.feature import Command, Feature
from bot.person.rights import EVERYONE
from bot.safety.logs import configure_logging
from bot.settings import load_settings

DEATH = 3


async def die(_context: Context, _typed: str) -> None:
    os._exit(DEATH)


DEADLY = Feature(
    name="deadly", commands=(Command("die", die, "help.menu.help", EVERYONE, ephemeral=False),)
)


async def main() -> None:
    settings = load_settings()
    configure_logging(settings.log_level)
    app = App(settings, SystemClock(), (*FEATURES, DEADLY))
    await app.run(lambda _username: print("at work", flush=True))  # noqa: T201


if __name__ == "__main__":
    asyncio.run(main())
