"""Numbers of an election that began before the database kept all that is kept now."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import alembic.command
from alembic.config import Config
from sqlalchemy import text
from sqlmodel import Session

import storage.migrations
from bot.domain.elections.signing_pace import PublicDay
from storage.database import Database
from storage.elections import candidates, progress
from storage.migrations.upgrade import upgrade


def test_numbers_of_elections_under_way_are_taken_over(tmp_path: Path) -> None:
    """From a database that kept neither days nor buildings' numbers."""
    database = Database(f"sqlite:///{tmp_path / 'old.sqlite3'}")
    config = Config()
    config.set_main_option("script_location", str(Path(storage.migrations.__file__).parent))
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        alembic.command.upgrade(config, "0003")
        for statement in _OLD_ROWS:
            connection.execute(text(statement))
        for number in range(7):
            values = {"tag": bytes([number]) * 16, "mac": bytes(16)}
            connection.execute(text("INSERT INTO signature VALUES (1, :tag, 1, :mac, 1)"), values)
    upgrade(database.engine)

    def numbers(session: Session) -> tuple[int, int, list[PublicDay]]:
        (row,) = progress.all_shown(session, 1)
        true = sum(progress.signed_in_buildings(session, 1)[1])
        return row.shown, true, progress.history(session, [1])[1]

    assert database.read_now(numbers) == (5, 7, [PublicDay(date(2026, 10, 1), 5)])
    (candidate,) = database.read_now(lambda session: candidates.of_election(session, 1))
    assert (candidate.published, candidate.shown) == (7, 5), "what was shown is of these"
    database.close()


_OLD_ROWS = (
    "INSERT INTO chat (id, telegram_id, language, timezone, presence) "
    "VALUES (1, -100, 'en', 'Europe/Minsk', 'member')",
    "INSERT INTO election (id, chat_id, title, base, is_base_typed, is_provisional, is_frozen, "
    "rule, state) VALUES (1, 1, 'Representative', 400, true, true, false, '{}', 'open')",
    "INSERT INTO election_base VALUES (1, 1, 400, true, '2026-10-01')",
    "INSERT INTO candidate (id, election_id, name, signatures, shown, crossings) "
    "VALUES (1, 1, 'Vera K.', 7, 5, 0)",
    "INSERT INTO building (id, chat_id, name, is_estimated, source, position, is_removed) "
    "VALUES (1, 1, 'Oak lane 1', false, '', 1, false)",
)
