"""Updates a second, and what each costs: Dvor beside bare bots that store nothing, by turns in one run."""

from __future__ import annotations

import asyncio
import statistics
from collections import Counter
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

import psutil

from benchmarks.contenders import SIGNATURES, Contender, Feed, contenders
from benchmarks.stage.ceiling import measure_ceiling
from benchmarks.stage.disk import Disk, watched_disk
from benchmarks.stage.effort import Effort
from benchmarks.stage.environments import aiogram_python
from benchmarks.stage.postgres import PostgreSQL, postgresql
from benchmarks.stage.town import Town, town

# A card is redrawn three seconds after it was last, a page is shown when its turn comes.
_AFTERMATH_SECONDS = 4.0
_CEILING_WANTED = 4


@dataclass(frozen=True)
class Round:
    """One turn of a contender, for each update: seconds, and milliseconds of the processor until the last
    answer and after it. The calls it made, and how often it had the disk make sure, over all of it."""

    seconds: float
    cpu_ms: float
    aftermath_ms: float
    calls: Counter[str]
    commits: float | None


@dataclass
class Runner:
    """A contender at work, with its town."""

    contender: Contender
    town: Town
    process: psutil.Process
    feed: Feed
    disk: Disk | None
    database: PostgreSQL | None
    rounds: list[Round] = field(default_factory=list)
    memory_mb: float = 0.0

    async def take_turn(self, updates: int) -> None:
        """So many updates, all of which wait when the clock starts."""
        wire, method = self.town.wire, self.contender.answer
        calls, commits = wire.answered.copy(), self._commits()
        cpu, loop = _cpu_seconds(self.process), asyncio.get_running_loop()
        self.feed(updates)
        began = loop.time()
        await wire.until(method, calls[method] + updates)
        seconds, at_last = loop.time() - began, _cpu_seconds(self.process)
        await asyncio.sleep(_AFTERMATH_SECONDS if self.contender.is_ours else 0.2)
        made, synced = self._commits(), None
        if made is not None and commits is not None:
            synced = (made - commits) / updates
        after = _cpu_seconds(self.process)
        self.rounds.append(
            Round(
                seconds / updates,
                (at_last - cpu) * 1000 / updates,
                (after - at_last) * 1000 / updates,
                Counter({name: n / updates for name, n in (wire.answered - calls).items()}),
                synced,
            )
        )
        self.memory_mb = self.process.memory_info().rss / 2**20

    def _commits(self) -> int | None:
        if self.database is not None:
            return self.database.commits()
        return self.disk.syncs if self.disk is not None else None

    def median(self, of: Callable[[Round], float]) -> float:
        return statistics.median(map(of, self.rounds))


def _cpu_seconds(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def report_taps(effort: Effort) -> None:
    """Everybody takes as many turns as there are runs; the medians count."""
    asyncio.run(_report(effort))


async def _report(effort: Effort) -> None:
    signers = int(effort.updates * SIGNATURES) * (effort.runs + 1)
    everybody = contenders(aiogram_python(), signers)
    chosen = [one for one in everybody if effort.only in one.name]
    async with AsyncExitStack() as at_work:
        runners = []
        for contender in chosen:
            effort.say(f"Starting {contender.name}…")
            runner = await _started(contender, at_work, effort)
            if runner is not None:
                runners.append(runner)
        for number in range(effort.runs):
            effort.say(f"Run {number + 1} of {effort.runs}…")
            for runner in runners:
                await runner.take_turn(int(effort.updates * runner.contender.share))
    _print_figures(runners, effort.say)
    _print_ratios(runners, effort.say)
    _print_equal_work(runners, effort.say)
    fastest = max(1 / runner.median(lambda one: one.seconds) for runner in runners)
    ceiling = await measure_ceiling(effort.updates)
    mark = "" if ceiling >= _CEILING_WANTED * fastest else f"; {_CEILING_WANTED} are wanted"
    effort.say(
        f"\nThe stand-in itself feeds and takes {ceiling:.0f} taps/s from a bare client:"
        f" {ceiling / fastest:.1f} times the fastest here{mark}."
    )


async def _started(contender: Contender, at_work: AsyncExitStack, effort: Effort) -> Runner | None:
    """At work and warm. None where something for it is missing here."""
    place = await at_work.enter_async_context(town(contender.people, contender.line_seconds))
    disk = watched_disk(place.folder, contender.disk_milliseconds) if contender.is_ours else None
    if disk is None and contender.disk_milliseconds:
        effort.say("  left out: a slow disk takes Linux and a C compiler (cc).")
        return None
    settings = disk.settings if disk else {}
    database = None
    if contender.on_postgresql:
        database = at_work.enter_context(postgresql())
        settings["DATABASE_URL"] = database.url
    process = await at_work.enter_async_context(place.running(contender.command(place), **settings))
    runner = Runner(contender, place, process, await contender.prepare(place), disk, database)
    await runner.take_turn(int(effort.updates * contender.share) // 5)
    runner.rounds.clear()
    return runner


def _print_figures(runners: list[Runner], say: Callable[[str], None]) -> None:
    width = max(len(runner.contender.name) for runner in runners)
    say(f"\n{'':{width}}  updates/s  CPU ms/update  and after it  memory MB")
    for runner in runners:
        rate = 1 / runner.median(lambda one: one.seconds)
        cpu = runner.median(lambda one: one.cpu_ms)
        after = runner.median(lambda one: one.aftermath_ms)
        say(
            f"{runner.contender.name:{width}}  {rate:9.0f}  {cpu:13.2f}  {after:12.2f}"
            f"  {runner.memory_mb:9.0f}"
        )


def _print_ratios(runners: list[Runner], say: Callable[[str], None]) -> None:
    """Of the medians: a rate of 2 is twice as many, CPU of 2 is twice as dear."""
    found = {runner.contender.name: runner for runner in runners}
    rows = [
        (f"{name} / {beside}", runner, found[beside])
        for name, runner in found.items()
        for beside in runner.contender.beside
        if beside in found
    ]
    width = max((len(label) for label, _, _ in rows), default=0)
    say(f"\n{'ratios':{width}}   rate    CPU")
    for label, one, other in rows:
        rate = other.median(lambda r: r.seconds) / one.median(lambda r: r.seconds)
        cpu = one.median(lambda r: r.cpu_ms) / other.median(lambda r: r.cpu_ms)
        say(f"{label:{width}}  {rate:5.2f}  {cpu:5.2f}")


def _print_equal_work(runners: list[Runner], say: Callable[[str], None]) -> None:
    """What each did for an update, so that nobody is faster by doing less."""
    say(
        "\nFor each update, with what comes after it: calls, and commits (SQLite: syncs of the disk)"
    )
    width = max(len(runner.contender.name) for runner in runners)
    for runner in runners:
        calls: Counter[str] = Counter()
        for each in runner.rounds:
            calls.update(each.calls)
        made = ", ".join(f"{n / len(runner.rounds):.2f} {name}" for name, n in calls.most_common())
        commits = [each.commits for each in runner.rounds if each.commits is not None]
        stored = f"{statistics.median(commits):.2f} commits" if commits else "commits not counted"
        if not runner.contender.is_ours:
            stored = "stores nothing"
        say(f"{runner.contender.name:{width}}  {made}; {stored}")
