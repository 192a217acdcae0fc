"""The machine's clock, the world's clocks, and the age of the newest backup."""

from __future__ import annotations

import os
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.clock import SystemClock, TurnableClock
from bot.doctor.backups import newest_in
from playground.server import Server
from playground.world import World
from storage.database import Database
from tests.bot_process import ROOT, BotProcess
from tests.doctor.examined import examined
from tests.frame.other_zone_data import zone_package

BOTH = pytest.mark.databases("sqlite", "postgresql")


@pytest.mark.parametrize(("off", "words"), [(-2, "ahead of"), (2, "behind")])
async def test_a_wrong_clock(new_bot: BotProcess, off: int, words: str) -> None:
    clock = TurnableClock(SystemClock().now() + timedelta(hours=off))
    new_bot.server = Server(World(clock=clock), clock)
    await new_bot.server.start()
    try:
        found = await examined(new_bot)
    finally:
        await new_bot.server.stop()
    assert found.wrong == {"clock"}
    assert words in found["clock"][1]
    assert abs(found.numbers("clock")["seconds_ahead"] + off * 3600) < 60


async def test_old_rules_of_the_worlds_clocks(new_bot: BotProcess, tmp_path: Path) -> None:
    old = zone_package(tmp_path, "2024a", {})
    found = await examined(new_bot, PYTHONPATH=f"{old}:{ROOT}")
    assert found.wrong == {"time_zones"}
    assert "tzdata" in found["time_zones"][1]


@BOTH
async def test_rules_older_than_another_process_goes_by(bot: BotProcess, tmp_path: Path) -> None:
    database = Database(bot.database_url)
    await bot.start()
    await bot.kill()
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE instance SET zone_data = '9999a'"))
    database.close()
    found = await examined(bot)
    assert found.wrong == {"time_zones"}
    assert "9999a" in found["time_zones"][1]


async def test_where_no_backups_are_made_it_says_how(new_bot: BotProcess) -> None:
    verdict, said = (await examined(new_bot))["backup"]
    assert verdict == "advice"
    assert "BACKUP_DIR" in said


def test_the_newest_backup_counts(tmp_path: Path) -> None:
    now = SystemClock().now()
    assert newest_in(tmp_path / "nowhere", now).verdict == "wrong"
    assert newest_in(tmp_path, now).verdict == "wrong"
    for name, hours in (("dvor-1.age", 500), ("dvor-2.age", 27), ("notes.txt", 1)):
        (tmp_path / name).touch()
        written = (now - timedelta(hours=hours)).timestamp()
        os.utime(tmp_path / name, (written, written))
    assert newest_in(tmp_path, now).verdict == "wrong"
    assert newest_in(tmp_path, now).numbers == {"age_hours": 27, "kept": 2}
    shutil.copy(tmp_path / "dvor-2.age", tmp_path / "dvor-3.age")
    assert newest_in(tmp_path, now).verdict == "ok"
