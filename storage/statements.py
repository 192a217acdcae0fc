"""Statements that are made once, for what every tap and every signature asks: plain SQL on the tables.

SQLAlchemy finds what it made of a statement sooner where that is the same object each time, and makes no
objects of rows whose columns were asked for. What waits in a session to be written isn't seen by these:
who may have changed something of the same rows calls `session.flush()` first.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import CursorResult, Executable, Table
from sqlmodel import Session, SQLModel


def table_of(row: type[SQLModel]) -> Table:
    """The table of which these are the rows."""
    return SQLModel.metadata.tables[str(row.__tablename__)]


def run(session: Session, statement: Executable, values: Mapping[str, Any]) -> CursorResult[Any]:
    """Run a statement with these values in the session's transaction."""
    return session.connection().execute(statement, values)
