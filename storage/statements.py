"""Statements that are made once, for what every tap and every signature asks: plain SQL on the tables.

SQLAlchemy finds what it made of a statement sooner where that is the same object each time, and makes no
objects of rows whose columns were asked for. What waits in a session to be written isn't seen by these:
who may have changed something of the same rows calls `session.flush()` first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Executable, Table
from sqlmodel import Session, SQLModel


def table_of(row: type[SQLModel]) -> Table:
    """The table of which these are the rows."""
    return SQLModel.metadata.tables[str(row.__tablename__)]


def rows(session: Session, statement: Executable, values: Mapping[str, Any]) -> Sequence[Any]:
    """Look by a statement with these values in the session's transaction. Returns its rows, as tuples."""
    return session.connection().execute(statement, values).all()


def row(session: Session, statement: Executable, values: Mapping[str, Any]) -> Any:
    """Return the one row that there is; None where there is none."""
    return session.connection().execute(statement, values).one_or_none()


def change(session: Session, statement: Executable, values: Mapping[str, Any]) -> int:
    """Change rows by a statement with these values. Returns how many."""
    return session.connection().execute(statement, values).rowcount
