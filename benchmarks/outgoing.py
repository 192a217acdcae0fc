"""Messages out, measured: a hundred thousand that wait, one post to 1,200 chats, two hundred kills."""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import psutil
from sqlmodel import Session

from bot.bot_api.pace import Limits
from bot.clock import SystemClock
from playground.chats import Chat
from playground.server import Server
from playground.world import World
from storage import chats
from storage.database import Database
from storage.delivery.outbox import OutboxRow, Urgency
from storage.migrations.upgrade import upgrade
from tests.bot_process import BotProcess, killable
from tests.delivery.tidings import REPEATED, Storm

_PATIENCE_SECONDS = 900.0
_TELEGRAMS_PACE = ("-m", "tests.delivery.swift_bot", "--at-telegrams-pace")
_WAITING, _WAITING_CHATS = 100_000, 1_000
_PUNCTUAL, _EVERY_SECONDS = 100, 0.1
_FAR_AWAY = timedelta(days=365)
_SPREAD = (30, 300, 1_200)
_EXTRAPOLATED = 10_000
_KILLS, _KILLED_POSTS = 200, 2_000


@dataclass(frozen=True)
class Waiting:
    """Seconds to start beside so many waiting posts, and those of the processor; seconds late at most and
    at the median; and memory in MB before and after."""

    start: float
    start_cpu: float
    latest: float
    median: float
    memory_before: float
    memory_after: float


@dataclass(frozen=True)
class Spread:
    """One post to so many chats: seconds, and the 429s that it drew."""

    chats: int
    seconds: float
    refused: int


@dataclass
class _Town:
    """A stand-in with groups that the bot's database knows already, and a bot to start."""

    world: World
    server: Server
    database: Database
    groups: list[Chat]
    bot: BotProcess

    def put_in(self, session: Session, moments: list[datetime], first: int = 0) -> None:
        """One post for each moment, the chats in turn."""
        session.add_all(
            OutboxRow(
                unique_key=f"{REPEATED}:{first + number}",
                kind=REPEATED,
                ref=first + number,
                chat_id=number % len(self.groups) + 1,
                due_at=moment,
                urgency=Urgency.TIMED,
            )
            for number, moment in enumerate(moments)
        )


