"""What a flood in one place costs the others: a tap in another chat, while somebody does their worst.

The bot is a process of its own, at Telegram's pace; the stand-in runs in this one.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from benchmarks.stage.effort import Effort
from benchmarks.stage.town import DVOR, town
from playground.chats import Chat, Message
from playground.people import Person
from playground.taps import Tap
from playground.world import World

_PATIENCE_SECONDS = 300.0
_ROUNDS = 2
_EVERY_SECONDS = 0.05
_LEAST_SECONDS = 3.0
_TAPS, _MESSAGES, _PICTURES, _COMMANDS = 2_000, 1_000, 300, 20
_BAND = 50
_NEIGHBOURS = 100
_MOST_MS = 300


@dataclass
class _Yards:
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


async def _nothing(_yards: _Yards) -> None:
    """What it takes when nobody floods."""


async def _taps(yards: _Yards) -> None:
    person = yards.stranger()
    for number in range(_TAPS):
        yards.world.tap(person, yards.card, (0, number % 2))


async def _messages(yards: _Yards, accounts: int = 1) -> None:
    people = [yards.stranger() for _ in range(accounts)]
    for number in range(_MESSAGES):
        person = people[number % accounts]
        yards.world.say(yards.world.private(person), person, "x" * 4_000)


async def _messages_of_many(yards: _Yards) -> None:
    await _messages(yards, _BAND)


async def _pictures(yards: _Yards) -> None:
    person = yards.stranger()
    world, private = yards.world, yards.world.private(person)
    link = world.tap_data(person, yards.card, yards.turn_picture)
    await world.answered(link, _PATIENCE_SECONDS)
    if link.answer is not None and link.answer.url is not None:
        world.open_url(person, link.answer.url)
        await world.until(lambda: private.log[1:], _PATIENCE_SECONDS)
    page = private.log[-1] if private.log else yards.card
    for number in range(_PICTURES):
        look = "dark" if number % 2 else "light"
        world.tap_data(person, page, yards.turn_picture.replace("light", look))


async def _commands(yards: _Yards) -> None:
    """As many as a group's minute takes, and twenty more that wait for the next."""
    for _ in range(_COMMANDS + 14):
        yards.world.say(yards.flooded, yards.stranger(), "/help", ephemeral=True)


_FLOODS: dict[str, Callable[[_Yards], Awaitable[None]]] = {
    "nobody floods": _nothing,
    f"{_TAPS:,} taps of one account": _taps,
    f"{_MESSAGES:,} private messages of one account": _messages,
    f"{_MESSAGES:,} private messages of {_BAND} accounts": _messages_of_many,
    f"{_PICTURES} pictures from a private page": _pictures,
    f"{_COMMANDS} commands that wait": _commands,
}


async def measure_floods() -> AsyncIterator[tuple[str, Measured]]:
    """Each flood some times over, by somebody else each time."""
    async with _two_yards() as yards:
        for name, flood in _FLOODS.items():
            yield name, await _measure(yards, flood)


async def _measure(yards: _Yards, flood: Callable[[_Yards], Awaitable[None]]) -> Measured:
    waits: list[float] = []
    over_after = 0.0
    loop = asyncio.get_running_loop()
    for _ in range(_ROUNDS):
        await yards.world.settled(_PATIENCE_SECONDS)
        began = loop.time()
        await flood(yards)
        waiting = yards.world.updates.waiting()
        last = waiting[-1].update_id if waiting else 0
        tapping: list[asyncio.Task[float]] = []
        over_after = 0.0
        while loop.time() - began < _LEAST_SECONDS or not over_after:
            waiting = yards.world.updates.waiting()
            if not over_after and not (waiting and waiting[0].update_id <= last):
                over_after = loop.time() - began
            tapping.append(asyncio.create_task(_tap_elsewhere(yards, len(tapping))))
            await asyncio.sleep(_EVERY_SECONDS)
        waits += await asyncio.gather(*tapping)
    ordered = sorted(waits)
    return Measured(
        ordered[len(ordered) // 2] * 1000,
        ordered[len(ordered) * 99 // 100] * 1000,
        ordered[-1] * 1000,
        over_after,
    )


async def _tap_elsewhere(yards: _Yards, number: int) -> float:
    """Seconds from a neighbour's tap to its answer."""
    loop = asyncio.get_running_loop()
    person = yards.neighbours[number % len(yards.neighbours)]
    began = loop.time()
    tap = yards.world.tap(person, yards.quiet_card, (0, number // len(yards.neighbours) % 2))
    if isinstance(tap, Tap):
        await yards.world.answered(tap, _PATIENCE_SECONDS)
    return loop.time() - began


@asynccontextmanager
async def _two_yards() -> AsyncIterator[_Yards]:
    async with town() as place, place.running(DVOR):
        (vera,) = place.populate(1)
        neighbours = place.populate(_NEIGHBOURS)
        flooded = await place.open_yard("Flooded yard", [vera])
        quiet = await place.open_yard("Quiet yard", [vera, *neighbours])
        place.world.promote(flooded, place.world.bot, vera)
        card = await place.announce(vera, flooded)
        quiet_card = await place.announce(vera, quiet)
        await place.elect(vera, flooded)
        yield _Yards(place.world, vera, flooded, card, "ep.pic:1:light", quiet_card, neighbours)


def report_floods(effort: Effort) -> None:
    """Each flood in a line; a tap in another chat is to be answered within 300 ms, 99 times of 100."""
    asyncio.run(_report(effort.say))


async def _report(say: Callable[[str], None]) -> None:
    width = max(map(len, _FLOODS))
    say(f"{'a tap in another chat, while':{width}}  median ms  p99 ms  max ms  over after s")
    async for name, result in measure_floods():
        mark = "" if result.p99 < _MOST_MS else f"  over {_MOST_MS} ms"
        say(
            f"{name:{width}}  {result.median:9.0f}  {result.p99:6.0f}  {result.longest:6.0f}"
            f"  {result.over_after:12.1f}{mark}"
        )
