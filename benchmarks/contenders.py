"""Who runs, and what is asked of each: a process, and a stand-in for Telegram that feeds it."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from bot.clock import SystemClock
from playground.chats import Message
from playground.people import Person
from playground.server import Server
from playground.taps import Tap
from playground.world import World

HERE = Path(__file__).parent
_PATIENCE_SECONDS = 300.0
_TAPPERS = 200


@dataclass
class Round:
    """A stand-in with people in it, for one contender."""

    world: World
    server: Server
    people: list[Person]
    card: Message | None = None
    environment: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Contender:
    """A bot to measure: how it is started, and one run of updates through it."""

    name: str
    command: Callable[[Round], list[str]]
    prepare: Callable[[Round], Awaitable[None]]
    feed: Callable[[Round, int], Awaitable[None]]


@dataclass(frozen=True)
class Measured:
    """Updates a second, CPU milliseconds an update, and resident memory in MB."""

    updates_per_second: float
    cpu_ms_per_update: float
    memory_mb: float


async def measure(contender: Contender, updates: int) -> Measured:
    """Start the contender's process, warm it up, feed it, and read the process's own clock."""
    clock = SystemClock()
    world = World(clock=clock)
    server = Server(world, clock)
    await server.start()
    people = [world.add_person(f"Neighbour {number}") for number in range(_TAPPERS)]
    a_round = Round(world, server, people)
    with tempfile.TemporaryDirectory(prefix="dvor-bench-") as folder:
        a_round.environment = _environment(a_round, Path(folder))
        process = await asyncio.create_subprocess_exec(
            *contender.command(a_round),
            env={**os.environ, **a_round.environment},
            cwd=HERE.parent,
            stdout=asyncio.subprocess.DEVNULL,
        )
        try:
            await contender.prepare(a_round)
            await contender.feed(a_round, updates // 10)
            return await _timed(process.pid, lambda: contender.feed(a_round, updates), updates)
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()
            await server.stop()


async def _timed(pid: int, feed: Callable[[], Awaitable[None]], updates: int) -> Measured:
    process = psutil.Process(pid)
    loop = asyncio.get_running_loop()
    cpu_before, began = sum(process.cpu_times()[:2]), loop.time()
    await feed()
    seconds, cpu = loop.time() - began, sum(process.cpu_times()[:2]) - cpu_before
    memory = process.memory_info().rss / 2**20
    return Measured(updates / seconds, cpu * 1000 / updates, memory)


def _environment(a_round: Round, folder: Path) -> dict[str, str]:
    return {
        "BOT_TOKEN": a_round.world.bot.token,
        "BOT_API_URL": a_round.server.url,
        "DATA_DIR": str(folder / "data"),
        "KEY_FILE": str(folder / "keys" / "dvor.key"),
        "LOG_LEVEL": "WARNING",
    }


# The echoes: a private message in, the same message out.


async def start_everyone(a_round: Round) -> None:
    for person in a_round.people:
        a_round.world.start(person)
    await _all_answered(a_round, len(a_round.people))


async def feed_messages(a_round: Round, updates: int) -> None:
    world = a_round.world
    for number in range(updates):
        person = a_round.people[number % len(a_round.people)]
        world.say(world.private(person), person, f"hello {number}")
    await _all_answered(a_round, updates)


async def _all_answered(a_round: Round, updates: int) -> None:
    world = a_round.world
    before = len(world.calls)

    def sent() -> int:
        return sum(call.method == "sendMessage" and call.ok for call in world.calls[before:])

    await world.until(lambda: sent() >= updates, _PATIENCE_SECONDS)


# Dvor: a tap on Going, recorded durably, answered, its card redrawn.


async def publish_card(a_round: Round) -> None:
    world, author = a_round.world, a_round.people[0]
    yard = world.add_group("Yard", creator=author, kind="supergroup", members=a_round.people[1:])
    world.add_bot(yard, by=author)
    await world.message(author, yard, "Hello", _PATIENCE_SECONDS)
    world.say(yard, author, "/action tomorrow 19:00 Concert @ Fountain")
    preview = await world.message(author, yard, "This is how", _PATIENCE_SECONDS)
    world.tap(author, preview, (0, 0))
    await world.until(lambda: any(_is_card(message) for message in yard.messages))
    a_round.card = next(message for message in yard.messages if _is_card(message))


def _is_card(message: Message) -> bool:
    return bool(message.buttons) and "Concert" in message.text and message.reply_to is None


async def feed_taps(a_round: Round, updates: int) -> None:
    world, card = a_round.world, a_round.card
    if card is None:
        raise RuntimeError("there is no card to tap")
    taps: list[Tap] = []
    for number in range(updates):
        person = a_round.people[number % len(a_round.people)]
        tap = world.tap(person, card, (0, number % 2))
        if isinstance(tap, Tap):
            taps.append(tap)
    await world.until(lambda: all(tap.answer for tap in taps), _PATIENCE_SECONDS)


def contenders(aiogram_python: Path) -> tuple[Contender, ...]:
    """Everyone who runs, in order."""

    def echo(python: Path, script: str) -> Callable[[Round], list[str]]:
        return lambda a_round: [
            str(python),
            str(HERE / script),
            a_round.world.bot.token,
            a_round.server.url,
        ]

    here = Path(sys.executable)
    return (
        Contender(
            "python-telegram-bot, bare echo",
            echo(here, "echo_ptb.py"),
            start_everyone,
            feed_messages,
        ),
        Contender(
            "aiogram, bare echo",
            echo(aiogram_python, "echo_aiogram.py"),
            start_everyone,
            feed_messages,
        ),
        Contender(
            "Dvor, a durable tap on Going",
            lambda _: [str(here), "-m", "bot", "run"],
            publish_card,
            feed_taps,
        ),
    )
