"""Who signed: tags under the election's key, no names, no order, no time."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

import sqlalchemy as sql
from sqlalchemy import ForeignKeyConstraint, bindparam, delete, exists, func
from sqlmodel import Field, Session, SQLModel, col, select

from storage import statements
from storage.elections import candidates
from storage.elections.candidates import CandidateRow
from storage.elections.elections import ElectionRow
from storage.elections.electors import JoinerRow
from storage.insertion import insert_if_new
from storage.statements import table_of


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
    """A signature as plain values."""

    election_id: int
    person_tag: bytes
    candidate_id: int
    building_id: int | None
    mac: bytes


class UnderTags(NamedTuple):
    """What lies under one person's tags in an election."""

    # Each with whether it is for somebody who stands: an old one for one who left can be put back.
    signatures: list[tuple[Signature, bool]]
    # They joined the chat after it opened.
    is_joiner: bool


_ELECTION, _CANDIDATE = table_of(ElectionRow), table_of(CandidateRow)
_SIGNATURE, _JOINER = table_of(SignatureRow), table_of(JoinerRow)
_UNDER_TAGS = (
    sql.select(
        *(_SIGNATURE.c[name] for name in Signature._fields),
        sql.and_(_CANDIDATE.c.id.is_not(None), _CANDIDATE.c.left_at.is_(None)),
        _JOINER.c.person_tag.is_not(None),
    )
    .select_from(_ELECTION)
    .outerjoin(
        _SIGNATURE,
        (_SIGNATURE.c.election_id == _ELECTION.c.id)
        & _SIGNATURE.c.person_tag.in_(bindparam("tags", expanding=True)),
    )
    .outerjoin(_CANDIDATE, _CANDIDATE.c.id == _SIGNATURE.c.candidate_id)
    .outerjoin(
        _JOINER,
        (_JOINER.c.election_id == _ELECTION.c.id)
        & (_JOINER.c.person_tag == bindparam("joiner_tag")),
    )
    .where(_ELECTION.c.id == bindparam("election_id"))
)
_THIS_ONE = (_SIGNATURE.c.election_id == bindparam("election_id")) & (
    _SIGNATURE.c.person_tag == bindparam("person_tag")
)
_OF_PERSON = sql.select(*(_SIGNATURE.c[name] for name in Signature._fields)).where(_THIS_ONE)
_REMOVE = sql.delete(_SIGNATURE).where(_THIS_ONE)
_OF_ELECTION = (
    sql.select(*(_SIGNATURE.c[name] for name in Signature._fields))
    .where(_SIGNATURE.c.election_id == bindparam("election_id"))
    .order_by(_SIGNATURE.c.person_tag)
)


def of_election(session: Session, election_id: int) -> Iterator[Signature]:
    """Every signature, in the order of their tags."""
    session.flush()
    found = statements.rows(session, _OF_ELECTION, {"election_id": election_id})
    return map(Signature._make, found)


def count_by_building(session: Session, election_id: int) -> dict[int | None, int]:
    """How many signed in each building, under None in another. The true numbers: never to be shown."""
    query = select(SignatureRow.building_id, func.count()).where(
        SignatureRow.election_id == election_id
    )
    return dict(session.exec(query.group_by(col(SignatureRow.building_id))).all())


def under_tags(
    session: Session, election_id: int, tags: Collection[bytes], *, joiner_tag: bytes
) -> UnderTags:
    """Return in one look what lies under the tags by which one person signs and joins."""
    session.flush()
    values = {"election_id": election_id, "tags": tags, "joiner_tag": joiner_tag}
    rows = statements.rows(session, _UNDER_TAGS, values)
    found = [(Signature._make(row[:5]), bool(row[5])) for row in rows if row[0] is not None]
    return UnderTags(found, any(row[6] for row in rows))


def of_person(session: Session, election_id: int, person_tag: bytes) -> Signature | None:
    values = {"election_id": election_id, "person_tag": person_tag}
    row = statements.row(session, _OF_PERSON, values)
    return None if row is None else Signature._make(row)


def add(session: Session, signature: Signature) -> bool:
    """Put a signature in. False where this person's stands already: the primary key is the judge."""
    return insert_if_new(session, SignatureRow, **signature._asdict())


def remove(session: Session, signature: Signature) -> None:
    values = {"election_id": signature.election_id, "person_tag": signature.person_tag}
    statements.change(session, _REMOVE, values)


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
