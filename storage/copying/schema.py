"""The tables of a schema, as its migrations make them, with columns that both databases read alike."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    ColumnElement,
    Date,
    DateTime,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    Time,
    cast,
    create_engine,
    event,
)
from sqlalchemy.types import TypeEngine, UserDefinedType

from storage.migrations.upgrade import upgrade_to
from storage.types import UtcDateTime


class UnknownColumnError(Exception):
    """A table has a column of which nobody has said how it is copied."""


class JsonText(UserDefinedType[str]):
    """JSON to the letter, as it was written."""

    cache_ok = True

    def get_col_spec(self, **_options: Any) -> str:
        return "JSON"

    def column_expression(self, colexpr: ColumnElement[Any]) -> ColumnElement[Any]:
        return cast(colexpr, Text)


_KINDS: tuple[tuple[type[TypeEngine[Any]], TypeEngine[Any]], ...] = (
    (Boolean, Boolean()),
    (Integer, BigInteger()),
    (LargeBinary, LargeBinary()),
    (DateTime, UtcDateTime()),
    (Date, Date()),
    (Time, Time()),
    (JSON, JsonText()),
    (String, Text()),
)


@cache
def tables_of(revision: str) -> tuple[Table, ...]:
    """Every table of the schema at a revision, each after those that it refers to, always in one order.

    They are made anew in memory and looked at: so it is known of every schema that was released. Raises
    `NewerSchemaError` where this program doesn't know the revision, and `UnknownColumnError`.
    """
    found = MetaData()
    event.listen(found, "column_reflect", _read_alike)
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        upgrade_to(connection, revision)
        found.reflect(connection)
    engine.dispose()
    return tuple(table for table in found.sorted_tables if table.name != "alembic_version")


def _read_alike(_inspector: Any, table: Table, column: Any) -> None:
    for kind, alike in _KINDS:
        if isinstance(column["type"], kind):
            column["type"] = alike
            return
    raise UnknownColumnError(f"{table.name}.{column['name']} is {column['type']!r}")
