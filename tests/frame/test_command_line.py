"""`python -m bot`: says what it can do, refuses in words, stops when told."""

from __future__ import annotations

import asyncio
import os
import re
import signal
from pathlib import Path

import pytest
from sqlalchemy import make_url

from playground.server import Server
from tests.bot_process import BotProcess
from tests.frame.postgres_door import PostgresDoor
from tests.process import PATIENCE, TOKEN, run_bot, run_python, running, says, stopped

NOWHERE = "http://127.0.0.1:1"
ALMOST_A_TOKEN = TOKEN[:-20]


def test_help_lists_the_commands(tmp_path: Path) -> None:
    ended = run_bot("--help", folder=tmp_path)
    assert ended.returncode == 0
    assert ended.stderr == ""
    for command in ("run", "playground"):
        assert re.search(rf"^    {command}\b", ended.stdout, re.MULTILINE)
    assert not list(tmp_path.iterdir()), "asking leaves nothing behind"


def test_an_unknown_command_is_refused(tmp_path: Path) -> None:
    ended = run_bot("dance", folder=tmp_path)
    assert ended.returncode == 2
    assert "playground" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_bad_settings_stop_the_start_with_one_message(tmp_path: Path) -> None:
    ended = run_bot(folder=tmp_path, BOT_TOKEN=ALMOST_A_TOKEN, LOG_LEVEL="LOUD", OPERATORS="me")
    assert ended.returncode == 2
    assert ended.stdout == ""
    headline, *complaints = ended.stderr.splitlines()
    assert headline == "These settings can't be used:"
    assert [line.split(":")[0].strip() for line in complaints] == [
        "BOT_TOKEN",
        "OPERATORS",
        "LOG_LEVEL",
    ]
    assert ALMOST_A_TOKEN not in ended.stderr
    assert not list(tmp_path.iterdir())


def test_the_env_file_is_read_where_the_bot_is_started(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("LOG_LEVEL=LOUD\n")
    assert "LOG_LEVEL" in run_bot(folder=tmp_path).stderr


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"DATA_DIR": "occupied"}, "DATA_DIR"),
        ({"DATABASE_URL": "sqlite:///nowhere/at/all.sqlite3"}, "DATABASE_URL"),
    ],
    ids=["data", "folder"],
)
def test_what_cannot_be_opened_is_named(
    tmp_path: Path, settings: dict[str, str], named: str
) -> None:
    (tmp_path / "occupied").write_text("not a folder, not a database; " * 99)
    ended = run_bot(folder=tmp_path, BOT_TOKEN=TOKEN, BOT_API_URL=NOWHERE, **settings)
    assert ended.returncode == 2
    assert named in ended.stderr
    assert "secret" not in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "CRITICAL" not in ended.stderr


async def test_a_token_that_telegram_does_not_know_is_said_at_once(
    tmp_path: Path, server: Server
) -> None:
    async with running(folder=tmp_path, BOT_TOKEN=TOKEN, BOT_API_URL=server.url) as process:
        assert process.stderr is not None
        async with asyncio.timeout(PATIENCE):
            line = await process.stderr.readline()
        assert b"doesn't know this BOT_TOKEN" in line
        assert b"copy it anew from @BotFather" in line
        assert TOKEN.encode() not in line
        said = await stopped(process, signal.SIGINT)
        assert process.returncode == 0, said
    assert TOKEN not in said


async def test_a_token_that_stays_unknown_ends_the_process_in_words(
    tmp_path: Path, server: Server
) -> None:
    """In a process whose clock runs a hundred times as fast: it takes two minutes."""
    settings = {"BOT_TOKEN": TOKEN, "BOT_API_URL": server.url}
    ended = await asyncio.to_thread(
        run_python, "-m", "tests.frame.hasty_bot", folder=tmp_path, **settings
    )
    assert ended.returncode == 2
    assert "for two minutes it has said nothing else" in ended.stderr
    assert TOKEN not in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "CRITICAL" not in ended.stderr


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
async def test_it_stops_in_peace_when_told(
    tmp_path: Path, real_server: Server, stop: signal.Signals
) -> None:
    bot = real_server.world.bot
    settings = {"BOT_TOKEN": bot.token, "BOT_API_URL": real_server.url}
    async with running(folder=tmp_path, **settings) as process:
        assert f"@{bot.username}" in await says(process, "is at work")
        said = await stopped(process, stop)
        assert process.returncode == 0, said
    assert "Stopped." in said
    assert "ERROR" not in said
    assert "CRITICAL" not in said
    assert "withheld" not in said, "a line without its words tells nobody anything"


