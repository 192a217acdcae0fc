"""How many could sign: the versions of an election's base, and when to count it anew."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import func, update
from sqlmodel import Field, Session, SQLModel, col, select

from storage.elections.elections import ElectionRow, ElectionState


class ElectionBaseRow(SQLModel, table=True):
    """How many could sign, as it was counted over time."""

    __tablename__ = "election_base"

    election_id: int = Field(foreign_key="election.id", primary_key=True)
    version: int = Field(primary_key=True)
    base: int
    is_provisional: bool
    on_day: date


def add(session: Session, election: ElectionRow, day: date) -> None:
    """Write down the election's base as its newest version."""
    latest = session.exec(
        select(func.max(ElectionBaseRow.version)).where(ElectionBaseRow.election_id == election.id)
    ).one()
    version = ElectionBaseRow(
        election_id=election.id,
        version=(latest or 0) + 1,
        base=election.base,
        is_provisional=election.is_provisional,
        on_day=day,
    )
    session.add(version)
    session.flush()


def of_election(session: Session, election_id: int) -> list[int]:
    """Every base that an election had, the first one first."""
    query = select(ElectionBaseRow.base).where(ElectionBaseRow.election_id == election_id)
    return list(session.exec(query.order_by(col(ElectionBaseRow.version))))


def opened_on(session: Session, election_id: int) -> date | None:
    """The day of an election's first base, by the chat's clock: the day it was published."""
    query = select(func.min(ElectionBaseRow.on_day)).where(
        ElectionBaseRow.election_id == election_id
    )
    return session.exec(query).one()


def count_later(session: Session, chat_id: int, at: datetime, changed_by: bytes | None) -> None:
    """The buildings of a chat changed: its elections whose base is their sum are to count again."""
    session.execute(
        update(ElectionRow)
        .where(
            col(ElectionRow.chat_id) == chat_id,
            col(ElectionRow.state) == ElectionState.OPEN,
            col(ElectionRow.is_base_typed).is_(False),
            col(ElectionRow.is_frozen).is_(False),
        )
        .values(base_due_at=at, base_changed_by=changed_by)
    )


def due(session: Session, now: datetime, limit: int) -> list[ElectionRow]:
    query = select(ElectionRow).where(col(ElectionRow.base_due_at) <= now)
    return list(session.exec(query.order_by(col(ElectionRow.base_due_at)).limit(limit)))


def next_due(session: Session) -> datetime | None:
    due_at = col(ElectionRow.base_due_at)
    return session.exec(select(func.min(due_at)).where(due_at.is_not(None))).one()
