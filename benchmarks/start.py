"""From the command line to the first poll; and what the process holds, on small databases and large ones."""

from __future__ import annotations

import asyncio
import shutil
import statistics
import time
from contextlib import AsyncExitStack
from pathlib import Path

import psutil

from benchmarks.stage.effort import Effort
from benchmarks.stage.environments import runtime_python
from benchmarks.stage.instance import Size, built_instance
from benchmarks.stage.town import ROOT, Town, town
from tests.process import environment

_LINES = {"on a fast network": 0.0, "at 80 ms a call": 0.08}
_POLL = "getUpdates"
_PATIENCE_SECONDS = 120.0
# By then it has taken a turn of delivery, and done what it does each hour and at the start.
_AT_REST_SECONDS = 15.0


def report_start(effort: Effort) -> None:
    """In an environment without what only tests need, on a database that is there already."""
    command = [str(runtime_python()), "-m", "bot", "run"]
    for name, seconds in _LINES.items():
        wall, cpu = asyncio.run(_measure_start(command, seconds, effort.runs))
        effort.say(f"command line to first poll, {name}: {wall:.2f} s, {cpu:.2f} s of CPU")


async def _measure_start(command: list[str], seconds: float, runs: int) -> tuple[float, float]:
    async with town(line_seconds=seconds) as place:
        await _start_once(place, command)  # makes the database, and the bytecode of the code
        measured = [await _start_once(place, command) for _ in range(runs)]
    return tuple(map(statistics.median, zip(*measured, strict=True)))


async def _start_once(place: Town, command: list[str]) -> tuple[float, float]:
    """Seconds until it polls, and those of the processor."""
    place.wire.first_asked_at.clear()
    began = time.monotonic()
    process = await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, env=environment(**place.settings), stdout=asyncio.subprocess.DEVNULL
    )
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while _POLL not in place.wire.first_asked_at:  # noqa: ASYNC110 - when it came is noted there
                await asyncio.sleep(0.01)
        times = psutil.Process(process.pid).cpu_times()
        return place.wire.first_asked_at[_POLL] - began, times.user + times.system
    finally:
        process.kill()
        await process.wait()


def report_memory(effort: Effort) -> None:
    """Resident memory of a bot that has settled; on a copy of each instance, because it tidies up."""
    sizes = {
        "an empty database": None,
        "1,000 chats": Size(chats=1_000),
        "the large instance": Size.large(effort.divisor),
    }
    for name, size in sizes.items():
        resident, peak = asyncio.run(_measure_memory(built_instance(size) if size else None))
        effort.say(f"resident memory, {name}: {resident:.0f} MB, {peak:.0f} MB at most")


async def _measure_memory(instance: Path | None) -> tuple[float, float]:
    async with AsyncExitStack() as at_work:
        place = await at_work.enter_async_context(town())
        if instance is not None:
            shutil.copytree(instance, place.folder, dirs_exist_ok=True)
        command = [str(runtime_python()), "-m", "bot", "run"]
        process = await at_work.enter_async_context(place.running(command))
        most = 0
        for _ in range(int(_AT_REST_SECONDS * 10)):
            await asyncio.sleep(0.1)
            most = max(most, process.memory_info().rss)
        return process.memory_info().rss / 2**20, most / 2**20
