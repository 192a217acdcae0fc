"""`make bench`: Dvor's durable tap beside two echo bots that store nothing; what a large election
costs, beside the same in an empty database; checks of bulletins; what the costliest messages cost; what a
flood costs others; then its messages out.

Each bot is a process of its own; the stand-in for Telegram runs in this one. Figures depend on the
machine, ratios less so.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import subprocess
import venv
from pathlib import Path

from benchmarks.bulletins import report_bulletins
from benchmarks.contenders import Contender, Measured, contenders, measure
from benchmarks.floods import report_floods
from benchmarks.outgoing import report_kills, report_spread, report_waiting
from benchmarks.scale import Figures, measure_scale
from benchmarks.writer import report_writer

REPORTS = {
    "bulletins": report_bulletins,
    "writer": report_writer,
    "floods": report_floods,
    "waiting": report_waiting,
    "spread": report_spread,
    "kills": report_kills,
}
PARTS = ("taps", "scale", *REPORTS)
HERE = Path(__file__).parent
AIOGRAM = HERE.parent / ".venv" / "aiogram"


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--updates", type=int, default=2_000, help="a run (default: %(default)s)")
    parser.add_argument(
        "--runs", type=int, default=3, help="the median counts (default: %(default)s)"
    )
    parser.add_argument("--only", default="", help="a word in the name of the one to run")
    parser.add_argument(
        "--part", choices=PARTS, action="append", help="only this part (default: all of them)"
    )
    options = parser.parse_args()
    # Each bot is killed when its round is over; that it hung up is no news.
    logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)
    parts = options.part or PARTS
    if "taps" in parts:
        _measure_taps(options.updates, options.runs, options.only)
    if "scale" in parts:
        print("\nMeasuring what a large election costs…", flush=True)
        _print_scale(measure_scale(options.updates // 10))
    for part, report in REPORTS.items():
        if part in parts:
            report(_say)


def _measure_taps(updates: int, runs: int, only: str) -> None:
    python = _aiogram_environment()
    measured = {
        contender.name: asyncio.run(_median(contender, updates, runs))
        for contender in contenders(python)
        if only in contender.name
    }
    _print_table(measured)


def _say(line: str) -> None:
    print(line, flush=True)


async def _median(contender: Contender, updates: int, runs: int) -> Measured:
    print(f"Measuring {contender.name}, {runs} x {updates} updates…", flush=True)
    results = [await measure(contender, updates) for _ in range(runs)]
    return sorted(results, key=lambda result: result.updates_per_second)[len(results) // 2]


def _print_table(measured: dict[str, Measured]) -> None:
    width = max(map(len, measured))
    base = next(iter(measured.values())).updates_per_second
    print(f"\n{'':{width}}  updates/s   ratio  CPU ms/update  memory MB")
    for name, result in measured.items():
        print(
            f"{name:{width}}  {result.updates_per_second:9.0f}  {result.updates_per_second / base:6.2f}"
            f"  {result.cpu_ms_per_update:13.2f}  {result.memory_mb:9.0f}"
        )


def _print_scale(measured: dict[str, Figures]) -> None:
    acts = {
        "a signature, ms": "sign",
        "its withdrawal, ms": "withdraw",
        "the card drawn, ms": "card",
        "/election in words, ms": "listing",
        "/election as a picture, ms": "picture",
        "memory, MB": "memory",
    }
    width = max(map(len, acts))
    print(f"\n{'':{width}}  {'  '.join(measured)}")
    for label, name in acts.items():
        cells = (f"{getattr(figures, name):{len(world)}.2f}" for world, figures in measured.items())
        print(f"{label:{width}}  {'  '.join(cells)}")


def _aiogram_environment() -> Path:
    """aiogram pins other versions than we do, so it lives apart."""
    python = AIOGRAM / "bin" / "python"
    lock = HERE / "aiogram.lock"
    installed = AIOGRAM / ".installed"
    if not installed.exists() or installed.stat().st_mtime < lock.stat().st_mtime:
        print("Installing aiogram into an environment of its own…", flush=True)
        venv.create(AIOGRAM, with_pip=True)
        install = [
            "-m",
            "pip",
            "install",
            "--quiet",
            "--only-binary",
            ":all:",
            "--require-hashes",
            "-r",
            str(lock),
        ]
        subprocess.run([str(python), *install], check=True)
        installed.touch()
    return python


if __name__ == "__main__":
    main()
