"""Who came after an election opened, and who was proposed in it: tags under its key, nothing else."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import UniqueConstraint, delete, func
from sqlmodel import Field, Session, SQLModel, col, select

from storage.insertion import insert_if_new
from storage.types import UtcDateTime


class Joiner(SQLModel, table=True):
    """Somebody who joined the chat while the election was under way: no name, no time, no order."""

    __tablename__ = "joiner"
    __table_args__ = {"sqlite_with_rowid": False}

    election_id: int = Field(foreign_key="election.id", primary_key=True)
    person_tag: bytes = Field(primary_key=True)


class Nomination(SQLModel, table=True):
    """Somebody was asked whether they would stand. What they said isn't kept."""

    __tablename__ = "nomination"
    __table_args__ = (
        UniqueConstraint("election_id", "person_tag"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    election_id: int = Field(foreign_key="election.id", index=True)
    person_tag: bytes
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)


def add_joiner(session: Session, election_id: int, person_tag: bytes) -> None:
    """Remember a newcomer; a second time changes nothing."""
    insert_if_new(session, Joiner, election_id=election_id, person_tag=person_tag)


def is_joiner(session: Session, election_id: int, person_tag: bytes) -> bool:
    return session.get(Joiner, (election_id, person_tag)) is not None


def forget_joiners(session: Session, election_id: int) -> None:
    session.execute(delete(Joiner).where(col(Joiner.election_id) == election_id))


def add_nomination(session: Session, row: Nomination) -> int:
    session.add(row)
    session.flush()
    assert row.id is not None  # noqa: S101 - flushed rows have one
    return row.id


def nomination(session: Session, nomination_id: int, now: datetime) -> Nomination | None:
    """One that may still be answered."""
    row = session.get(Nomination, nomination_id)
    return row if row is not None and row.expires_at > now else None


def nomination_of(session: Session, election_id: int, person_tag: bytes) -> Nomination | None:
    query = select(Nomination).where(
        Nomination.election_id == election_id, Nomination.person_tag == person_tag
    )
    return session.exec(query).first()


def nominations_in(session: Session, election_id: int) -> int:
    """How many people were asked lately."""
    query = select(func.count()).where(Nomination.election_id == election_id)
    return session.exec(query).one()


def forget_nominations_before(session: Session, moment: datetime) -> None:
    session.execute(delete(Nomination).where(col(Nomination.expires_at) <= moment))


def erase(session: Session, election_id: int) -> None:
    """The election is over: forget them all."""
    forget_joiners(session, election_id)
    session.execute(delete(Nomination).where(col(Nomination.election_id) == election_id))
