"""The machine's clock, the world's clocks, and the age of the newest backup."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pyrage
import pytest
from sqlalchemy import text

from bot.clock import SystemClock, TurnableClock
from playground.server import Server
from playground.world import World
from storage.database import Database
from tests.bot_process import BotProcess
from tests.doctor.examined import examined
from tests.frame.other_zone_data import zone_package
from tests.source import ROOT

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
    assert "BACKUP_TO" in said


@pytest.fixture
def nightly(tmp_path: Path) -> dict[str, str]:
    """The settings of whoever wants a backup each night."""
    public_half = str(pyrage.x25519.Identity.generate().to_public())
    return {"BACKUP_DIR": str(tmp_path / "backups"), "BACKUP_TO": public_half}


async def test_the_newest_backup_counts_and_nothing_else_there(
    bot: BotProcess, nightly: dict[str, str]
) -> None:
    folder = bot.folder / "backups"
    await bot.start()
    await bot.kill()
    assert (await examined(bot, **nightly)).wrong == {"backup"}, "there is no folder"
    folder.mkdir()
    _write(folder / "notes.txt", hours_ago=1)
    _write(folder / "dvor-2026-01-04.age.cut-off", hours_ago=1)
    assert (await examined(bot, **nightly)).wrong == {"backup"}, "there is none"
    _write(folder / "dvor-2026-01-02.age", hours_ago=500)
    _write(folder / "dvor-2026-01-03.age", hours_ago=27)
    found = await examined(bot, **nightly)
    assert found.wrong == {"backup"}
    assert found.numbers("backup") == {"age_hours": 27, "kept": 2}
    _write(folder / "dvor-2026-01-04.age", hours_ago=25)
    found = await examined(bot, **nightly)
    assert found["backup"] == ("ok", "the newest is 25 hours old. ")


def _write(file: Path, *, hours_ago: int) -> None:
    file.touch()
    written = (SystemClock().now() - timedelta(hours=hours_ago)).timestamp()
    os.utime(file, (written, written))


async def test_before_the_first_start_no_backup_is_missed(
    new_bot: BotProcess, nightly: dict[str, str]
) -> None:
    found = await examined(new_bot, **nightly)
    assert found.status == 0
    assert found["backup"][0] == "advice"
    assert "The first start makes one" in found["backup"][1]


async def test_a_file_where_the_folder_of_backups_is_to_be(
    new_bot: BotProcess, nightly: dict[str, str]
) -> None:
    (new_bot.folder / "backups").touch()
    found = await examined(new_bot, **nightly)
    assert found.wrong == {"backup"}
    assert "Not a directory" in found["backup"][1]
