"""One row about this installation: the check value of its key, and by whose clocks it has planned."""

from __future__ import annotations

from sqlmodel import Field, Session, SQLModel, select


class InstanceRow(SQLModel, table=True):
    __tablename__ = "instance"

    id: int = Field(default=1, primary_key=True)
    key_check: bytes
    # By which version of the zone data every planned instant follows from its wall time.
    zone_data: str | None = None


def key_check(session: Session) -> bytes | None:
    """What the database remembers of its key; None where it has never been used."""
    # Of that column alone: asked before a schema is brought up to date too.
    return session.exec(select(InstanceRow.key_check).where(InstanceRow.id == 1)).one_or_none()


def held_key_check(session: Session) -> bytes | None:
    """The same where it is to be changed: nobody else changes it before this transaction is over, and whoever
    began to is waited for."""
    query = select(InstanceRow.key_check).where(InstanceRow.id == 1)
    return session.exec(query.with_for_update()).one_or_none()


def remember_key(session: Session, check: bytes) -> None:
    if session.get(InstanceRow, 1) is None:
        session.add(InstanceRow(id=1, key_check=check))


def change_key_check(session: Session, check: bytes) -> None:
    row = session.get_one(InstanceRow, 1)
    row.key_check = check
    session.add(row)


def write_anew(session: Session) -> None:
    """Leave the row as it stands, and have it written to the disk all the same."""
    version = zone_data(session)
    for each in ("", version):  # what doesn't change in between SQLite doesn't write
        keep_zone_data(session, each)
        session.flush()


def zone_data(session: Session) -> str | None:
    """By which version of the zone data everything is planned; None where that isn't sure."""
    row = session.get(InstanceRow, 1)
    return row.zone_data if row else None


def keep_zone_data(session: Session, version: str | None) -> None:
    row = session.get_one(InstanceRow, 1)
    row.zone_data = version
    session.add(row)
