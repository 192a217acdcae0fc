"""Acts of organisers that wait for a second one. Once one is over, nobody is known of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sql
from sqlalchemy import bindparam, delete, func
from sqlmodel import Field, Session, col, select

from bot.domain.elections.acts import Act, ActState, Wanted
from bot.domain.timekeeping.moment import Moment, moment_from
from storage import statements
from storage.coded import Coded
from storage.indexes import partial_index
from storage.statements import table_of
from storage.types import EnumValue, UtcDateTime


class ActRow(Coded, table=True):
    __tablename__ = "pending_act"
    __table_args__ = (
        # An act can wait once in an election, and once for each candidate.
        partial_index(
            "ix_pending_act_waiting",
            "election_id",
            "act",
            "candidate_id",
            where="state = 'waiting'",
            unique=True,
        ),
        partial_index("ix_pending_act_due", "due_at", where="state = 'waiting'"),
        partial_index("ix_pending_act_over", "due_at", where="state <> 'waiting'"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True)
    election_id: int = Field(foreign_key="election.id", index=True)
    act: Act = Field(sa_type=EnumValue(Act))
    # What exactly is wanted: for a deadline, the moment as `write_moment` wrote it.
    parameter: str | None = None
    # Whom it is about; 0 for nobody. No foreign key: the message about it may outlive the candidate.
    candidate_id: int = 0
    # Of the organiser who wanted it; None where nobody in particular did, and once it is over.
    person_tag: bytes | None = None
    # There is nobody to confirm it: it comes by itself unless somebody stops it.
    runs_alone: bool
    state: ActState = Field(default=ActState.WAITING, sa_type=EnumValue(ActState))
    # When it runs alone, or expires; once it is over, when that was.
    due_at: datetime = Field(sa_type=UtcDateTime)

    def coded(self) -> tuple[bytes | int, ...]:
        """What the code stands for: all that the act says, who wanted it, and when it comes."""
        what = self.act.encode(), self.candidate_id, (self.parameter or "").encode()
        who = self.person_tag or b"", self.runs_alone
        return self.id, self.election_id, *what, *who, int(self.due_at.timestamp())

    @property
    def wanted(self) -> Wanted:
        return Wanted(self.act, self.parameter, self.candidate_id)


@dataclass(frozen=True)
class PendingAct:
    """An act as everyone may see it."""

    id: int
    election_id: int
    act: Act
    parameter: str | None
    runs_alone: bool
    state: ActState
    due_at: datetime
    # Somebody wanted it, so that somebody else can agree.
    has_first: bool
    candidate_id: int = 0

    @property
    def moment(self) -> Moment | None:
        """The deadline that is wanted, where the act is about one."""
        is_about_one = self.act is Act.DEADLINE and self.parameter
        return moment_from(self.parameter or "") if is_about_one else None


def plain(act: ActRow) -> PendingAct:
    return PendingAct(
        id=act.id,
        election_id=act.election_id,
        act=act.act,
        parameter=act.parameter,
        runs_alone=act.runs_alone,
        state=act.state,
        due_at=act.due_at,
        has_first=act.person_tag is not None,
        candidate_id=act.candidate_id,
    )


def get(session: Session, act_id: int) -> ActRow | None:
    return session.get(ActRow, act_id)


def add(session: Session, act: ActRow) -> int:
    session.add(act)
    session.flush()
    return act.id


def waiting(session: Session, election_id: int) -> list[ActRow]:
    """What is wanted in an election, the oldest first."""
    query = select(ActRow).where(
        ActRow.election_id == election_id, ActRow.state == ActState.WAITING
    )
    return list(session.exec(query.order_by(col(ActRow.id))))


_ACT = table_of(ActRow)
_PENDING = (
    sql.select(
        *(_ACT.c[name] for name in ("id", "election_id", "act", "parameter", "runs_alone")),
        *(_ACT.c.state, _ACT.c.due_at, _ACT.c.person_tag.is_not(None), _ACT.c.candidate_id),
    )
    .where(_ACT.c.election_id == bindparam("election_id"), _ACT.c.state == ActState.WAITING)
    .order_by(_ACT.c.id)
)


def pending(session: Session, election_id: int) -> tuple[PendingAct, ...]:
    """The same as everyone may see it."""
    session.flush()
    rows = statements.rows(session, _PENDING, {"election_id": election_id})
    return tuple(PendingAct(*row) for row in rows)


def waiting_deadlines(session: Session, after: int, limit: int) -> list[ActRow]:
    """Those that want another deadline, by their ids from the one after `after` on."""
    query = select(ActRow).where(
        ActRow.id > after, ActRow.state == ActState.WAITING, ActRow.act == Act.DEADLINE
    )
    return list(session.exec(query.order_by(col(ActRow.id)).limit(limit)))


def find_waiting(
    session: Session, election_id: int, act: Act, candidate_id: int = 0
) -> ActRow | None:
    found = (
        row
        for row in waiting(session, election_id)
        if (row.act, row.candidate_id) == (act, candidate_id)
    )
    return next(found, None)


def due(session: Session, now: datetime, limit: int) -> list[ActRow]:
    """Whose day of waiting is over, first those that wait longest."""
    query = select(ActRow).where(ActRow.state == ActState.WAITING, ActRow.due_at <= now)
    order = col(ActRow.due_at), col(ActRow.id)
    return list(session.exec(query.order_by(*order).limit(limit)))


def next_due(session: Session) -> datetime | None:
    query = select(func.min(ActRow.due_at)).where(ActRow.state == ActState.WAITING)
    return session.exec(query).one()


def over_before(session: Session, moment: datetime, limit: int) -> Sequence[int]:
    """What was decided long ago."""
    query = select(ActRow.id).where(ActRow.state != ActState.WAITING, ActRow.due_at < moment)
    return session.exec(query.limit(limit)).all()


def forget(session: Session, ids: Sequence[int]) -> None:
    """Erase acts that are over."""
    session.execute(
        delete(ActRow).where(col(ActRow.id).in_(ids), col(ActRow.state) != ActState.WAITING)
    )
