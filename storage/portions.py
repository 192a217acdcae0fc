"""SQLite: write a table anew in the order of its keys, some rows at a time.

A page keeps its cells where they were put, so the bytes show in which order rows came, also where the list
of cells is sorted; a copy by SQLite's backup shows the same. And where a page was split, a copy of a cell
that went elsewhere may stay between the cells, where `secure_delete` doesn't look. Rows that are taken out
and put in again by their keys lie so, on pages that were emptied before.

Portions are enough, because whatever comes in between two of them lies where it is put until the next time,
like everything that comes after the last: it is the last minutes that show their order, either way. Source:
https://www.sqlite.org/fileformat2.html#b_tree_pages
"""

from __future__ import annotations

import sqlite3
from typing import Any

from sqlalchemy import Table

_ROWS = 1_500
"""About ten milliseconds of work."""
_AGAIN = 512
"""No page holds more rows than that: as many are taken again with the next portion, so that the page on which
two portions meet is emptied too."""

Key = tuple[Any, ...]


def rewrite_portion(
    cursor: sqlite3.Cursor, table: Table, after: Key | None, *, only_small: bool = False
) -> Key | None:
    """Write the rows with this key and higher ones anew, as many as make a portion. None is the first key.

    Returns the key to go on with, None where nothing is left. With `only_small` it is all rows or none.
    """
    cursor.execute("PRAGMA foreign_keys=OFF")  # each row is there again before anybody looks
    # A power cut may undo the rewriting and nothing else: what people do syncs the log, with this in it.
    cursor.execute("PRAGMA synchronous=NORMAL")
    try:
        cursor.execute("BEGIN IMMEDIATE")
        rows = _rewrite(cursor, table, after, only_small=only_small)
        cursor.execute("COMMIT")
    finally:
        if cursor.connection.in_transaction:
            cursor.execute("ROLLBACK")  # within one nothing is set that follows
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
    return rows[-_AGAIN] if len(rows) == _ROWS else None


def _rewrite(
    cursor: sqlite3.Cursor, table: Table, after: Key | None, *, only_small: bool
) -> list[Key]:
    """Returns the keys of the rows, in their order."""
    keys = [column.name for column in table.primary_key.columns]
    name, key = f'"{table.name}"', _listed(keys)
    since = f"WHERE ({key}) >= ({_places(keys)})" if after else ""
    # Names are those of our own schema. All columns that the file has, whatever we know of them.
    rows = cursor.execute(
        f"SELECT {key}, * FROM {name} {since} ORDER BY {key} LIMIT {_ROWS}",  # noqa: S608
        after or (),
    ).fetchall()
    width = len(keys)
    if rows and not (only_small and len(rows) == _ROWS):
        columns = [described[0] for described in cursor.description][width:]
        cursor.execute(
            f"DELETE FROM {name} WHERE ({key}) >= ({_places(keys)}) AND ({key}) <= ({_places(keys)})",  # noqa: S608
            (*rows[0][:width], *rows[-1][:width]),
        )
        cursor.executemany(
            f"INSERT INTO {name} ({_listed(columns)}) VALUES ({_places(columns)})",  # noqa: S608
            (row[width:] for row in rows),
        )
    return [row[:width] for row in rows]


def _listed(columns: list[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def _places(columns: list[str]) -> str:
    return ", ".join("?" for _ in columns)
