"""What one message costs the writer at most: every command with the costliest messages, as in
`tests/frame/test_budget.py`, in milliseconds of the writer's own thread."""

from __future__ import annotations

import asyncio
import tempfile
from datetime import timedelta
from pathlib import Path

from benchmarks.stage.effort import Effort
from bot.app import FEATURES
from bot.clock import TurnableClock
from playground.server import Server
from playground.world import World
from tests.frame.hostile import alike_houses, messages
from tests.frame.writer_watch import watched_writer
from tests.yard import NOON, LogKeeper, Yard, build_yard

BUDGET_MS = 50
_LISTED = 8


def report_writer(effort: Effort) -> None:
    """The costliest transactions, each with its command and its message."""
    effort.say("\nMeasuring what the costliest messages cost the writer…")
    found = sorted(asyncio.run(_measured()), reverse=True)
    for milliseconds, statements, command, what in found[:_LISTED]:
        effort.say(f"{milliseconds:7.1f} ms  {statements:3} statements  /{command} {what}")
    effort.say(f"The budget is {BUDGET_MS} ms; {len(found)} transactions were measured.")


async def _measured() -> list[tuple[float, int, str, str]]:
    with tempfile.TemporaryDirectory(prefix="dvor-writer-") as folder:
        clock = TurnableClock(NOON)
        server = Server(World(clock=clock), clock)
        await server.start(port=0)
        (Path(folder) / "data").mkdir(mode=0o700)
        url = f"sqlite:///{folder}/data/dvor.sqlite3"
        yard = build_yard(Path(folder), url, server, server.world, clock, LogKeeper())
        await yard.move_in()
        try:
            return await _tried_out(yard)
        finally:
            await yard.stop()
            await server.stop()


async def _tried_out(yard: Yard) -> list[tuple[float, int, str, str]]:
    found = []
    names = [command.name for feature in FEATURES for command in feature.commands]
    tries = [(name, what, text) for name in names for what, text in messages(name).items()]
    houses = [("buildings", "alike", alike_houses())] * 2
    with watched_writer() as watch:
        for name, what, text in (*tries, *houses):
            watch.take()
            yard.say(yard.vera, f"/{name} {text}")
            yard.clock.turn(timedelta(minutes=1))
            await yard.quiet()
            found += [(1000 * c.seconds, c.statements, name, what) for c in watch.take()]
    return found
