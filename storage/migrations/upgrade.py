"""Bring a database's schema up to date, at start, one process at a time."""

from __future__ import annotations

import logging
from pathlib import Path

from sqlalchemy import Connection, Engine, text

from storage.database import schema_version
from storage.troubles import said_in_words

logger = logging.getLogger(__name__)

HEAD = max(file.name for file in (Path(__file__).parent / "versions").glob("v*.py"))[1:5]
"""The newest revision, by the names of the files under `versions/`: Alembic itself is slow to load."""

_LOCK = 7_246_173  # any number, the same in every process


class NewerSchemaError(Exception):
    """The database was written by a newer version of this program."""


def upgrade(engine: Engine) -> None:
    """Run the missing migrations. Alembic is loaded only where there are any.

    Raises `NewerSchemaError` and `UnusableDatabaseError`.
    """
    if schema_version(engine) != HEAD:
        with said_in_words(engine.url):
            _migrate(engine)


def _migrate(engine: Engine) -> None:
    from alembic.util.exc import CommandError

    if engine.dialect.name == "postgresql":
        # A serializable snapshot is older than the wait for the lock, and hides what happened in it.
        engine = engine.execution_options(isolation_level="READ COMMITTED")
    with engine.begin() as connection:  # on SQLite this is already the only writer
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        try:
            _run_alembic(connection)
        except CommandError as error:
            raise NewerSchemaError(
                "The database was written by a newer version of Dvor. Install that version again."
            ) from error


def _run_alembic(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
