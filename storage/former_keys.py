"""Keys of single purposes from before MASTER was changed, sealed by the one that came after.

By them people are known in what was under way then. A row goes with the last tag of its purpose; it says
which thing that is, and nobody's name.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import delete
from sqlmodel import Field, Session, SQLModel, col, select

from storage.changes import AT_LEISURE


class FormerKeyRow(SQLModel, table=True):
    __tablename__ = "former_key"
    __table_args__ = {"sqlite_with_rowid": False}

    purpose: str = Field(primary_key=True)
    sealed: bytes


def every(session: Session) -> dict[str, bytes]:
    """All of them as they are sealed, by their purposes."""
    return {row.purpose: row.sealed for row in session.exec(select(FormerKeyRow))}


def put_all(session: Session, sealed: Mapping[str, bytes]) -> None:
    """Put these in place of all that there are."""
    session.execute(delete(FormerKeyRow))
    session.add_all(FormerKeyRow(purpose=name, sealed=value) for name, value in sealed.items())
    session.flush()


def forget(session: Session, purposes: Collection[str]) -> None:
    """Erase those of these purposes, which no tag is made for any more."""
    session.execute(
        delete(FormerKeyRow)
        .where(col(FormerKeyRow.purpose).in_(purposes))
        .execution_options(synchronize_session=False, **AT_LEISURE)
    )