async def measure_waiting() -> Waiting:
    """Start beside waiting posts, then watch posts that fall due ten a second."""
    async with _town(_WAITING_CHATS) as town:
        far = datetime.now(UTC) + _FAR_AWAY
        for first in range(0, _WAITING, 10_000):
            some = [far] * 10_000
            town.database.write_now(partial(town.put_in, moments=some, first=first))
        loop = asyncio.get_running_loop()
        began = loop.time()
        async with killable(town.bot):
            start = loop.time() - began
            assert town.bot.running is not None
            process = psutil.Process(town.bot.running.pid)
            start_cpu = sum(process.cpu_times()[:2])
            before = process.memory_info().rss
            soon = datetime.now(UTC) + timedelta(seconds=3)
            due = [soon + timedelta(seconds=_EVERY_SECONDS * i) for i in range(_PUNCTUAL)]
            town.database.write_now(lambda s: town.put_in(s, due, _WAITING))
            late = sorted(await _lateness(town, due))
            after = process.memory_info().rss
        return Waiting(
            start, start_cpu, late[-1], late[len(late) // 2], before / 2**20, after / 2**20
        )


async def _lateness(town: _Town, due: list[datetime]) -> list[float]:
    """Seconds from each moment to its post; the bot learns of the rows by its own heartbeat at the latest,
    so the first are given time."""
    arrived: dict[int, datetime] = {}

    def all_came() -> bool:
        now = datetime.now(UTC)
        for group in town.groups[: len(due)]:
            for message in group.messages:
                number = int(message.text.split()[1].rstrip("."))
                arrived.setdefault(number, now)
        return len(arrived) == len(due)

    await town.world.until(all_came, _PATIENCE_SECONDS)
    return [
        (arrived[_WAITING + number] - moment).total_seconds() for number, moment in enumerate(due)
    ]


async def measure_spread(count: int) -> Spread:
    """One post to so many chats, by a server that refuses what is too fast."""
    async with _town(count) as town:
        town.server.limits.enforce = True
        now = datetime.now(UTC)
        town.database.write_now(lambda s: town.put_in(s, [now] * count))
        sent_at: list[float] = []
        loop = asyncio.get_running_loop()

        def all_came() -> bool:
            if (came := sum(len(group.log) for group in town.groups) - before) > len(sent_at):
                sent_at.extend([loop.time()] * (came - len(sent_at)))
            return len(sent_at) >= count

        before = sum(len(group.log) for group in town.groups)
        async with killable(town.bot):
            await town.world.until(all_came, _PATIENCE_SECONDS)
        return Spread(count, sent_at[-1] - sent_at[0], town.server.limits.refused)


@asynccontextmanager
async def _town(groups: int) -> AsyncIterator[_Town]:
    clock = SystemClock()
    world = World(clock=clock)
    server = Server(world, clock)
    await server.start()
    with tempfile.TemporaryDirectory(prefix="dvor-bench-") as name:
        folder = Path(name)
        (folder / "data").mkdir()
        url = f"sqlite:///{folder / 'data' / 'dvor.sqlite3'}"
        database = Database(url)
        upgrade(database.engine)
        vera = world.add_person("Vera")
        known = [world.add_group(f"Yard {number}", vera) for number in range(groups)]
        for group in known:
            world.add_bot(group, by=vera)
            group.log.clear()
        world.updates.drop()
        database.write_now(lambda session: _remember(session, known))
        bot = BotProcess(folder, url, server, _TELEGRAMS_PACE)
        try:
            yield _Town(world, server, database, known, bot)
        finally:
            database.close()
            await server.stop()


def _remember(session: Session, groups: list[Chat]) -> None:
    for group in groups:
        chats.add(session, group.id, language="en", timezone="Europe/Minsk")


async def measure_kills() -> str:
    """Two thousand posts and two hundred kills."""
    clock = SystemClock()
    server = Server(World(clock=clock), clock)
    await server.start()
    with tempfile.TemporaryDirectory(prefix="dvor-bench-") as name:
        folder = Path(name)
        (folder / "data").mkdir()
        seed = random.SystemRandom().getrandbits(32)
        url = f"sqlite:///{folder / 'data' / 'dvor.sqlite3'}"
        storm = Storm(folder, url, server, _KILLED_POSTS, _KILLS, random.Random(seed))
        try:
            return f"{await storm.rage()}, DVOR_SEED={seed}"
        finally:
            await server.stop()


def report_waiting(say: Callable[[str], None]) -> None:
    result = asyncio.run(measure_waiting())
    say(f"{_WAITING:,} posts wait: start in {result.start:.1f} s ({result.start_cpu:.1f} s of CPU)")
    say(f"  a post due every {_EVERY_SECONDS} s: {result.median:.2f} s late at the median,")
    say(f"  {result.latest:.2f} s at most; memory {result.memory_before:.0f} MB before,")
    say(f"  {result.memory_after:.0f} MB after")


def report_spread(say: Callable[[str], None]) -> None:
    results = [asyncio.run(measure_spread(count)) for count in _SPREAD]
    for result in results:
        allowed = result.chats / Limits().overall
        say(
            f"one post to {result.chats:6,} chats: {result.seconds:6.1f} s,"
            f" {result.seconds / allowed:.3f} of what 30/s allows, {result.refused} x 429"
        )
    fewer, more = results[-2:]
    each = (more.seconds - fewer.seconds) / (more.chats - fewer.chats)
    seconds = more.seconds + each * (_EXTRAPOLATED - more.chats)
    say(f"one post to {_EXTRAPOLATED:6,} chats: {seconds:6.0f} s, extrapolated")


def report_kills(say: Callable[[str], None]) -> None:
    say(asyncio.run(measure_kills()))
