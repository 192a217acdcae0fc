"""Who signed: tags under the election's key, no names, no order, no time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import ForeignKeyConstraint, delete, exists, func
from sqlmodel import Field, Session, SQLModel, col, select

from storage.elections import candidates
from storage.elections.candidates import CandidateRow
from storage.elections.elections import ElectionRow
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


class Signature(NamedTuple):
    """A signature as plain values, for those who look through thousands."""

    person_tag: bytes
    candidate_id: int
    building_id: int | None
    mac: bytes


def of_election(session: Session, election_id: int) -> Iterator[Signature]:
    """Every signature, in the order of their tags."""
    query = select(
        SignatureRow.person_tag,
        SignatureRow.candidate_id,
        SignatureRow.building_id,
        SignatureRow.mac,
    ).where(SignatureRow.election_id == election_id)
    return map(Signature._make, session.exec(query.order_by(col(SignatureRow.person_tag))))


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


def erase_all(session: Session, election_id: int) -> None:
    session.execute(delete(SignatureRow).where(col(SignatureRow.election_id) == election_id))


def left_behind(session: Session, limit: int) -> tuple[int, bytes] | None:
    """An election whose key is gone but not yet its signatures, and the tag of the last of so many of them:
    they are noise now, and are erased a few at a time. None where there is none left."""
    query = select(ElectionRow.id).where(
        col(ElectionRow.wrapped_key).is_(None),
        exists().where(col(SignatureRow.election_id) == col(ElectionRow.id)),
    )
    election_id = session.exec(query.limit(1)).first()
    if election_id is None:
        return None
    tags = select(SignatureRow.person_tag).where(SignatureRow.election_id == election_id)
    some = session.exec(tags.order_by(col(SignatureRow.person_tag)).limit(limit)).all()
    return election_id, some[-1]


def erase_left_behind(session: Session, election_id: int, last_tag: bytes) -> None:
    """Erase its signatures up to this tag, where its key is still gone."""
    is_gone = exists().where(
        col(ElectionRow.id) == election_id, col(ElectionRow.wrapped_key).is_(None)
    )
    session.execute(
        delete(SignatureRow)
        .where(
            col(SignatureRow.election_id) == election_id,
            col(SignatureRow.person_tag) <= last_tag,
            is_gone,
        )
        .execution_options(synchronize_session=False)
    )


def forget_candidates(session: Session, election_id: int) -> None:
    """Forget who stood; the totals stay, as the public knows them."""
    for row in candidates.of_election(session, election_id):
        row.person_tag = row.mac = None  # the code was made over the tag
        row.signatures = row.published = row.shown
        session.add(row)


def miscounted(session: Session, election_ids: Sequence[int]) -> list[int]:
    """Those of these elections of which a candidate's count isn't the number of rows that stand for them, in
    the order of their ids."""
    written = (
        select(col(SignatureRow.candidate_id), func.count().label("number"))
        .where(col(SignatureRow.election_id).in_(election_ids))
        .group_by(col(SignatureRow.candidate_id))
        .subquery()
    )
    query = (
        select(CandidateRow.election_id)
        .join(written, written.c.candidate_id == col(CandidateRow.id), isouter=True)
        .where(
            col(CandidateRow.election_id).in_(election_ids),
            func.coalesce(written.c.number, 0) != col(CandidateRow.signatures),
        )
        .distinct()
        .order_by(col(CandidateRow.election_id))
    )
    return list(session.exec(query))
