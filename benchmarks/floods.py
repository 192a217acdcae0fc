"""What a flood in one place costs the others: a tap in another chat, while somebody does their worst.

The bot is a process of its own, at Telegram's pace; the stand-in runs in this one.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.clock import SystemClock
from playground.chats import Chat, Message
from playground.people import Person
from playground.server import Server
from playground.taps import Tap
from playground.world import World
from tests.bot_process import BotProcess, killable

_PATIENCE_SECONDS = 300.0
_ROUNDS = 2
_EVERY_SECONDS = 0.05
_LEAST_SECONDS = 3.0
_TAPS, _MESSAGES, _PICTURES, _COMMANDS = 2_000, 1_000, 300, 20
_BAND = 50
_NEIGHBOURS = 100
_MOST_MS = 300


@dataclass
class _Town:
    """A yard in which somebody floods, and another in which neighbours tap a card."""

    world: World
    vera: Person
    flooded: Chat
    card: Message
    # The private picture page's own button, by which it is turned.
    turn_picture: str
    quiet_card: Message
    neighbours: list[Person]
    strangers: int = 0

    def stranger(self) -> Person:
        """Somebody new in the flooded yard, who has talked to the bot."""
        self.strangers += 1
        person = self.world.add_person(f"Stranger {self.strangers}", language="en")
        self.world.join(self.flooded, person)
        return person


@dataclass(frozen=True)
class Measured:
    """Milliseconds from a tap in the other chat to its answer, and seconds until the flood was over."""

    median: float
    p99: float
    longest: float
    over_after: float


async def _nothing(_town: _Town) -> None:
    """What it takes when nobody floods."""


async def _taps(town: _Town) -> None:
    person = town.stranger()
    for number in range(_TAPS):
        town.world.tap(person, town.card, (0, number % 2))


async def _messages(town: _Town, accounts: int = 1) -> None:
    people = [town.stranger() for _ in range(accounts)]
    for number in range(_MESSAGES):
        person = people[number % accounts]
        town.world.say(town.world.private(person), person, "x" * 4_000)


async def _messages_of_many(town: _Town) -> None:
    await _messages(town, _BAND)


async def _pictures(town: _Town) -> None:
    person = town.stranger()
    world, private = town.world, town.world.private(person)
    link = world.tap_data(person, town.card, town.turn_picture)
    await world.answered(link, _PATIENCE_SECONDS)
    if link.answer is not None and link.answer.url is not None:
        world.open_url(person, link.answer.url)
        await world.until(lambda: private.log[1:], _PATIENCE_SECONDS)
    page = private.log[-1] if private.log else town.card
    for number in range(_PICTURES):
        look = "dark" if number % 2 else "light"
        world.tap_data(person, page, town.turn_picture.replace("light", look))


async def _commands(town: _Town) -> None:
    """As many as a group's minute takes, and twenty more that wait for the next."""
    for _ in range(_COMMANDS + 14):
        town.world.say(town.flooded, town.stranger(), "/help", ephemeral=True)


_FLOODS: dict[str, Callable[[_Town], Awaitable[None]]] = {
    "nobody floods": _nothing,
    f"{_TAPS:,} taps of one account": _taps,
    f"{_MESSAGES:,} private messages of one account": _messages,
    f"{_MESSAGES:,} private messages of {_BAND} accounts": _messages_of_many,
    f"{_PICTURES} pictures from a private page": _pictures,
    f"{_COMMANDS} commands that wait": _commands,
}


async def measure_floods() -> AsyncIterator[tuple[str, Measured]]:
    """Each flood some times over, by somebody else each time."""
    async with _town() as town:
        for name, flood in _FLOODS.items():
            yield name, await _measure(town, flood)


