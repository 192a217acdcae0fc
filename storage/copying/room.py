"""Room in a database for what is written into it: it is empty, or is made so."""

from __future__ import annotations

from sqlalchemy import Connection, inspect, text

from storage.copying.reading import count_rows
from storage.copying.refusals import NotEmptyError
from storage.copying.schema import tables_of
from storage.database import revision_in
from storage.troubles import name_of


def require_empty(connection: Connection) -> None:
    """Raises `NotEmptyError` where there is a row of the bot's, or a table of another program's, and
    `NewerSchemaError`."""
    revision = revision_in(connection)
    ours = tables_of(revision) if revision else ()
    others = set(inspect(connection).get_table_names()) - {
        "alembic_version",
        *(table.name for table in ours),
    }
    if others or any(count_rows(connection, ours).values()):
        raise NotEmptyError(
            f"{name_of(connection.engine.url)} isn't empty. Empty it, or name another."
        )


def drop_tables(connection: Connection) -> None:
    """Take away what the bot keeps there, tables and all. Raises `NewerSchemaError`."""
    revision = revision_in(connection)
    if revision is not None:
        for table in reversed(tables_of(revision)):
            table.drop(connection)
        connection.execute(text("DROP TABLE alembic_version"))
