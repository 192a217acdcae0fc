"""Whatever rows there are go from one database to another and back, and are the same."""

from __future__ import annotations

from storage.copying.contents import Contents, Value
from storage.copying.reading import reading
from storage.copying.writing import write

Everything = tuple[Contents, dict[str, list[tuple[Value, ...]]]]


def everything_in(url: str) -> Everything:
    """What a copy of a database holds."""
    with reading(url) as copy:
        rows: dict[str, list[tuple[Value, ...]]] = {}
        for portion in copy.portions:
            rows.setdefault(portion.table.name, []).extend(portion.rows)
        return copy.contents, rows


def copied(source: str, target: str) -> None:
    with reading(source) as copy:
        write(target, copy, replaces=True)
