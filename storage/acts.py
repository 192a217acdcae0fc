"""Acts that can't be undone and wait for a second organiser. Once one is over, nobody is known of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Index, delete, func, text
from sqlmodel import Field, Session, SQLModel, col, select

from bot.domain.ending import Act, ActState
from storage.types import UtcDateTime

_IS_WAITING = text("state = 'waiting'")


class PendingAct(SQLModel, table=True):
    __tablename__ = "pending_act"
    __table_args__ = (
        # An act can wait once in an election.
        Index(
            "ix_pending_act_waiting",
            "election_id",
            "act",
            unique=True,
            sqlite_where=_IS_WAITING,
            postgresql_where=_IS_WAITING,
        ),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    election_id: int = Field(foreign_key="election.id", index=True)
    act: str
    # For a deadline, the moment in ISO 8601.
    parameter: str | None = None
    # Of the organiser who wanted it; None where nobody in particular did, and once it is over.
    person_tag: bytes | None = None
    # There is nobody to confirm it: it comes by itself unless somebody stops it.
    runs_alone: bool
    state: str = ActState.WAITING.value
    # When it runs alone, or expires; once it is over, when that was.
    due_at: datetime = Field(sa_type=UtcDateTime, index=True)


@dataclass(frozen=True)
class ActRow:
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

    @property
    def moment(self) -> datetime | None:
        """The deadline that is wanted, where the act is about one."""
        return datetime.fromisoformat(self.parameter) if self.parameter else None


def id_of(act: PendingAct) -> int:
    assert act.id is not None  # noqa: S101 - flushed rows have one
    return act.id


def row_of(act: PendingAct) -> ActRow:
    return ActRow(
        id=id_of(act),
        election_id=act.election_id,
        act=Act(act.act),
        parameter=act.parameter,
        runs_alone=act.runs_alone,
        state=ActState(act.state),
        due_at=act.due_at,
        has_first=act.person_tag is not None,
    )


def get(session: Session, act_id: int) -> PendingAct | None:
    return session.get(PendingAct, act_id)


def add(session: Session, act: PendingAct) -> int:
    session.add(act)
    session.flush()
    return id_of(act)


def waiting(session: Session, election_id: int) -> list[PendingAct]:
    """What is wanted in an election, the oldest first."""
    query = select(PendingAct).where(
        PendingAct.election_id == election_id, PendingAct.state == ActState.WAITING.value
    )
    return list(session.exec(query.order_by(col(PendingAct.id))))


def find_waiting(session: Session, election_id: int, act: Act) -> PendingAct | None:
    return next((row for row in waiting(session, election_id) if row.act == act.value), None)


def due(session: Session, now: datetime) -> list[PendingAct]:
    """Whose day of waiting is over."""
    query = select(PendingAct).where(
        PendingAct.state == ActState.WAITING.value, PendingAct.due_at <= now
    )
    return list(session.exec(query.order_by(col(PendingAct.due_at), col(PendingAct.id))))


def next_due(session: Session) -> datetime | None:
    query = select(func.min(PendingAct.due_at)).where(PendingAct.state == ActState.WAITING.value)
    return session.exec(query).one()


def forget_over_before(session: Session, moment: datetime) -> None:
    """Erase what was decided long ago."""
    session.execute(
        delete(PendingAct).where(
            col(PendingAct.state) != ActState.WAITING.value, col(PendingAct.due_at) < moment
        )
    )