async def _measure(town: _Town, flood: Callable[[_Town], Awaitable[None]]) -> Measured:
    waits: list[float] = []
    over_after = 0.0
    loop = asyncio.get_running_loop()
    for _ in range(_ROUNDS):
        await town.world.settled(_PATIENCE_SECONDS)
        began = loop.time()
        await flood(town)
        waiting = town.world.updates.waiting()
        last = waiting[-1].update_id if waiting else 0
        tapping: list[asyncio.Task[float]] = []
        over_after = 0.0
        while loop.time() - began < _LEAST_SECONDS or not over_after:
            waiting = town.world.updates.waiting()
            if not over_after and not (waiting and waiting[0].update_id <= last):
                over_after = loop.time() - began
            tapping.append(asyncio.create_task(_tap_elsewhere(town, len(tapping))))
            await asyncio.sleep(_EVERY_SECONDS)
        waits += await asyncio.gather(*tapping)
    ordered = sorted(waits)
    return Measured(
        ordered[len(ordered) // 2] * 1000,
        ordered[len(ordered) * 99 // 100] * 1000,
        ordered[-1] * 1000,
        over_after,
    )


async def _tap_elsewhere(town: _Town, number: int) -> float:
    """Seconds from a neighbour's tap to its answer."""
    loop = asyncio.get_running_loop()
    person = town.neighbours[number % len(town.neighbours)]
    began = loop.time()
    tap = town.world.tap(person, town.quiet_card, (0, number // len(town.neighbours) % 2))
    if isinstance(tap, Tap):
        await town.world.answered(tap, _PATIENCE_SECONDS)
    return loop.time() - began


@asynccontextmanager
async def _town() -> AsyncIterator[_Town]:
    clock = SystemClock()
    world = World(clock=clock)
    server = Server(world, clock)
    await server.start()
    with tempfile.TemporaryDirectory(prefix="dvor-bench-") as name:
        folder = Path(name)
        (folder / "data").mkdir()
        url = f"sqlite:///{folder / 'data' / 'dvor.sqlite3'}"
        async with killable(BotProcess(folder, url, server)):
            yield await _furnished(world)
        await server.stop()


async def _furnished(world: World) -> _Town:
    vera = world.add_person("Vera", language="en")
    neighbours = [world.add_person(f"Neighbour {n}", language="en") for n in range(_NEIGHBOURS)]
    flooded = world.add_group("Flooded yard", creator=vera, kind="supergroup")
    quiet = world.add_group("Quiet yard", creator=vera, kind="supergroup", members=neighbours)
    for group in (flooded, quiet):
        world.add_bot(group, by=vera)
        await world.message(vera, group, "Hello", _PATIENCE_SECONDS)
    world.promote(flooded, world.bot, vera)
    card = await _announced(world, vera, flooded)
    quiet_card = await _announced(world, vera, quiet)
    world.say(flooded, vera, "/elect 400 Representative of the yard")
    preview = await world.message(vera, flooded, "will sign for", _PATIENCE_SECONDS)
    world.tap(vera, preview, "Publish")
    await _posted(world, flooded, "Representative of the yard")
    return _Town(world, vera, flooded, card, "ep.pic:1:light", quiet_card, neighbours)


async def _announced(world: World, author: Person, group: Chat) -> Message:
    world.say(group, author, "/action tomorrow 19:00 Concert @ Fountain", ephemeral=True)
    preview = await world.message(author, group, "neighbours will see", _PATIENCE_SECONDS)
    world.tap(author, preview, (0, 0))
    return await _posted(world, group, "Concert")


async def _posted(world: World, group: Chat, containing: str) -> Message:
    def found() -> Message | None:
        shown = (m for m in group.messages if containing in m.text and m.buttons)
        return next((m for m in shown if m.reply_to is None), None)

    await world.until(found, _PATIENCE_SECONDS)
    card = found()
    if card is None:
        raise RuntimeError("there is no card to tap")
    return card


def report_floods(say: Callable[[str], None]) -> None:
    """Each flood in a line; a tap in another chat is to be answered within 300 ms, 99 times of 100."""
    asyncio.run(_report(say))


async def _report(say: Callable[[str], None]) -> None:
    width = max(map(len, _FLOODS))
    say(f"{'a tap in another chat, while':{width}}  median ms  p99 ms  max ms  over after s")
    async for name, result in measure_floods():
        mark = "" if result.p99 < _MOST_MS else f"  over {_MOST_MS} ms"
        say(
            f"{name:{width}}  {result.median:9.0f}  {result.p99:6.0f}  {result.longest:6.0f}"
            f"  {result.over_after:12.1f}{mark}"
        )
