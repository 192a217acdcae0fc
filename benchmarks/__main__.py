"""`make bench`: what Dvor does in a second and what that costs, beside bare bots that store nothing.

Each bot is a process of its own; the stand-in for Telegram runs in this one. Figures depend on the machine,
ratios less so. docs/performance.md has them, and says what each part measures.
"""

from __future__ import annotations

import argparse
import logging
from dataclasses import replace

from benchmarks.background import report_background
from benchmarks.bulletins import report_bulletins
from benchmarks.floods import report_floods
from benchmarks.growth import report_growth
from benchmarks.outgoing import report_kills, report_spread, report_waiting
from benchmarks.pictures import report_pictures
from benchmarks.stage.effort import Effort
from benchmarks.start import report_memory, report_start
from benchmarks.storm import report_storm
from benchmarks.taps import report_taps
from benchmarks.writer import report_writer

PARTS = {
    "taps": report_taps,
    "start": report_start,
    "growth": report_growth,
    "background": report_background,
    "memory": report_memory,
    "storm": report_storm,
    "floods": report_floods,
    "writer": report_writer,
    "bulletins": report_bulletins,
    "waiting": report_waiting,
    "spread": report_spread,
    "kills": report_kills,
    "pictures": report_pictures,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    usual = Effort(_say)
    parser.add_argument("--quick", action="store_true", help="less of everything, some minutes")
    parser.add_argument("--updates", type=int, help=f"a run (default: {usual.updates})")
    parser.add_argument("--runs", type=int, help=f"the median counts (default: {usual.runs})")
    parser.add_argument("--only", default="", help="a word in the name of the contender to run")
    parser.add_argument(
        "--part", choices=PARTS, action="append", help="only this part (default: all of them)"
    )
    options = parser.parse_args()
    # Each bot is killed when its round is over; that it hung up is no news.
    logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)
    effort = Effort(_say, updates=400, runs=3, divisor=20) if options.quick else usual
    effort = replace(
        effort,
        updates=options.updates or effort.updates,
        runs=options.runs or effort.runs,
        only=options.only,
    )
    for part in options.part or PARTS:
        PARTS[part](effort)


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    main()
