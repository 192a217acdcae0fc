"""Several processes plan in one database by different zone data: the newest has the last word."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.safety.wall_times import Planned, WallTimes
from bot.store import UnitOfWork
from storage import instance
from tests.frame.other_zone_data import zone_package, zones_of
from tests.yard import Yard

pytestmark = pytest.mark.databases("sqlite")

OLDER, NEWER = "2025b", "2099a"


class Process:
    """What one of them keeps of wall times, by zone data of its own; counts how often it planned anew."""

    def __init__(self, yard: Yard, place: Path) -> None:
        assert yard.app is not None
        self.planned_anew = 0
        self._place = place
        self._store = yard.app.store
        planned = Planned(rows=lambda _session, _after, _most: self._note(), keep=lambda *_: None)
        self._wall_times = WallTimes(self._store, yard.clock, [planned])

    async def looks(self) -> str | None:
        """Returns by which data everything is planned then."""
        with zones_of(self._place):
            await self._wall_times.keep()
        return await self._store.read(_kept)

    def _note(self) -> list[object]:
        self.planned_anew += 1
        return []


def _kept(work: UnitOfWork) -> str | None:
    return instance.zone_data(work.session)


async def test_what_an_older_process_plants_is_mended_by_the_newer(
    bare_yard: Yard, tmp_path: Path
) -> None:
    await bare_yard.move_in()
    older = Process(bare_yard, zone_package(tmp_path, OLDER, {}))
    newer = Process(bare_yard, zone_package(tmp_path, NEWER, {}))
    assert await newer.looks() == NEWER
    for hour in (1, 2):
        assert await older.looks() is None
        assert await older.looks() is None, "it doesn't plan by its own data what it isn't sure of"
        assert await newer.looks() == NEWER
        assert (older.planned_anew, newer.planned_anew) == (0, 1 + hour)
    (error,) = [line for line in bare_yard.log.errors if "newer time zone data" in line]
    assert f"{NEWER}, and {OLDER} here" in error


async def test_the_same_data_plans_nothing_anew(bare_yard: Yard, tmp_path: Path) -> None:
    await bare_yard.move_in()
    place = zone_package(tmp_path, NEWER, {})
    one, other = Process(bare_yard, place), Process(bare_yard, place)
    assert await one.looks() == await other.looks() == await one.looks() == NEWER
    assert (one.planned_anew, other.planned_anew) == (1, 0)


async def test_a_running_bot_looks_every_hour(bare_yard: Yard) -> None:
    await bare_yard.move_in()
    assert bare_yard.app is not None
    store = bare_yard.app.store
    await store.run(lambda work: instance.keep_zone_data(work.session, NEWER))
    await bare_yard.settled(3601)
    await bare_yard.written(lambda work: instance.zone_data(work.session) is None)
