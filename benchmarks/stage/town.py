"""Where a bot is measured: a stand-in for Telegram with people and groups, and the bot as a process."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from benchmarks.stage.wire import PATIENCE_SECONDS, Wire
from bot.clock import SystemClock
from playground.chats import Chat, Message
from playground.people import Person
from playground.server import Server
from playground.world import World
from tests.process import environment, says

ROOT = Path(__file__).parents[2]
DVOR = [sys.executable, "-m", "bot", "run"]
"""The bot as people start it, in the environment that runs this."""
SWIFT_DVOR = [sys.executable, "-m", "tests.delivery.swift_bot"]
"""The same beside a server that takes more than Telegram does."""
TIDINGS_DVOR = [*SWIFT_DVOR, "--at-telegrams-pace"]
"""At Telegram's pace, with a feature that only posts."""


@dataclass
class Town:
    """People, groups, and a folder for what a bot keeps."""

    world: World
    server: Server
    wire: Wire
    folder: Path
    people: list[Person] = field(default_factory=list)

    @property
    def database_url(self) -> str:
        return f"sqlite:///{self.folder / 'data' / 'dvor.sqlite3'}"

    @property
    def settings(self) -> dict[str, str]:
        """The bot's, for its environment."""
        return {
            "BOT_TOKEN": self.world.bot.token,
            "BOT_API_URL": self.server.url,
            "DATABASE_URL": self.database_url,
            "DATA_DIR": str(self.folder / "data"),
            "KEY_FILE": str(self.folder / "keys" / "dvor.key"),
            "LOG_LEVEL": "WARNING",
        }

    @asynccontextmanager
    async def running(self, command: list[str], **settings: str) -> AsyncIterator[psutil.Process]:
        """A bot at work; it is killed in the end. Of another program than Dvor only that it has started."""
        is_dvor = "-m" in command
        process = await asyncio.create_subprocess_exec(
            *command,
            cwd=ROOT,
            env=environment(**{**self.settings, **settings}),
            stdout=asyncio.subprocess.PIPE if is_dvor else asyncio.subprocess.DEVNULL,
        )
        try:
            if is_dvor:
                await says(process, "at work")
            yield psutil.Process(process.pid)
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()

    def populate(self, number: int) -> list[Person]:
        """More people, who belong to no group yet."""
        first = len(self.people)
        added = [
            self.world.add_person(f"Neighbour {first + n}", language="en") for n in range(number)
        ]
        self.people += added
        return added

    async def open_yard(self, title: str, members: list[Person]) -> Chat:
        """A group of theirs, made by the first, to which the bot is added; returns when it has said hello."""
        creator = members[0]
        yard = self.world.add_group(title, creator=creator, kind="supergroup", members=members[1:])
        self.world.add_bot(yard, by=creator)
        await self.world.message(creator, yard, "Hello", PATIENCE_SECONDS)
        return yard

    async def announce(self, author: Person, yard: Chat) -> Message:
        """An action, through the front door; gives its card."""
        self.world.say(yard, author, "/action tomorrow 19:00 Concert @ Fountain", ephemeral=True)
        preview = await self.world.message(author, yard, "neighbours will see", PATIENCE_SECONDS)
        self.world.tap(author, preview, (0, 0))
        return await self.posted(yard, "Concert")

    async def elect(self, organiser: Person, yard: Chat) -> Message:
        """An election without candidates; gives its card."""
        self.world.say(yard, organiser, "/elect 4000 Representative of the yard", ephemeral=True)
        preview = await self.world.message(organiser, yard, "will sign for", PATIENCE_SECONDS)
        self.world.tap(organiser, preview, "Publish")
        return await self.posted(yard, "Representative of the yard")

    async def stand(self, person: Person, yard: Chat, name: str, card: Message) -> None:
        """To be a candidate, where the bot is an administrator; returns when the card shows it."""
        self.world.say(yard, person, f"/stand {name}", ephemeral=True)
        page = await self.world.message(person, yard, "Do you really want that", PATIENCE_SECONDS)
        self.world.tap(person, page, "yes, add me")
        await self.world.until(lambda: name in card.text, PATIENCE_SECONDS)

    async def posted(self, yard: Chat, containing: str) -> Message:
        """The card with these words."""

        def found() -> Message | None:
            shown = (m for m in yard.messages if containing in m.text and m.buttons)
            return next((m for m in shown if m.reply_to is None), None)

        await self.world.until(found, PATIENCE_SECONDS)
        card = found()
        if card is None:
            raise LookupError(f"there is no card with {containing!r}")
        return card


@asynccontextmanager
async def town(people: int = 0, line_seconds: float = 0.0) -> AsyncIterator[Town]:
    """A town with so many people, in which each call takes `line_seconds`."""
    clock = SystemClock()
    world = World(clock=clock)
    server = Server(world, clock)
    wire = Wire(server, line_seconds)
    await server.start()
    with tempfile.TemporaryDirectory(prefix="dvor-bench-") as name:
        (Path(name) / "data").mkdir(mode=0o700)
        built = Town(world, server, wire, Path(name))
        built.populate(people)
        try:
            yield built
        finally:
            await server.stop()
