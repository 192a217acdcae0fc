"""Who signed: tags under the election's key, no names, no order, no time."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import delete, func
from sqlmodel import Field, Session, SQLModel, col, select

from storage.elections import Candidate, Election, ElectionState, candidates
from storage.insertion import insert_if_new


class Signature(SQLModel, table=True):
    __tablename__ = "signature"
    __table_args__ = {"sqlite_with_rowid": False}

    election_id: int = Field(foreign_key="election.id", primary_key=True)
    person_tag: bytes = Field(primary_key=True)
    candidate_id: int = Field(foreign_key="candidate.id")
    # None for another building than those listed, and where none are.
    building_id: int | None = Field(default=None, foreign_key="building.id")
    mac: bytes


def of_election(session: Session, election_id: int) -> Iterator[Signature]:
    """Every signature; only an election's end needs them all."""
    query = select(Signature).where(Signature.election_id == election_id)
    return iter(session.exec(query))


def count_by_building(session: Session, election_id: int) -> dict[int | None, int]:
    """How many signed in each building, under None in another. The true numbers: never to be shown."""
    query = select(Signature.building_id, func.count()).where(Signature.election_id == election_id)
    return dict(session.exec(query.group_by(col(Signature.building_id))).all())


def of_person(session: Session, election_id: int, person_tag: bytes) -> Signature | None:
    return session.get(Signature, (election_id, person_tag))


def add(session: Session, signature: Signature) -> bool:
    """Put a signature in. False where this person's stands already: the primary key is the judge."""
    return insert_if_new(session, Signature, **signature.model_dump())


def remove(session: Session, signature: Signature) -> None:
    session.delete(signature)
    session.flush()


def remove_all_for(session: Session, election_id: int, candidate_id: int) -> None:
    session.execute(
        delete(Signature).where(
            col(Signature.election_id) == election_id, col(Signature.candidate_id) == candidate_id
        )
    )


def erase_people(session: Session, election_id: int) -> None:
    """Forget who signed and who stood; the totals stay, as the public knows them."""
    session.execute(delete(Signature).where(col(Signature.election_id) == election_id))
    for row in candidates(session, election_id):
        row.person_tag = None
        row.signatures = row.shown
        session.add(row)


def miscounted(session: Session) -> list[int]:
    """Open elections of which a candidate's count isn't the number of rows that stand for them."""
    standing = (
        select(col(Signature.candidate_id), func.count().label("number"))
        .group_by(col(Signature.candidate_id))
        .subquery()
    )
    query = (
        select(Candidate.election_id)
        .join(Election, col(Election.id) == col(Candidate.election_id))
        .join(standing, standing.c.candidate_id == col(Candidate.id), isouter=True)
        .where(
            Election.state == ElectionState.OPEN.value,
            func.coalesce(standing.c.number, 0) != col(Candidate.signatures),
        )
        .distinct()
    )
    return list(session.exec(query))
