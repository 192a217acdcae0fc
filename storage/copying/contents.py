"""What goes from one database into another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Table

Value = int | str | bytes | bool | datetime | date | time | None
"""As both databases have it. A moment is in UTC and says so; an hour of the day has no zone; JSON is text."""

Told = Callable[[int, int], None]
"""Is given how many rows are done, and how many there are."""

ROWS_AT_ONCE = 1_000
"""So few that memory doesn't matter, so many that the way there and back doesn't."""


@dataclass(frozen=True)
class Contents:
    """What a copy holds, known before its first row."""

    revision: str
    """The schema that the rows are of."""
    counts: dict[str, int]
    """How many rows each table has, by name."""
    last_ids: dict[str, int]
    """The highest number that a table ever gave a row, by name: an old button must not come to mean a newer
    thing."""

    @property
    def rows(self) -> int:
        """How many there are in all."""
        return sum(self.counts.values())


@dataclass(frozen=True)
class Portion:
    """Some rows of one table, at most `ROWS_AT_ONCE`, in the order of their keys. The values of each are in
    the order of the table's columns."""

    table: Table
    rows: list[tuple[Value, ...]]

    def named(self) -> list[dict[str, Any]]:
        """The rows with the names of their columns."""
        names = self.table.columns.keys()
        return [dict(zip(names, row, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class Copy:
    """All rows of a database at one moment. They can be gone through once, table by table in the order of
    `tables_of(contents.revision)`."""

    contents: Contents
    portions: Iterator[Portion]

    def each(self, told: Told) -> Iterator[Portion]:
        """Go through the portions; after each it is told how far that is."""
        done = 0
        for portion in self.portions:
            yield portion
            done += len(portion.rows)
            told(done, self.contents.rows)
