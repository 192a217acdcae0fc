"""Delete an election with all that belongs to it. Finds the tables itself, so that none is forgotten."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, delete, update
from sqlmodel import Session, SQLModel, select

from storage.elections.acts import ActRow
from storage.elections.candidates import CandidateRow

_KEPT = (ActRow.__tablename__,)
"""What was decided and how stands on the message that told it, for some days; it names nobody."""


def erase_all_of(session: Session, election_id: int) -> None:
    """Erase every row that refers to an election or to one of its candidates, its own row aside."""
    session.flush()
    for table in reversed(SQLModel.metadata.sorted_tables):
        if table.name in _KEPT:
            continue
        for column in table.columns:
            condition = _of_election(column, election_id)
            if condition is None:
                continue
            if column.nullable:
                session.execute(update(table).where(condition).values({column.name: None}))
            else:
                session.execute(delete(table).where(condition))
    session.expire_all()


def _of_election(column: Column[Any], election_id: int) -> Any:
    """Which rows of a column's table belong to the election; None where the column says nothing of it."""
    named = {key.column.table.name for key in column.foreign_keys}
    if "election" in named:
        return column == election_id
    if "candidate" in named:
        return column.in_(select(CandidateRow.id).where(CandidateRow.election_id == election_id))
    return None