async def test_it_stops_in_peace_while_telegram_cannot_be_reached(tmp_path: Path) -> None:
    async with running(folder=tmp_path, BOT_TOKEN=TOKEN, BOT_API_URL=NOWHERE) as process:
        await says(process, "Connecting")
        assert process.stderr is not None
        async with asyncio.timeout(PATIENCE):
            line = await process.stderr.readline()
        assert b"can't be reached" in line
        assert b"PROXY_URL" in line
        said = await stopped(process, signal.SIGTERM)
        assert process.returncode == 0, said
    assert "ERROR" not in said
    assert "CRITICAL" not in said


async def test_it_waits_for_telegram_to_come_back(tmp_path: Path, server: Server) -> None:
    server.faults.add("getMe", "502", times=2)
    settings = {"BOT_TOKEN": server.world.bot.token, "BOT_API_URL": server.url}
    async with running(folder=tmp_path, **settings) as process:
        await says(process, "is at work")
        await stopped(process, signal.SIGTERM)


async def test_it_stops_in_peace_while_the_databases_server_cannot_be_reached(
    tmp_path: Path,
) -> None:
    settings = {"DATABASE_URL": "postgresql+psycopg://vera:secret@127.0.0.1:1/dvor"}
    async with running(
        folder=tmp_path, BOT_TOKEN=TOKEN, BOT_API_URL=NOWHERE, **settings
    ) as process:
        assert process.stderr is not None
        async with asyncio.timeout(PATIENCE):
            line = await process.stderr.readline()
        assert b"database's server can't be reached" in line
        assert b"DATABASE_URL" in line
        said = await stopped(process, signal.SIGTERM)
        assert process.returncode == 0, said
    assert "secret" not in said


async def test_it_waits_for_a_database_that_is_started_with_it(
    tmp_path: Path, real_server: Server, postgres_url: str
) -> None:
    door = PostgresDoor(postgres_url)
    bot = BotProcess(tmp_path, door.url, real_server)
    process = await bot.launch()
    try:
        await real_server.world.until(lambda: "can't be reached" in bot.log, PATIENCE)
        async with door.starting_up():
            await real_server.world.until(lambda: door.knocks >= 2, PATIENCE)
        async with door.open():
            await says(process, "is at work")
            process.terminate()
            async with asyncio.timeout(PATIENCE):
                assert await process.wait() == 0, bot.log
    finally:
        await bot.kill()
    assert "CRITICAL" not in bot.log


@pytest.mark.parametrize("asked", ["nobody@/dvor", "postgres@/nothing"])
def test_a_database_server_that_turns_it_away_ends_the_start_in_words(
    tmp_path: Path, postgres_url: str, asked: str
) -> None:
    user, _, database = asked.partition("@/")
    url = make_url(postgres_url).set(username=user, password="secret", database=database)
    address = url.render_as_string(hide_password=False)
    ended = run_bot(folder=tmp_path, BOT_TOKEN=TOKEN, BOT_API_URL=NOWHERE, DATABASE_URL=address)
    assert ended.returncode == 2
    assert "DATABASE_URL" in ended.stderr
    assert "secret" not in ended.stderr
    assert "Traceback" not in ended.stderr


async def test_without_a_token_the_playground_opens(tmp_path: Path) -> None:
    async with running(folder=tmp_path) as process:
        assert "playground" in await says(process, "no BOT_TOKEN")
        assert "http://127.0.0.1:" in await says(process, "playground is open")
        said = await stopped(process, signal.SIGTERM)
        assert process.returncode == 0, said
    assert "CRITICAL" not in said
    assert os.listdir(tmp_path) == [], "playing leaves nothing behind"
