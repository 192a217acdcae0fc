"""Rows of every table, with the oddest values that both databases can keep."""

from __future__ import annotations

import tempfile
from datetime import UTC
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Integer,
    LargeBinary,
    String,
    Table,
    Time,
    UniqueConstraint,
    insert,
    make_url,
)
from sqlalchemy.types import JSON, TypeDecorator

from storage.copying.contents import Value
from storage.copying.schema import JsonText, tables_of
from storage.database import Database
from storage.migrations.upgrade import HEAD, upgrade_to
from storage.tables import METADATA
from storage.types import UtcDateTime

Row = dict[str, Value]

# PostgreSQL's texts have no zero in them; no database's has half a letter of UTF-16.
_TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
_ODD_TEXTS = st.sampled_from(
    ["", "Кветка 🌻", 'o\'clock \\ "quoted"', " \r\n\t", "e\u0301", "\U0010ffff"]
)
_MOMENTS = st.datetimes(timezones=st.just(UTC))
_NUMBERS_32 = st.integers(-(2**31), 2**31 - 1)
_NUMBERS_64 = st.integers(-(2**63), 2**63 - 1)


def value_of(column: Column[Any]) -> SearchStrategy[Value]:
    """Whatever a column can keep. Raises `KeyError` where nobody has said what that is."""
    kind: Any = column.type
    while isinstance(kind, TypeDecorator) and not isinstance(kind, UtcDateTime):
        kind = kind.impl
    for known, values in _BY_KIND:
        if isinstance(kind, known):
            return values | st.none() if column.nullable else values
    raise KeyError(f"{column.table.name}.{column.name} {column.type!r}")


_BY_KIND: tuple[tuple[Any, SearchStrategy[Any]], ...] = (
    (Boolean, st.booleans()),
    (BigInteger, _NUMBERS_64),
    (Integer, _NUMBERS_32),
    (LargeBinary, st.binary(max_size=40) | st.just(bytes(range(256)))),
    (UtcDateTime, _MOMENTS),
    (Date, st.dates()),
    (Time, st.times()),
    (
        JSON | JsonText,
        st.sampled_from(["{}", '{"doubled":  2}', '{"a": 1.0, "a": [null, "я"]}', "null"]),
    ),
    (String, _TEXTS | _ODD_TEXTS),
)


def _values_of(column: Column[Any]) -> SearchStrategy[Value]:
    """The same of a column as it is copied, which doesn't tell how large a number it can keep."""
    now = METADATA.tables.get(column.table.name)
    if now is not None and column.name in now.columns:
        return value_of(now.columns[column.name])
    return _NUMBERS_32 if isinstance(column.type, Integer) else value_of(column)


@st.composite
def databases(draw: DrawFn, revision: str = HEAD) -> dict[str, list[Row]]:
    """Rows of every table of a schema by its name, of which each refers to rows that are there."""
    made: dict[str, list[Row]] = {}
    for table in tables_of(revision):
        made[table.name] = rows = []
        taken: set[tuple[Any, ...]] = set()
        for _ in range(draw(st.integers(0, 3))):
            row = {column.name: draw(_values_of(column)) for column in table.columns}
            if _refer(draw, table, row, made) and taken.isdisjoint(once := _only_once(table, row)):
                taken.update(once)
                rows.append(row)
    return made


def _refer(draw: DrawFn, table: Table, row: Row, made: dict[str, list[Row]]) -> bool:
    """Let a row refer to others; whether there are any to refer to."""
    several_first = sorted(table.foreign_key_constraints, key=lambda key: -len(key.columns))
    for key in several_first:
        there = made[key.referred_table.name]
        referring = [each.parent.name for each in key.elements]
        referred = [each.column.name for each in key.elements]
        if len(referring) == 1 and any(
            referring[0] in other.columns for other in several_first if len(other.columns) > 1
        ):
            continue  # it goes with the pair
        if not there:
            return False
        other = draw(st.sampled_from(there))
        row.update({mine: other[its] for mine, its in zip(referring, referred, strict=True)})
    return True


def _only_once(table: Table, row: Row) -> set[tuple[Any, ...]]:
    """What no other row of the table may have too."""
    uniques = [
        table.primary_key.columns,
        *(each.columns for each in table.constraints if isinstance(each, UniqueConstraint)),
        *(each.columns for each in table.indexes if each.unique),
    ]
    return {
        (number, *(row[column.name] for column in columns))
        for number, columns in enumerate(uniques)
    }


@cache
def _empty(revision: str) -> bytes:
    """A file of a revision without rows: to make its schema takes longer than all else."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "empty.sqlite3"
        database = Database(f"sqlite:///{file}")
        with database.engine.begin() as connection:
            upgrade_to(connection, revision)
        database.close()
        return file.read_bytes()


def filled(url: str, rows: dict[str, list[Row]], revision: str = HEAD) -> str:
    """Make a database of a revision with these rows, or put them into one. Gives its address."""
    file = make_url(url).database if url.startswith("sqlite") else None
    if file is not None and not Path(file).exists():
        Path(file).write_bytes(_empty(revision))
    database = Database(url)
    with database.engine.begin() as connection:
        if file is None:
            upgrade_to(connection, revision)
        for table in tables_of(revision):
            if rows.get(table.name):
                connection.execute(insert(table), rows[table.name])
    database.close()
    return url
