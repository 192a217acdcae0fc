"""Reading all rows of a database as they were at one moment, beside whoever writes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Table, func, select
from sqlalchemy.exc import DBAPIError

from storage.copying.contents import ROWS_AT_ONCE, Contents, Copy, Portion
from storage.copying.last_ids import read_last_ids
from storage.copying.refusals import UnfitRowsError
from storage.copying.schema import tables_of
from storage.database import engine_of_reader, revision_in
from storage.troubles import Trouble, UnusableDatabaseError, in_words, said_in_words

_STREAMED = {"yield_per": ROWS_AT_ONCE}


@contextmanager
def reading(url: str) -> Iterator[Copy]:
    """Give all rows of the database as they are now; what is written meanwhile isn't among them.

    Raises `UnusableDatabaseError`, also where there is no database yet, and `NewerSchemaError`. Going through
    the rows raises the first too, and `UnfitRowsError`.
    """
    engine = engine_of_reader(url)
    _require_file(engine.url)
    try:
        with said_in_words(engine.url, otherwise=Trouble.CLOSED):
            connection = engine.connect()
        with connection:
            with said_in_words(engine.url, otherwise=Trouble.CLOSED):
                contents = _contents(connection)
            yield Copy(contents, _portions(connection, tables_of(contents.revision)))
    finally:
        engine.dispose()


def count_rows(connection: Connection, tables: tuple[Table, ...]) -> dict[str, int]:
    """How many rows each table has, by name."""
    return {
        table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
        for table in tables
    }


def _require_file(url: URL) -> None:
    """SQLite would make one that isn't there."""
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        raise UnusableDatabaseError(in_words(Trouble.EMPTY, url))


def _contents(connection: Connection) -> Contents:
    revision = revision_in(connection)
    if revision is None:
        raise UnusableDatabaseError(in_words(Trouble.EMPTY, connection.engine.url))
    tables = tables_of(revision)
    return Contents(revision, count_rows(connection, tables), read_last_ids(connection, tables))


def _portions(connection: Connection, tables: tuple[Table, ...]) -> Iterator[Portion]:
    for table in tables:
        in_order = select(table).order_by(*table.primary_key.columns)
        with _said_of(connection, table):
            found = connection.execute(in_order, execution_options=_STREAMED)
        while True:
            with _said_of(connection, table):
                rows: Sequence[Any] = found.fetchmany(ROWS_AT_ONCE)
            if not rows:
                break
            yield Portion(table, [tuple(row) for row in rows])


@contextmanager
def _said_of(connection: Connection, table: Table) -> Iterator[None]:
    try:
        with said_in_words(connection.engine.url):
            yield
    except (DBAPIError, TypeError, ValueError) as error:
        if isinstance(error, DBAPIError) and error.connection_invalidated:
            raise UnusableDatabaseError(in_words(Trouble.LOST, connection.engine.url)) from error
        raise UnfitRowsError(
            f"The table {table.name} isn't as Dvor writes it: somebody else has changed it."
        ) from error
