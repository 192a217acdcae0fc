"""What the bot does by itself in a large instance, where nobody does anything: its turns of delivery, and how
long each transaction of its hourly work holds the writer.

The real bot runs in this process, beside the stand-in, on a clock that is turned.
"""

from __future__ import annotations

import asyncio
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlalchemy import Engine, event

from benchmarks.stage.effort import Effort
from benchmarks.stage.instance import Size, built_instance
from bot.clock import TurnableClock
from bot.delivery.turn import Delivery
from playground.server import Server
from playground.world import World
from tests.frame.writer_watch import Cost, watched_writer
from tests.yard import LogKeeper, Yard, build_yard

_HOURS, _TURNS = 6, 20
_HEARTBEAT, _HOUR = timedelta(seconds=31), timedelta(hours=1, seconds=1)
_MOST_MS, _MOST_RATIO = 20, 1.3
_LISTED = 8
_SHOWN = 100
_PATIENCE_SECONDS = 300.0


@dataclass
class Turns:
    """Seconds of this process that turns of delivery took."""

    seconds: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Portion:
    """One transaction of the writer's: milliseconds of its thread, and its first statement that changed
    something, or the first that read."""

    milliseconds: float
    statements: int
    what: str


def report_background(effort: Effort) -> None:
    """A turn with nothing due, small and large; then the longest portions of some hours."""
    effort.say("\nWatching what the bot does by itself…")
    small, _ = asyncio.run(_watched(built_instance(Size())))
    large, portions = asyncio.run(_watched(built_instance(Size.large(effort.divisor))))
    ratio = large / small
    mark = "" if ratio <= _MOST_RATIO else f"  over {_MOST_RATIO}"
    effort.say(
        f"a turn of delivery, CPU ms: {small:.1f} small, {large:.1f} large, ratio {ratio:.2f}{mark}"
    )
    effort.say(
        f"the writer, held by what happens each hour, {len(portions)} transactions in {_HOURS} hours:"
    )
    for portion in sorted(portions, key=lambda one: -one.milliseconds)[:_LISTED]:
        mark = "" if portion.milliseconds < _MOST_MS else f"  over {_MOST_MS} ms"
        effort.say(
            f"{portion.milliseconds:8.1f} ms  {portion.statements:4} statements  {portion.what}{mark}"
        )


async def _watched(folder: Path) -> tuple[float, list[Portion]]:
    """The median of a turn in milliseconds, and what held the writer from the start on."""
    with tempfile.TemporaryDirectory(prefix="dvor-bench-") as name:
        shutil.copytree(folder, name, dirs_exist_ok=True)
        clock = TurnableClock(datetime.now().astimezone())
        server = Server(World(clock=clock), clock)
        await server.start()
        url = f"sqlite:///{name}/data/dvor.sqlite3"
        yard = build_yard(Path(name), url, server, server.world, clock, LogKeeper())
        try:
            # The bot takes its turns by what it found when it was built.
            with _watched_turns() as turns:
                with _watched_portions() as portions:
                    await yard.start()
                    await _turned(yard, turns, _HOUR, _HOURS)
                await _turned(yard, turns, _HEARTBEAT, _TURNS)
        finally:
            await yard.stop()
            await server.stop()
    return statistics.median(turns.seconds[-_TURNS:]) * 1_000, portions


async def _turned(yard: Yard, turns: Turns, by: timedelta, times: int) -> None:
    """Turn the clock on so many times, each time once a turn of delivery has followed."""
    async with asyncio.timeout(_PATIENCE_SECONDS):
        for _ in range(times):
            done = len(turns.seconds)
            yard.clock.turn(by)
            while len(turns.seconds) == done:  # noqa: ASYNC110 - nothing there wakes us
                await asyncio.sleep(0.02)


@contextmanager
def _watched_turns() -> Iterator[Turns]:
    turns, turn = Turns(), Delivery.turn

    async def timed(self: Delivery) -> datetime | None:
        began = time.process_time()
        try:
            return await turn(self)
        finally:
            turns.seconds.append(time.process_time() - began)

    with patch.object(Delivery, "turn", timed):
        yield turns


@contextmanager
def _watched_portions() -> Iterator[list[Portion]]:
    """Each transaction by the first statement in it that changes something."""
    said: list[tuple[float, str]] = []
    portions: list[Portion] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        said.append((time.thread_time(), statement))

    with watched_writer() as watch:
        event.listen(Engine, "before_cursor_execute", note)
        try:
            yield portions
        finally:
            event.remove(Engine, "before_cursor_execute", note)
            portions += [_portion(cost, said) for cost in watch.take()]


def _portion(cost: Cost, said: list[tuple[float, str]]) -> Portion:
    own = [text for at, text in said if cost.began <= at <= cost.began + cost.seconds]
    changing = [text for text in own if text.startswith(("INSERT", "UPDATE", "DELETE"))]
    reading = [text for text in own if text.startswith("SELECT")]
    what = " ".join((changing or reading or ["nothing"])[0].split())
    return Portion(cost.seconds * 1_000, cost.statements, what[:_SHOWN])
