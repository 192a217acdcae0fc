"""Who came after an election opened, and who was proposed in it: tags under its key, nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import UniqueConstraint, delete, func
from sqlmodel import Field, Session, SQLModel, col, select

from storage.insertion import insert_if_new
from storage.types import UtcDateTime


class JoinerRow(SQLModel, table=True):
    """Somebody who joined the chat while the election was under way: no name, no time, no order."""

    __tablename__ = "joiner"
    __table_args__ = {"sqlite_with_rowid": False}

    election_id: int = Field(foreign_key="election.id", primary_key=True)
    person_tag: bytes = Field(primary_key=True)


class NominationRow(SQLModel, table=True):
    """Somebody was asked whether they would stand. What they said isn't kept."""

    __tablename__ = "nomination"
    __table_args__ = (
        UniqueConstraint("election_id", "person_tag"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True)
    election_id: int = Field(foreign_key="election.id", index=True)
    person_tag: bytes
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)


def add_joiner(session: Session, election_id: int, person_tag: bytes) -> None:
    """Remember a newcomer; a second time changes nothing."""
    insert_if_new(session, JoinerRow, election_id=election_id, person_tag=person_tag)


def forget_joiners(session: Session, election_id: int) -> None:
    session.execute(delete(JoinerRow).where(col(JoinerRow.election_id) == election_id))


def add_nomination(session: Session, row: NominationRow) -> int:
    session.add(row)
    session.flush()
    return row.id


def nomination(session: Session, nomination_id: int, now: datetime) -> NominationRow | None:
    """One that may still be answered."""
    row = session.get(NominationRow, nomination_id)
    return row if row is not None and row.expires_at > now else None


def nomination_of(session: Session, election_id: int, person_tag: bytes) -> NominationRow | None:
    query = select(NominationRow).where(
        NominationRow.election_id == election_id, NominationRow.person_tag == person_tag
    )
    return session.exec(query).first()


def nominations_in(session: Session, election_id: int) -> int:
    """How many people were asked lately."""
    query = select(func.count()).where(NominationRow.election_id == election_id)
    return session.exec(query).one()


def nominations_before(session: Session, moment: datetime, limit: int) -> Sequence[int]:
    """Nominations that nobody answered in time."""
    query = select(NominationRow.id).where(NominationRow.expires_at <= moment)
    return session.exec(query.limit(limit)).all()


def forget_nominations_before(session: Session, election_id: int, moment: datetime) -> None:
    """Erase those of an election that nobody answered in time."""
    session.execute(
        delete(NominationRow).where(
            col(NominationRow.election_id) == election_id, col(NominationRow.expires_at) <= moment
        )
    )


def forget_nominations(session: Session, ids: Sequence[int]) -> None:
    session.execute(delete(NominationRow).where(col(NominationRow.id).in_(ids)))


def erase(session: Session, election_id: int) -> None:
    """The election is over: forget them all."""
    forget_joiners(session, election_id)
    session.execute(delete(NominationRow).where(col(NominationRow.election_id) == election_id))
