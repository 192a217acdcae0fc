"""The bot beside a server that takes more than Telegram does: `python -m tests.delivery.swift_bot`."""

from __future__ import annotations

import asyncio
import sys

from bot.app import FEATURES, App
from bot.bot_api.pace import Limits
from bot.clock import SystemClock
from bot.safety.logs import configure_logging
from bot.settings import load_settings
from tests.delivery.tidings import TIDINGS

_MANY = 5_000
NO_LIMITS = Limits(
    overall=_MANY,
    overall_whispers=_MANY,
    group=_MANY,
    group_edits=_MANY,
    group_whispers=_MANY,
    group_person=_MANY,
    group_spare=_MANY,
)


async def main() -> None:
    settings = load_settings()
    configure_logging(settings.log_level)
    limits = Limits() if "--at-telegrams-pace" in sys.argv else NO_LIMITS
    app = App(settings, SystemClock(), (*FEATURES, TIDINGS), limits)
    await app.run(lambda _username: print("at work", flush=True))  # noqa: T201


if __name__ == "__main__":
    asyncio.run(main())
