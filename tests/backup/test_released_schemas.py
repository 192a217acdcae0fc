"""A backup of any version that was released is restored by this one, into either database, and brought up to
date."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import alembic.command
import pytest
from sqlalchemy import text

from bot.app import open_database
from bot.backup.locking import for_keys
from bot.backup.making import make_backup
from bot.backup.opening import by_key
from bot.backup.restoring import look_through, restore
from bot.safety.keys import Keys
from bot.settings import read_settings
from storage.database import Database, schema_version
from storage.migrations.upgrade import HEAD
from tests.backup.volunteer import Machine, Safe
from tests.copying.test_rows import REVISIONS
from tests.storage.test_migrations import migrations

MASTER = bytes(32)
KEYS = Keys(MASTER)
NOW = datetime(2026, 11, 28, 3, 30, 59, tzinfo=UTC)


def _untold(_done: int, _of: int) -> None: ...


def begin_at(machine: Machine, revision: str) -> None:
    """A database of that version, in which a bot has been at work."""
    (machine.folder / "data").mkdir()
    config = migrations()
    with closing(Database(machine.database_url)) as database, database.engine.begin() as connection:
        config.attributes["connection"] = connection
        alembic.command.upgrade(config, revision)
        check = {"check": KEYS.check_value_before_codes()}
        connection.execute(text("INSERT INTO instance (id, key_check) VALUES (1, :check)"), check)
        for row in (
            "INSERT INTO chat (id, telegram_id, language, timezone, presence) "
            "VALUES (7, -100, 'be', 'Europe/Minsk', 'member')",
            "INSERT INTO anchor VALUES ('x', 3, '0f')" if revision >= "0005" else "SELECT 1",
        ):
            connection.execute(text(row))


@pytest.mark.parametrize("revision", REVISIONS)
def test_it_is_restored_and_the_bot_starts_on_it(
    revision: str, tmp_path: Path, safe: Safe, elsewhere: str
) -> None:
    old = Machine(tmp_path, f"sqlite:///{tmp_path / 'data' / 'old.sqlite3'}")
    begin_at(old, revision)
    make_backup(old.database_url, safe.backup, for_keys([safe.public_half]), NOW, _untold)

    inside = look_through(safe.backup, by_key(safe.key), _untold)
    assert (inside.made_at.isoformat(), inside.contents.revision) == (
        "2026-11-28T03:30:00+00:00",
        revision,
    )
    assert inside.key_check == KEYS.check_value_before_codes()
    assert inside.heads.keys() == ({"x"} if revision >= "0005" else set())

    new = Machine(tmp_path / "elsewhere", elsewhere)
    (new.folder / "data").mkdir(parents=True)
    new.key_file.parent.mkdir(mode=0o700)
    new.key_file.write_bytes(MASTER)
    new.key_file.chmod(0o600)
    restore(safe.backup, by_key(safe.key), elsewhere, _untold)
    with closing(Database(elsewhere)) as database:
        assert schema_version(database.engine) == HEAD
        keys = open_database(database, read_settings(new.settings))
        assert keys.check_value() == KEYS.check_value()
        with database.engine.connect() as connection:
            assert connection.execute(text("SELECT id, telegram_id FROM chat")).all() == [(7, -100)]
