"""Messages out, measured: a hundred thousand that wait, one post to 1,200 chats, two hundred kills."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from sqlmodel import Session

from benchmarks.stage.effort import Effort
from benchmarks.stage.town import TIDINGS_DVOR, Town, town
from bot.bot_api.pace import Limits
from playground.chats import Chat
from storage import chats
from storage.database import Database
from storage.delivery.outbox import OutboxRow, Urgency
from storage.migrations.upgrade import upgrade
from tests.delivery.tidings import REPEATED, Storm

_PATIENCE_SECONDS = 900.0
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
class _Known:
    """Groups that the bot's database knows already, before the bot starts."""

    town: Town
    database: Database
    groups: list[Chat]

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
    async with _known_groups(_WAITING_CHATS) as known:
        far = datetime.now(UTC) + _FAR_AWAY
        for first in range(0, _WAITING, 10_000):
            some = [far] * 10_000
            known.database.write_now(partial(known.put_in, moments=some, first=first))
        loop = asyncio.get_running_loop()
        began = loop.time()
        async with known.town.running(TIDINGS_DVOR) as process:
            start = loop.time() - began
            start_cpu = sum(process.cpu_times()[:2])
            before = process.memory_info().rss
            soon = datetime.now(UTC) + timedelta(seconds=3)
            due = [soon + timedelta(seconds=_EVERY_SECONDS * i) for i in range(_PUNCTUAL)]
            known.database.write_now(lambda s: known.put_in(s, due, _WAITING))
            late = sorted(await _lateness(known, due))
            after = process.memory_info().rss
        return Waiting(
            start, start_cpu, late[-1], late[len(late) // 2], before / 2**20, after / 2**20
        )


async def _lateness(known: _Known, due: list[datetime]) -> list[float]:
    """Seconds from each moment to its post; the bot learns of the rows by its own heartbeat at the latest,
    so the first are given time."""
    arrived: dict[int, datetime] = {}

    def all_came() -> bool:
        now = datetime.now(UTC)
        for group in known.groups[: len(due)]:
            for message in group.messages:
                number = int(message.text.split()[1].rstrip("."))
                arrived.setdefault(number, now)
        return len(arrived) == len(due)

    await known.town.world.until(all_came, _PATIENCE_SECONDS)
    return [
        (arrived[_WAITING + number] - moment).total_seconds() for number, moment in enumerate(due)
    ]


async def measure_spread(count: int) -> Spread:
    """One post to so many chats, by a server that refuses what is too fast."""
    async with _known_groups(count) as known:
        known.town.server.limits.enforce = True
        now = datetime.now(UTC)
        known.database.write_now(lambda s: known.put_in(s, [now] * count))
        sent_at: list[float] = []
        loop = asyncio.get_running_loop()

        def all_came() -> bool:
            if (came := sum(len(group.log) for group in known.groups) - before) > len(sent_at):
                sent_at.extend([loop.time()] * (came - len(sent_at)))
            return len(sent_at) >= count

        before = sum(len(group.log) for group in known.groups)
        async with known.town.running(TIDINGS_DVOR):
            await known.town.world.until(all_came, _PATIENCE_SECONDS)
        return Spread(count, sent_at[-1] - sent_at[0], known.town.server.limits.refused)


@asynccontextmanager
async def _known_groups(number: int) -> AsyncIterator[_Known]:
    """So many groups that the bot's database knows already."""
    async with town() as place:
        database = Database(place.database_url)
        upgrade(database.engine)
        vera = place.world.add_person("Vera")
        known = [place.world.add_group(f"Yard {number}", vera) for number in range(number)]
        for group in known:
            place.world.add_bot(group, by=vera)
            group.log.clear()
        place.world.updates.drop()
        database.write_now(lambda session: _remember(session, known))
        try:
            yield _Known(place, database, known)
        finally:
            database.close()


def _remember(session: Session, groups: list[Chat]) -> None:
    for group in groups:
        chats.add(session, group.id, language="en", timezone="Europe/Minsk")


async def measure_kills() -> str:
    """Two thousand posts and two hundred kills."""
    async with town() as place:
        seed = random.SystemRandom().getrandbits(32)
        storm = Storm(
            place.folder,
            place.database_url,
            place.server,
            _KILLED_POSTS,
            _KILLS,
            random.Random(seed),
        )
        return f"{await storm.rage()}, DVOR_SEED={seed}"


def report_waiting(effort: Effort) -> None:
    result = asyncio.run(measure_waiting())
    effort.say(
        f"{_WAITING:,} posts wait: start in {result.start:.1f} s ({result.start_cpu:.1f} s of CPU)"
    )
    effort.say(f"  a post due every {_EVERY_SECONDS} s: {result.median:.2f} s late at the median,")
    effort.say(f"  {result.latest:.2f} s at most; memory {result.memory_before:.0f} MB before,")
    effort.say(f"  {result.memory_after:.0f} MB after")


def report_spread(effort: Effort) -> None:
    results = [asyncio.run(measure_spread(count)) for count in _SPREAD]
    for result in results:
        allowed = result.chats / Limits().overall
        effort.say(
            f"one post to {result.chats:6,} chats: {result.seconds:6.1f} s,"
            f" {result.seconds / allowed:.3f} of what 30/s allows, {result.refused} x 429"
        )
    fewer, more = results[-2:]
    each = (more.seconds - fewer.seconds) / (more.chats - fewer.chats)
    seconds = more.seconds + each * (_EXTRAPOLATED - more.chats)
    effort.say(f"one post to {_EXTRAPOLATED:6,} chats: {seconds:6.0f} s, extrapolated")


def report_kills(effort: Effort) -> None:
    effort.say(asyncio.run(measure_kills()))
