"""Which tables a transaction changed, noted as its statements run, and whether it erased anything of people.

So no use case has to say that it erases, and none can forget to.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, LargeBinary, Table, event
from sqlmodel import Session

_noted: ContextVar[Changes | None] = ContextVar("changes", default=None)
_IN_SESSION = "changes"
_AT_LEISURE = "erases_at_leisure"

AT_LEISURE = {_AT_LEISURE: True}
"""Execution options of a statement after which nobody is told that anything is erased: what it erases leaves
the disk with the next cleaning."""


@dataclass
class Changes:
    """What one transaction changed, by the names of tables."""

    tables: set[str] = field(default_factory=set)
    # Tables of which rows went, or were replaced by others.
    overwritten: set[str] = field(default_factory=set)
    # A row about people went, or lost what told of somebody, and not at leisure.
    is_erasing: bool = False


def bytes_of(table: Table) -> list[str]:
    """The columns that hold bytes: every tag does, and so does every key and everything sealed."""
    return [each.key for each in table.columns if isinstance(each.type, LargeBinary)]


def note_changes(engine: Engine) -> None:
    """Have the statements of this engine noted where `noting` asks for it."""

    @event.listens_for(engine, "after_cursor_execute")
    def note(
        _connection: Connection, cursor: Any, _sql: str, _values: Any, context: Any, _many: bool
    ) -> None:
        changes = _noted.get()
        if changes is None or not (context.isinsert or context.isupdate or context.isdelete):
            return
        if cursor.rowcount == 0 and not context.compiled.effective_returning:
            return
        table: Table = context.compiled.statement.table
        changes.tables.add(table.name)
        if context.isinsert:
            return
        changes.overwritten.add(table.name)
        if context.execution_options.get(_AT_LEISURE):
            return
        if context.isdelete:
            changes.is_erasing |= bool(bytes_of(table))
        else:
            changes.is_erasing |= any(
                values.get(column, b"") is None
                for column in bytes_of(table)
                for values in context.compiled_parameters
            )


@contextmanager
def noting(changes: Changes, session: Session | None = None) -> Iterator[None]:
    """Note what is changed in this thread; of a session's use case, where `changes_of` tells it."""
    if session is not None:
        session.info[_IN_SESSION] = changes
    token = _noted.set(changes)
    try:
        yield
    finally:
        _noted.reset(token)


def changes_of(session: Session) -> Changes:
    """What is noted of a session's transaction; whole once that is committed."""
    changes: Changes = session.info[_IN_SESSION]
    return changes
