"""Copies of databases, and what stands in them."""

from __future__ import annotations

from pathlib import Path

from storage.copying.contents import ROWS_AT_ONCE, Contents, Value
from storage.copying.reading import reading
from storage.copying.writing import write

Everything = tuple[Contents, dict[str, list[tuple[Value, ...]]]]


def everything_in(url: str) -> Everything:
    """What a copy of a database holds."""
    with reading(url) as copy:
        rows: dict[str, list[tuple[Value, ...]]] = {}
        for portion in copy.portions:
            assert 0 < len(portion.rows) <= ROWS_AT_ONCE
            rows.setdefault(portion.table.name, []).extend(portion.rows)
        return copy.contents, rows


def copied(source: str, target: str, *, replaces: bool = False) -> str:
    """Copy everything. Gives the target's address."""
    with reading(source) as copy:
        write(target, copy, replaces=replaces)
    return target


def file_at(folder: Path, name: str) -> str:
    return f"sqlite:///{folder / name}.sqlite3"
