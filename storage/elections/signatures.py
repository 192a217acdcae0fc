"""Who signed: tags under the election's key, no names, no order, no time."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import ForeignKeyConstraint, delete, func
from sqlmodel import Field, Session, SQLModel, col, select

from storage.elections import candidates
from storage.elections.candidates import CandidateRow
from storage.elections.elections import ElectionRow, ElectionState
from storage.insertion import insert_if_new


class SignatureRow(SQLModel, table=True):
    __tablename__ = "signature"
    __table_args__ = (
        # Both columns, so that the primary key finds what refers to a candidate who is erased.
        ForeignKeyConstraint(
            ["election_id", "candidate_id"], ["candidate.election_id", "candidate.id"]
        ),
        {"sqlite_with_rowid": False},
    )

    election_id: int = Field(foreign_key="election.id", primary_key=True)
    person_tag: bytes = Field(primary_key=True)
    candidate_id: int
    # None for another building than those listed, and where none are.
    building_id: int | None = Field(default=None, foreign_key="building.id")
    mac: bytes


def of_election(session: Session, election_id: int) -> Iterator[SignatureRow]:
    """Every signature; only an election's end needs them all."""
    query = select(SignatureRow).where(SignatureRow.election_id == election_id)
    return iter(session.exec(query))


def count_by_building(session: Session, election_id: int) -> dict[int | None, int]:
    """How many signed in each building, under None in another. The true numbers: never to be shown."""
    query = select(SignatureRow.building_id, func.count()).where(
        SignatureRow.election_id == election_id
    )
    return dict(session.exec(query.group_by(col(SignatureRow.building_id))).all())


def of_person(session: Session, election_id: int, person_tag: bytes) -> SignatureRow | None:
    return session.get(SignatureRow, (election_id, person_tag))


def add(session: Session, signature: SignatureRow) -> bool:
    """Put a signature in. False where this person's stands already: the primary key is the judge."""
    return insert_if_new(session, SignatureRow, **signature.model_dump())


def remove(session: Session, signature: SignatureRow) -> None:
    session.delete(signature)
    session.flush()


def remove_all_for(session: Session, election_id: int, candidate_id: int) -> None:
    session.execute(
        delete(SignatureRow).where(
            col(SignatureRow.election_id) == election_id,
            col(SignatureRow.candidate_id) == candidate_id,
        )
    )


def erase_people(session: Session, election_id: int) -> None:
    """Forget who signed and who stood; the totals stay, as the public knows them."""
    session.execute(delete(SignatureRow).where(col(SignatureRow.election_id) == election_id))
    for row in candidates.of_election(session, election_id):
        row.person_tag = row.mac = None  # the code was made over the tag
        row.signatures = row.published = row.shown
        session.add(row)


def miscounted(session: Session) -> list[int]:
    """Open elections of which a candidate's count isn't the number of rows that stand for them."""
    counted = (
        select(col(SignatureRow.candidate_id), func.count().label("number"))
        .group_by(col(SignatureRow.candidate_id))
        .subquery()
    )
    query = (
        select(CandidateRow.election_id)
        .join(ElectionRow, col(ElectionRow.id) == col(CandidateRow.election_id))
        .join(counted, counted.c.candidate_id == col(CandidateRow.id), isouter=True)
        .where(
            ElectionRow.state == ElectionState.OPEN,
            func.coalesce(counted.c.number, 0) != col(CandidateRow.signatures),
        )
        .distinct()
    )
    return list(session.exec(query))
