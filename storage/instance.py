"""One row about this installation: the check value of its key."""

from __future__ import annotations

from sqlmodel import Field, Session, SQLModel


class InstanceRow(SQLModel, table=True):
    __tablename__ = "instance"

    id: int = Field(default=1, primary_key=True)
    key_check: bytes


def key_check(session: Session) -> bytes | None:
    """What the database remembers of its key; None where it has never been used."""
    row = session.get(InstanceRow, 1)
    return row.key_check if row else None


def remember_key(session: Session, check: bytes) -> None:
    if session.get(InstanceRow, 1) is None:
        session.add(InstanceRow(id=1, key_check=check))
