"""The numbers that tables gave last: what is gone lends its number to nothing that comes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy import Connection, Table, func, select, text

_NUMBERED_BY_SQLITE = text(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%'"
)
_SEQUENCE = text("SELECT pg_get_serial_sequence(quote_ident(:table), :column)")


def read_last_ids(connection: Connection, tables: tuple[Table, ...]) -> dict[str, int]:
    """Return the last number of each table that gave any, by name."""
    if connection.dialect.name == "sqlite":
        names = {table.name for table in tables}
        given = connection.execute(text("SELECT name, seq FROM sqlite_sequence"))
        return {row.name: row.seq for row in given if row.name in names}
    found: dict[str, int] = {}
    for table, sequence in _sequences(connection, tables):
        # PostgreSQL has quoted the name.
        given = connection.execute(text(f"SELECT last_value, is_called FROM {sequence}"))  # noqa: S608
        row = given.one()
        if row.is_called:
            found[table.name] = row.last_value
    return found


def set_last_ids(
    connection: Connection, tables: tuple[Table, ...], last_ids: Mapping[str, int]
) -> None:
    """Let each table whose rows are there go on after its last number."""
    if connection.dialect.name == "sqlite":
        # By its rows SQLite knows the highest of those that are still there.
        numbered: list[str] = list(connection.execute(_NUMBERED_BY_SQLITE).scalars())
        for name in last_ids.keys() & numbered:
            given = {"name": name, "last": last_ids[name]}
            connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), given)
            connection.execute(text("INSERT INTO sqlite_sequence VALUES (:name, :last)"), given)
        return
    for table, sequence in _sequences(connection, tables):
        (key,) = table.primary_key.columns
        highest: int = connection.execute(select(func.max(key))).scalar_one() or 0
        if last := max(highest, last_ids.get(table.name, 0)):
            connection.execute(select(func.setval(sequence, last)))


def _sequences(connection: Connection, tables: tuple[Table, ...]) -> Iterator[tuple[Table, str]]:
    """The tables that number their rows, with the names of PostgreSQL's sequences."""
    for table in tables:
        keys = table.primary_key.columns.keys()
        if len(keys) == 1:
            asked = {"table": table.name, "column": keys[0]}
            sequence: str | None = connection.execute(_SEQUENCE, asked).scalar_one()
            if sequence is not None:
                yield table, sequence
