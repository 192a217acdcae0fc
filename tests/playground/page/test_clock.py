"""Turning the clock from the page."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from bot.clock import TurnableClock
from playground.turning import Turning
from playground.world import World
from tests.playground.page.asking import FIFTEEN_TO_ELEVEN, post, refused


async def test_the_clock_turns_by_exactly_what_was_asked_and_adds_up(
    page: httpx.AsyncClient, clock: TurnableClock
) -> None:
    await post(page, "clock", minutes=60)
    await post(page, "clock", minutes=120)
    async with asyncio.timeout(30):
        while (await page.get("/api/state")).json()["turning"]:
            pass
    assert clock.now() == FIFTEEN_TO_ELEVEN + timedelta(hours=3)


async def test_what_is_due_on_the_way_happens_on_the_way(
    page: httpx.AsyncClient, world: World, clock: TurnableClock
) -> None:
    elevens: list[datetime] = []

    async def every_day_at_eleven() -> None:
        due = datetime(2026, 10, 21, 8, 0, tzinfo=UTC)
        while True:
            await clock.sleep((due - clock.now()).total_seconds())
            elevens.append(clock.now())
            due += timedelta(days=1)

    reminding = asyncio.create_task(every_day_at_eleven())
    await post(page, "clock", minutes=3 * 1440)
    await world.until(lambda: clock.now() >= FIFTEEN_TO_ELEVEN + timedelta(days=3), timeout=60)
    reminding.cancel()
    assert [(at.day, at.hour, at.minute) for at in elevens] == [
        (day, 8, 0) for day in range(21, 24)
    ]


async def test_a_bot_that_tells_what_it_waits_for_gets_there_to_the_second(
    world: World, clock: TurnableClock
) -> None:
    due = [FIFTEEN_TO_ELEVEN + timedelta(days=day, minutes=7, seconds=13) for day in range(7)]
    waiting = list(due)
    acted: list[datetime] = []

    async def slow_bot() -> None:
        while waiting:
            await clock.sleep((waiting[0] - clock.now()).total_seconds())
            await asyncio.sleep(0.2)
            acted.append(clock.now())
            del waiting[0]

    acting = asyncio.create_task(slow_bot())
    turning = Turning(world, clock, lambda: waiting[0] if waiting else None)
    turning.forward(timedelta(days=30))
    await world.until(lambda: not turning.is_turning, timeout=30)
    await acting
    assert acted == due
    assert clock.now() == FIFTEEN_TO_ELEVEN + timedelta(days=30)


@pytest.mark.parametrize("minutes", [0, -5, 10**9, 10**30, "soon", None, 1.5, []])
async def test_the_clock_never_runs_back_nor_wild(
    page: httpx.AsyncClient, clock: TurnableClock, minutes: object
) -> None:
    await refused(page, "clock", minutes=minutes)
    assert clock.now() == FIFTEEN_TO_ELEVEN
