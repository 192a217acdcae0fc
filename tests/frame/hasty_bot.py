"""The bot by a clock that runs a hundred times as fast: `python -m tests.frame.hasty_bot`."""

from __future__ import annotations

import asyncio
import sys

from bot.cli.command import run_until_told_to_stop
from bot.cli.run import serve
from bot.clock import SystemClock
from bot.safety.logs import configure_logging
from bot.settings import load_settings

_HASTE = 100


class HastyClock(SystemClock):
    """The machine's date; its seconds pass faster."""

    def monotonic(self) -> float:
        return super().monotonic() * _HASTE

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / _HASTE)


if __name__ == "__main__":
    settings = load_settings()
    configure_logging(settings.log_level)
    sys.exit(run_until_told_to_stop(serve(settings, HastyClock())))
