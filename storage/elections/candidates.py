"""Who stands in elections, under which words, and how many signed for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

import sqlalchemy as sql
from sqlalchemy import Index, UniqueConstraint, bindparam, func, update
from sqlmodel import Field, Session, col, select

from storage import statements
from storage.coded import Coded
from storage.indexes import partial_index
from storage.statements import table_of
from storage.types import UtcDateTime


class CandidateRow(Coded, table=True):
    __tablename__ = "candidate"
    __table_args__ = (
        UniqueConstraint("election_id", "person_tag"),
        # What refers to a candidate names the election too, and lies together by that.
        Index("ix_candidate_in_election", "election_id", "id", unique=True),
        partial_index("ix_candidate_left", "left_at", where="left_at IS NOT NULL"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True)
    election_id: int = Field(foreign_key="election.id")
    # None once who stood is forgotten, or they left.
    person_tag: bytes | None = None
    name: str
    statement: str = ""
    # From the first signature or printed sheet on, name and statement stay as they are signed for.
    is_frozen: bool = False
    # Their owner isn't in the chat any more; they stay, and somebody else may have their place.
    is_away: bool = False
    # Set when they no longer stand; the name stays until the chat has been told.
    left_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    signatures: int = 0
    # How many there were at the full hour to which the public's number belongs.
    published: int = 0
    # What the public sees of these, moved only by bot.domain.elections.thresholds.public_count.
    shown: int = 0
    # How often the threshold was reached; each time is told once.
    crossings: int = 0
    # What paper adds towards the target, as of the last look at it.
    on_paper: int = 0
    # How many were officially accepted; None until they answered.
    accepted: int | None = None
    # When the signatures were filed, and how many counted that day.
    filed_on: date | None = None
    filed_with: int | None = None

    def coded(self) -> tuple[bytes | int, ...]:
        """What the code stands for: whose candidacy it is, under which name."""
        return self.id, self.election_id, self.person_tag or b"", self.name.encode()


@dataclass(frozen=True)
class Candidate:
    """A candidate as the public sees them: the true count stays inside."""

    id: int
    name: str
    shown: int
    reached: bool
    # What counts towards the target: online, on paper, or both, as the election decided.
    counted: int = 0
    on_paper: int = 0
    filed_on: date | None = None
    filed_with: int | None = None
    statement: str = ""
    is_away: bool = False


class Standing(NamedTuple):
    """Of somebody who stands, what the public sees them by."""

    id: int
    name: str
    shown: int
    on_paper: int
    filed_on: date | None
    filed_with: int | None
    statement: str
    is_away: bool


class Candidacy(NamedTuple):
    """Where a candidate stands, or stood."""

    election_id: int
    left_at: datetime | None
    is_frozen: bool


# As they are counted in the database, whatever the session has at hand of them: see `count`.
_OF_ELECTION = (
    select(CandidateRow)
    .where(CandidateRow.election_id == bindparam("election_id"))
    .where(col(CandidateRow.left_at).is_(None))
    .order_by(col(CandidateRow.id))
    .execution_options(populate_existing=True)
)
_CANDIDATE = table_of(CandidateRow)
_IS_THIS = _CANDIDATE.c.id == bindparam("candidate_id")
_STANDING = (
    sql.select(*(_CANDIDATE.c[name] for name in Standing._fields))
    .where(_CANDIDATE.c.election_id == bindparam("election_id"), _CANDIDATE.c.left_at.is_(None))
    .order_by(_CANDIDATE.c.id)
)
_CANDIDACY = sql.select(*(_CANDIDATE.c[name] for name in Candidacy._fields)).where(_IS_THIS)
_COUNT = (
    sql.update(_CANDIDATE)
    .where(_IS_THIS)
    .values(signatures=_CANDIDATE.c.signatures + bindparam("by"))
)
_FREEZE = sql.update(_CANDIDATE).where(_IS_THIS).values(is_frozen=True)


def of_election(session: Session, election_id: int) -> list[CandidateRow]:
    """Who stands, in the order they came; those who left aren't among them."""
    return list(session.exec(_OF_ELECTION, params={"election_id": election_id}))


def standing(session: Session, election_id: int) -> list[Standing]:
    """The same, where nothing of them is changed."""
    session.flush()
    rows = statements.rows(session, _STANDING, {"election_id": election_id})
    return [Standing._make(row) for row in rows]


def candidacy(session: Session, candidate_id: int) -> Candidacy | None:
    """Return where a candidate stands, of whom nothing else is asked."""
    session.flush()
    row = statements.row(session, _CANDIDACY, {"candidate_id": candidate_id})
    return None if row is None else Candidacy._make(row)


def count(session: Session, candidate_id: int, by: int) -> None:
    """Count so many signatures more or less for a candidate."""
    session.flush()
    statements.change(session, _COUNT, {"candidate_id": candidate_id, "by": by})


def freeze(session: Session, candidate_id: int) -> None:
    """Let a candidate's name and statement stay as they are."""
    session.flush()
    statements.change(session, _FREEZE, {"candidate_id": candidate_id})


def seats_taken(session: Session, election_id: int) -> int:
    """How many stand whose place nobody else may have."""
    return sum(not row.is_away for row in of_election(session, election_id))


def get(session: Session, candidate_id: int) -> CandidateRow | None:
    return session.get(CandidateRow, candidate_id)


def of_person(session: Session, election_id: int, person_tag: bytes) -> CandidateRow | None:
    query = select(CandidateRow).where(
        CandidateRow.election_id == election_id, CandidateRow.person_tag == person_tag
    )
    return session.exec(query).first()


def add(session: Session, row: CandidateRow) -> int:
    session.add(row)
    session.flush()
    return row.id


def left_since(session: Session, election_id: int, moment: datetime) -> int:
    """How many candidates of an election said farewell to the chat since then."""
    query = select(func.count()).where(
        CandidateRow.election_id == election_id,
        col(CandidateRow.left_at) >= moment,
        CandidateRow.name != "",
    )
    return session.exec(query).one()


def left_before(session: Session, moment: datetime, limit: int) -> Sequence[int]:
    """Who stopped standing before a moment, and whose words are still known."""
    query = select(CandidateRow.id).where(
        col(CandidateRow.left_at) < moment, CandidateRow.name != ""
    )
    return session.exec(query.limit(limit)).all()


def forget_words(session: Session, ids: Sequence[int]) -> None:
    """Whoever stopped standing is a candidate no more, and their words are erased."""
    session.execute(
        update(CandidateRow)
        .where(col(CandidateRow.id).in_(ids), col(CandidateRow.left_at).is_not(None))
        .values(name="", statement="")
    )
