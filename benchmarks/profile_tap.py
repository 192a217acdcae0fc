"""`make profile`: where the time of a durable tap goes, by rooms of ours and by libraries.

One bot says how much a tap costs in all, a second one where: counting makes it slower, so it gives shares.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import signal
import sys
from collections import defaultdict
from pathlib import Path

from benchmarks.contenders import prepare_taps
from benchmarks.stage.town import DVOR, town

_ANSWER = "answerCallbackQuery"
_WRITTEN_WITHIN_SECONDS = 120
_LEAST_SHARE = 0.002
_RUNS = 3


def main() -> None:
    parser = argparse.ArgumentParser(prog="make profile", description=__doc__)
    parser.add_argument("--taps", type=int, default=400, help="a run (default: %(default)s)")
    parser.add_argument("--chats", type=int, default=1, help="in so many (default: %(default)s)")
    options = parser.parse_args()
    logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)
    milliseconds = asyncio.run(_cost_of_a_tap(options.taps, options.chats))
    spent = asyncio.run(_spent(options.taps, options.chats))
    whole = sum(spent.values())
    by_room, by_thread = defaultdict[str, float](float), defaultdict[str, float](float)
    for (thread, room), seconds in spent.items():
        by_room[room] += seconds / whole
        by_thread[thread] += seconds / whole
    print(f"A durable tap, {options.chats} chat(s): {milliseconds:.2f} ms of CPU.\n")
    _print_shares(by_room, milliseconds)
    print("\nby threads:")
    _print_shares(by_thread, milliseconds)
    print(
        f"\nThe rooms add up to {whole / options.taps * 1000:.2f} ms, where each call was counted."
    )


def _print_shares(shares: dict[str, float], milliseconds: float) -> None:
    width = max(map(len, shares))
    for name, share in sorted(shares.items(), key=lambda each: -each[1]):
        if share >= _LEAST_SHARE:
            print(f"{name:{width}}  {share * milliseconds:6.3f} ms  {share:6.1%}")


async def _cost_of_a_tap(taps: int, chats: int) -> float:
    """Milliseconds of the processor in a bot that nothing watches; the least of some runs."""
    async with town(people=200) as place, place.running(DVOR) as process:
        feed = await prepare_taps(chats)(place)
        costs = []
        for _ in range(_RUNS):
            answered, before = place.wire.answered[_ANSWER], process.cpu_times()
            feed(taps)
            await place.wire.until(_ANSWER, answered + taps)
            after = process.cpu_times()
            costs.append(after.user + after.system - before.user - before.system)
        return float(min(costs)) * 1000 / taps


async def _spent(taps: int, chats: int) -> dict[tuple[str, str], float]:
    """Seconds by thread and room in a bot that is watched."""
    async with town(people=200) as place:
        file = place.folder / "spent.json"
        command = [sys.executable, "-m", "benchmarks.stage.profiled", str(file)]
        async with place.running(command) as process:
            feed = await prepare_taps(chats)(place)
            feed(taps // 5)
            await place.wire.until(_ANSWER, place.wire.answered[_ANSWER] + taps // 5)
            answered = place.wire.answered[_ANSWER]
            process.send_signal(signal.SIGUSR1)
            feed(taps)
            await place.wire.until(_ANSWER, answered + taps)
            process.send_signal(signal.SIGUSR2)
            await place.world.until(file.exists, _WRITTEN_WITHIN_SECONDS)
        return _read(file)


def _read(file: Path) -> dict[tuple[str, str], float]:
    return {(thread, room): spent for thread, room, spent in json.loads(file.read_text())}


if __name__ == "__main__":
    main()
