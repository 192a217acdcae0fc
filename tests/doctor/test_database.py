"""The database is whole, of this release and on a server that is looked after; else the doctor says so."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import make_url, text

from bot.clock import SystemClock
from bot.doctor.database import look, postgresql
from bot.settings import read_settings
from storage.database import Database, schema_version
from storage.migrations.upgrade import HEAD
from tests.bot_process import BotProcess
from tests.doctor.examined import examined
from tests.storage.test_troubles import (
    cut_off,
    file_of,
    fill,
    spoil_the_beginning,
    spoil_the_middle,
)

BOTH = pytest.mark.databases("sqlite", "postgresql")
SQLITE = pytest.mark.databases("sqlite")


@SQLITE
@pytest.mark.parametrize("spoil", [spoil_the_middle, cut_off, spoil_the_beginning])
async def test_a_damaged_file(bot: BotProcess, spoil: Callable[[Path], None]) -> None:
    spoil(file_of(fill(bot.database_url)))
    found = await examined(bot)
    assert found.status == 1
    assert found.wrong == {"database"}
    assert "is damaged. Put it aside" in found["database"][1]


@SQLITE
async def test_a_row_that_refers_to_none(bot: BotProcess) -> None:
    with sqlite3.connect(file_of(bot.database_url)) as raw:
        raw.execute("INSERT INTO endorsement (action_id, office_id) VALUES (7, 7)")
    found = await examined(bot)
    assert found.wrong == {"database"}
    assert found.numbers("database")["faults"] == 2


@BOTH
@pytest.mark.parametrize(
    ("stands_at", "verdict", "remedy"),
    [("0012", "advice", "The next start brings it up to date"), ("9999", "wrong", "newer version")],
)
async def test_another_releases_schema_is_told_and_stays_as_it_is(
    bot: BotProcess, stands_at: str, verdict: str, remedy: str
) -> None:
    database = Database(bot.database_url)
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": stands_at})
    try:
        found = await examined(bot)
        assert schema_version(database.engine) == stands_at
    finally:
        with database.engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": HEAD})
        database.close()
    assert found["schema"][0] == verdict
    assert remedy in found["schema"][1]
    assert found["rights"][0] == "unknown"
    assert found.status == (1 if verdict == "wrong" else 3)


@SQLITE
def test_a_large_file_is_not_gone_through_for_somebody_who_has_stopped(bot: BotProcess) -> None:
    with sqlite3.connect(file_of(bot.database_url)) as raw:
        raw.execute("CREATE TABLE large (number)")
        raw.executemany("INSERT INTO large VALUES (?)", ((number,) for number in range(100_000)))
    settings, stopped = read_settings(bot.settings), Event()
    assert "faults" in look(settings, SystemClock(), stopped).findings["database"].numbers
    stopped.set()
    assert "faults" not in look(settings, SystemClock(), stopped).findings["database"].numbers


async def test_a_server_that_is_not_there(new_bot: BotProcess) -> None:
    url = "postgresql+psycopg://dvor:hidden@127.0.0.1:9/dvor"
    found = await examined(new_bot, DATABASE_URL=url)
    assert found.status == 1
    assert found.wrong == {"database"}
    assert "hidden" not in found.said


@pytest.mark.databases("postgresql")
async def test_a_server_that_knows_no_such_database(bot: BotProcess) -> None:
    url = make_url(bot.database_url).set(database="elsewhere")
    found = await examined(bot, DATABASE_URL=url.render_as_string(hide_password=False))
    assert found.wrong == {"database"}
    assert "Is its address right (DATABASE_URL" in found["database"][1]


def test_postgresql_is_mended_for_five_years() -> None:
    november = datetime(2026, 11, 28, tzinfo=UTC)
    assert postgresql((14, 20), november).verdict == "ok"
    assert postgresql((14, 20), november + timedelta(days=3)).verdict == "wrong"
    assert postgresql((17, 2), november).verdict == "ok"
