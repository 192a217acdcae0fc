"""How long a tap waits for its answer: in a storm of taps on one card, and beside a queue full of commands
that wait for their group's minute."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass, field

import psutil

from benchmarks.stage.effort import Effort
from benchmarks.stage.town import DVOR, Town, town
from playground.chats import Message
from playground.people import Person
from playground.taps import Tap
from playground.world import World

_LINE_SECONDS = 0.06
_STORM_SECONDS, _STORM_TAPS = 10.0, 1_000
_OTHER_CARDS, _OTHER_TAPS = 20, 200
_STORM_P99_MS = 200
# In each of these yards its minute takes the first, and twenty wait: more in all than one fetching brings.
_FLOODED_YARDS, _COMMANDS = 6, 34
_NEIGHBOURS = 100
_QUEUE_SECONDS, _QUEUE_TAPS = 8.0, 400
_QUEUE_MOST_MS = 300
_PATIENCE_SECONDS = 180.0


@dataclass
class Waits:
    """Seconds from each tap to its answer at the stand-in, as it comes."""

    world: World
    seconds: list[float] = field(default_factory=list)
    _waiting: dict[Tap, float] = field(default_factory=dict)

    def tap(self, person: Person, card: Message, turn: int) -> None:
        """Two of the answers by turns: what somebody answers twice they take back."""
        tap: Tap = self.world.tap(person, card, (0, turn % 2))
        self._waiting[tap] = asyncio.get_running_loop().time()

    def look(self) -> None:
        now = asyncio.get_running_loop().time()
        for tap in [tap for tap in self._waiting if tap.answer is not None]:
            self.seconds.append(now - self._waiting.pop(tap))

    async def all_answered(self) -> None:
        await self.world.until(lambda: not self._waiting, _PATIENCE_SECONDS)

    def told(self) -> str:
        ordered = sorted(self.seconds)
        middle, p99 = ordered[len(ordered) // 2], ordered[len(ordered) * 99 // 100]
        return f"median {middle * 1000:.0f} ms, p99 {p99 * 1000:.0f} ms, longest {ordered[-1] * 1000:.0f} ms"

    def p99_ms(self) -> float:
        return sorted(self.seconds)[len(self.seconds) * 99 // 100] * 1000


def report_storm(effort: Effort) -> None:
    """Both, each beside a bot of its own."""
    asyncio.run(_report_storm(effort))
    asyncio.run(_report_queue(effort))


async def _report_storm(effort: Effort) -> None:
    """A thousand taps in ten seconds on one card and two hundred on twenty others, on a far line."""
    effort.say("\nPreparing a storm…")
    taps, others, seconds = _STORM_TAPS, _OTHER_TAPS, _STORM_SECONDS
    if effort.divisor > 1:
        taps, others, seconds = taps // 5, others // 5, seconds / 5
    async with (
        town(people=taps, line_seconds=_LINE_SECONDS) as place,
        place.running(DVOR) as process,
    ):
        card = await _card(place, "Stormy yard", place.people)
        cards = [
            await _card(place, f"Yard {number}", place.people[number : number + 10])
            for number in range(_OTHER_CARDS)
        ]
        calm = [(place.people[n % 20 + n // 20 % 10], cards[n % 20], n) for n in range(others)]
        stormy = [(place.people[n], card, n) for n in range(taps)]
        everything = [*stormy, *calm]
        random.Random(1).shuffle(everything)
        cpu, waits = _cpu_seconds(process), Waits(place.world)
        took = await _spread(waits, everything, seconds)
        busy = (_cpu_seconds(process) - cpu) / took
    mark = "" if waits.p99_ms() <= _STORM_P99_MS else f"; p99 over {_STORM_P99_MS} ms"
    effort.say(
        f"{taps} taps in {seconds:.0f} s on one card and {others} on {_OTHER_CARDS} others, 60 ms a call:"
        f" {waits.told()}; {busy:.0%} of a core{mark}"
    )


async def _report_queue(effort: Effort) -> None:
    """Taps elsewhere, while more commands wait than one fetching brings."""
    people = _FLOODED_YARDS * _COMMANDS + _NEIGHBOURS
    async with town(people) as place, place.running(DVOR):
        neighbours, asking = place.people[:_NEIGHBOURS], place.people[_NEIGHBOURS:]
        card = await _card(place, "Quiet yard", neighbours)
        for number in range(_FLOODED_YARDS):
            askers = asking[number::_FLOODED_YARDS]
            yard = await place.open_yard("Flooded yard", askers)
            place.world.promote(yard, place.world.bot, askers[0])
            for asker in askers:
                place.world.say(yard, asker, "/help", ephemeral=True)
        await asyncio.sleep(2)  # by then what the group's minute takes is said, and the rest waits
        waiting, waits = len(place.world.updates), Waits(place.world)
        taps = [(neighbours[n % _NEIGHBOURS], card, n // _NEIGHBOURS) for n in range(_QUEUE_TAPS)]
        await _spread(waits, taps, _QUEUE_SECONDS)
    most = max(waits.seconds) * 1000
    mark = "" if most <= _QUEUE_MOST_MS else f"; longest over {_QUEUE_MOST_MS} ms"
    effort.say(
        f"{_QUEUE_TAPS} taps in {_QUEUE_SECONDS:.0f} s, beside {len(asking)} commands"
        f" of which {waiting} updates weren't confirmed when they began: {waits.told()}{mark}"
    )


async def _card(place: Town, title: str, members: list[Person]) -> Message:
    yard = await place.open_yard(title, members)
    return await place.announce(members[0], yard)


async def _spread(waits: Waits, taps: list[tuple[Person, Message, int]], seconds: float) -> float:
    """Evenly over so many seconds. Returns how long it took until all were answered."""
    loop = asyncio.get_running_loop()
    waits.world.on_change(waits.look)
    began = loop.time()
    for number, tap in enumerate(taps):
        await asyncio.sleep(began + number * seconds / len(taps) - loop.time())
        waits.tap(*tap)
    await waits.all_answered()
    waits.world.off_change(waits.look)
    return loop.time() - began


def _cpu_seconds(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)
