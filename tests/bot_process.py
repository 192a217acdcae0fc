"""The bot as a process that can be killed, talking to the stand-in in the test's own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from playground.server import Server
from tests.begun_process import BegunProcess
from tests.process import begin_prepared, says
from tests.source import ROOT


@dataclass
class BotProcess:
    """Starts the bot again and again on the same data."""

    folder: Path
    database_url: str
    server: Server
    arguments: tuple[str, ...] = ("-m", "bot", "run")
    running: BegunProcess | None = None

    @property
    def log(self) -> str:
        """What every start so far has logged."""
        file = self.folder / "bot.log"
        return file.read_text() if file.exists() else ""

    @property
    def settings(self) -> dict[str, str]:
        """What it is started with."""
        return {
            "BOT_TOKEN": self.server.world.bot.token,
            "BOT_API_URL": self.server.url,
            "DATABASE_URL": self.database_url,
            "DATA_DIR": str(self.folder / "data"),
            "KEY_FILE": str(self.folder / "keys" / "dvor.key"),
            "LOG_LEVEL": "WARNING",
        }

    async def launch(self) -> BegunProcess:
        """Start it, without waiting until it works."""
        with (self.folder / "bot.log").open("a") as log:
            self.running = await begin_prepared(
                *self.arguments, folder=ROOT, log=log, **self.settings
            )
        return self.running

    async def start(self) -> None:
        """Start it; returns when it is at work."""
        await says(await self.launch(), "at work")

    async def kill(self) -> None:
        """kill -9"""
        assert self.running is not None
        if self.running.returncode is None:
            self.running.kill()
        await self.running.wait()


@asynccontextmanager
async def killable(bot: BotProcess) -> AsyncIterator[BotProcess]:
    """Start the bot, and make sure that it is gone at the end."""
    await bot.start()
    try:
        yield bot
    finally:
        await bot.kill()
