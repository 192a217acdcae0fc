"""Delete an election with all that belongs to it. Finds the tables itself, so that none is forgotten."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Table, delete
from sqlmodel import Session, SQLModel, select

from storage.elections.acts import ActRow
from storage.elections.candidates import CandidateRow

_KEPT = (ActRow.__tablename__,)
"""What was decided and how stands on the message that told it, for some days; it names nobody."""


def erase_all_of(session: Session, election_id: int) -> None:
    """Erase every row that refers to an election or to one of its candidates, its own row aside."""
    session.flush()
    for table in reversed(SQLModel.metadata.sorted_tables):
        condition = None if table.name in _KEPT else _of_election(table, election_id)
        if condition is not None:
            session.execute(delete(table).where(condition))
    session.expire_all()


def _of_election(table: Table, election_id: int) -> Any:
    """Which rows of a table belong to the election; None where the table says nothing of it.

    By the election's own column where the table has one: that is what its rows are found by.
    """
    by = {key.column.table.name: key.parent for key in table.foreign_keys}
    if "election" in by:
        return by["election"] == election_id
    if "candidate" in by:
        of_election = select(CandidateRow.id).where(CandidateRow.election_id == election_id)
        return by["candidate"].in_(of_election)
    return None
