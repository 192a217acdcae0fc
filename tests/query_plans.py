"""How SQLite would find what each statement asks for: none of ours may walk through a whole table.

Every statement that the tests make the house issue is explained, once in each test process, against an
empty database with our schema; the test in which it came first fails. SQLite goes by statistics only where
ANALYZE has run, which never happens here: so a plan follows from the schema alone, and is the one that a
large database gets.

- A statement is ours where the innermost function of ours that asked for it stands in `bot/`, `handlers/` or
  `storage/`. What tests ask by themselves doesn't count, nor what migrations do, nor what copies all rows.
  Maintenance (`storage/portions.py`) speaks to the driver, past SQLAlchemy, and isn't seen.
- Values are left out: a partial index must be found by what is written out in the statement, or SQLite would
  have to plan it anew each time.
- PostgreSQL isn't asked. It goes by statistics, so its plan on an empty database says nothing; with
  `enable_seqscan = off` it says whether an index could be used, which SQLite says already, by the same
  indexes.
"""

from __future__ import annotations

import re
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

from sqlalchemy import StaticPool, create_engine

from storage.tables import METADATA

HOUSE = Path(__file__).parent.parent
_OURS = tuple(str(HOUSE / room) + "/" for room in ("bot", "handlers", "storage"))
_NOT_OURS = tuple(f"{HOUSE / room}/" for room in ("tests", "storage/migrations", "storage/copying"))

_STOPS = "in the order of the index, and stops at the first"
_SHORT = "few rows live at a time; an index over their ends would show in which order they came"
ALLOWED: dict[str, str] = {
    "storage.coded.all_coded": "once, where a database gets its first codes",
    "storage.delivery.removals.first": _STOPS,
    "storage.digests.next_due": _STOPS,
    "storage.elections.bulletins.latest_heads": "a code may stand in the bulletin of any election",
    "storage.elections.signatures.left_behind": "beside the writer, once an hour",
    "storage.heads.every": "at the start, all of them",
    "storage.short_lived.over": _SHORT,
}
"""Functions that may look through a whole table, and why."""

_EXPLAINED = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")
_STEP = re.compile(r"(?:SCAN|SEARCH) (?P<table>\w+)(?P<how>.*)")
_INDEX = re.compile(r"USING (?:COVERING )?INDEX (\w+)")


class QueryPlans:
    """Notes statements as they are issued; explains those that are new."""

    def __init__(self) -> None:
        self._connection = sqlite3.connect(":memory:")
        engine = create_engine("sqlite://", creator=lambda: self._connection, poolclass=StaticPool)
        METADATA.create_all(engine)
        self._connection.execute("CREATE TABLE alembic_version (version_num)")
        self._tables = {table.name for table in METADATA.sorted_tables}
        self._partial = {
            str(index.name)
            for table in METADATA.sorted_tables
            for index in table.indexes
            if index.dialect_options["sqlite"]["where"] is not None
        }
        self._seen: set[str] = set()
        self._new: list[tuple[str, str, int]] = []

    def note(
        self, connection: Any, _cursor: Any, sql: str, _values: Any, _context: Any, _many: bool
    ) -> None:
        """Listens to SQLAlchemy's `before_cursor_execute`."""
        if sql in self._seen or connection.dialect.name != "sqlite":
            return
        asking = _asking(sys._getframe(1))
        if asking is not None:
            self._seen.add(sql)
            if sql.startswith(_EXPLAINED):
                self._new.append((asking, sql, sql.count("?")))

    def walks(self) -> Iterator[str]:
        """What is wrong with the statements noted since the last call, a line each."""
        new, self._new = self._new, []
        for asking, sql, places in new:
            for step in self.walked_by(sql, places):
                if asking not in ALLOWED:
                    yield f"{asking}: {step}\n    {' '.join(sql.split())[:2_000]}"

    def walked_by(self, sql: str, places: int) -> list[str]:
        """The steps of a statement that look through a whole table, or a whole index of all its rows."""
        plan = self._connection.execute(f"EXPLAIN QUERY PLAN {sql}", (None,) * places)
        return [detail for *_, detail in plan.fetchall() if self._is_walk(detail)]

    def close(self) -> None:
        self._connection.close()

    def _is_walk(self, detail: str) -> bool:
        step = _STEP.match(detail)
        # What is no table is the outcome of another part of the statement, which is explained too.
        if step is None or re.sub(r"_\d+$", "", step["table"]) not in self._tables:
            return False
        index = _INDEX.search(step["how"])
        if index is not None and index[1] in self._partial:
            return False
        # Without a condition SEARCH means the least or the greatest, behind all that has none.
        return "AUTOMATIC" in detail or detail.startswith("SCAN") or "(" not in step["how"]


# Runs the statements of others.
_BY_STATEMENT = str(HOUSE / "storage" / "statements.py")


def _asking(frame: FrameType | None) -> str | None:
    """The function of ours that issues a statement, None where the innermost isn't ours."""
    while frame is not None:
        file = frame.f_code.co_filename
        if file.startswith(_NOT_OURS):
            return None
        if file.startswith(_OURS) and file != _BY_STATEMENT:
            module = Path(file).relative_to(HOUSE).with_suffix("")
            return f"{'.'.join(module.parts)}.{frame.f_code.co_qualname}"
        frame = frame.f_back
    return None
