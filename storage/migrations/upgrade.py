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
    if engine.dialect.name == "postgresql":
        # A serializable snapshot is older than the wait for the lock, and hides what happened in it.
        engine = engine.execution_options(isolation_level="READ COMMITTED")
    with engine.begin() as connection:  # on SQLite this is already the only writer
        upgrade_to(connection, "head")


def upgrade_to(connection: Connection, revision: str) -> None:
    """Run what is missing up to a revision, in the connection's transaction. Raises `NewerSchemaError` where
    this program knows no such revision."""
    from alembic.util.exc import CommandError

    lock_schema(connection)
    try:
        _run_alembic(connection, revision)
    except CommandError as error:
        raise NewerSchemaError(
            "The database was written by a newer version of Dvor. Install that version again."
        ) from error


def lock_schema(connection: Connection) -> None:
    """Be the only one of several processes who makes tables, until the transaction ends."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})


def _run_alembic(connection: Connection, revision: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
