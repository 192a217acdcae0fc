"""Elections, candidates and signatures. A signature has no name, no time and no order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import UniqueConstraint, delete, insert
from sqlalchemy.exc import IntegrityError
from sqlmodel import Field, Session, SQLModel, col, select

from bot.domain.thresholds import Threshold


class ElectionState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class Election(SQLModel, table=True):
    __tablename__ = "election"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    chat_id: int = Field(foreign_key="chat.id", index=True)
    thread_id: int | None = None
    title: str
    base: int
    numerator: int
    denominator: int
    strict: bool
    state: str = ElectionState.OPEN.value
    # The election's own random key, wrapped by MASTER; gone once the election is over.
    wrapped_key: bytes | None = None


class Candidate(SQLModel, table=True):
    __tablename__ = "candidate"
    __table_args__ = (
        UniqueConstraint("election_id", "person_tag"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    election_id: int = Field(foreign_key="election.id", index=True)
    # None once the election is over.
    person_tag: bytes | None = None
    name: str
    signatures: int = 0
    # What the public sees, moved only by bot.domain.thresholds.public_count.
    shown: int = 0
    # How often the threshold was reached; each time is told once.
    crossings: int = 0


class Signature(SQLModel, table=True):
    __tablename__ = "signature"
    __table_args__ = {"sqlite_with_rowid": False}

    election_id: int = Field(foreign_key="election.id", primary_key=True)
    person_tag: bytes = Field(primary_key=True)
    candidate_id: int = Field(foreign_key="candidate.id")
    mac: bytes


@dataclass(frozen=True)
class CandidateRow:
    """A candidate as the public sees them: the true count stays inside."""

    id: int
    name: str
    shown: int
    reached: bool


@dataclass(frozen=True)
class ElectionRow:
    """An election as plain values, with its candidates in the order they stood."""

    id: int
    chat_id: int
    thread_id: int | None
    title: str
    base: int
    threshold: Threshold
    is_open: bool
    candidates: tuple[CandidateRow, ...]

    @property
    def needed(self) -> int:
        return self.threshold.needed(self.base)


def id_of(election: Election) -> int:
    """The id of a stored election."""
    assert election.id is not None  # noqa: S101 - flushed rows have one
    return election.id


def threshold_of(election: Election) -> Threshold:
    return Threshold(election.numerator, election.denominator, election.strict)


def needed_by(election: Election) -> int:
    """How many signatures make a representative."""
    return threshold_of(election).needed(election.base)


def row_of(session: Session, election: Election) -> ElectionRow:
    election_id = id_of(election)
    needed = needed_by(election)
    return ElectionRow(
        id=election_id,
        chat_id=election.chat_id,
        thread_id=election.thread_id,
        title=election.title,
        base=election.base,
        threshold=threshold_of(election),
        is_open=election.state == ElectionState.OPEN.value,
        candidates=tuple(
            CandidateRow(row.id, row.name, row.shown, row.shown >= needed)
            for row in candidates(session, election_id)
            if row.id is not None
        ),
    )


def add(session: Session, election: Election) -> int:
    session.add(election)
    session.flush()
    return id_of(election)


def get(session: Session, election_id: int) -> Election | None:
    return session.get(Election, election_id)


def open_in(session: Session, chat_id: int) -> list[Election]:
    """The elections under way in a chat, the newest first."""
    query = (
        select(Election)
        .where(Election.chat_id == chat_id, Election.state == ElectionState.OPEN.value)
        .order_by(col(Election.id).desc())
    )
    return list(session.exec(query))


def candidates(session: Session, election_id: int) -> list[Candidate]:
    query = select(Candidate).where(Candidate.election_id == election_id)
    return list(session.exec(query.order_by(col(Candidate.id))))


def signatures(session: Session, election_id: int) -> Iterator[tuple[bytes, int, bytes]]:
    """Person's tag, candidate and mac of every signature; only an election's end needs them all."""
    query = select(Signature.person_tag, Signature.candidate_id, Signature.mac)
    return iter(session.exec(query.where(Signature.election_id == election_id)))


def candidate(session: Session, candidate_id: int) -> Candidate | None:
    return session.get(Candidate, candidate_id)


def candidate_of(session: Session, election_id: int, person_tag: bytes) -> Candidate | None:
    query = select(Candidate).where(
        Candidate.election_id == election_id, Candidate.person_tag == person_tag
    )
    return session.exec(query).first()


def add_candidate(session: Session, row: Candidate) -> int:
    session.add(row)
    session.flush()
    assert row.id is not None  # noqa: S101 - flushed rows have one
    return row.id


def signature_of(session: Session, election_id: int, person_tag: bytes) -> Signature | None:
    return session.get(Signature, (election_id, person_tag))


def add_signature(session: Session, signature: Signature) -> bool:
    """Put a signature in. False where this person's stands already: the primary key is the judge."""
    try:
        with session.begin_nested():
            session.execute(insert(Signature).values(**signature.model_dump()))
    except IntegrityError:
        return False
    return True


def remove_signature(session: Session, signature: Signature) -> None:
    session.delete(signature)
    session.flush()


def erase_people(session: Session, election_id: int) -> None:
    """Forget who signed and who stood; the totals stay."""
    session.execute(delete(Signature).where(col(Signature.election_id) == election_id))
    for row in candidates(session, election_id):
        row.person_tag = None
        session.add(row)
