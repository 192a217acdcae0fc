"""Which elections have come to a moment of their end: to be reminded of, closed, or forgotten."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from storage import acts
from storage.elections import Election, ElectionState

_IS_OPEN = col(Election.state) == ElectionState.OPEN.value


def to_remind(session: Session, now: datetime) -> list[Election]:
    query = select(Election).where(_IS_OPEN, col(Election.remind_at) <= now)
    return list(session.exec(query.order_by(col(Election.id))))


def to_close(session: Session, now: datetime) -> list[Election]:
    """Whose deadline has come."""
    query = select(Election).where(_IS_OPEN, col(Election.closes_at) <= now)
    return list(session.exec(query.order_by(col(Election.id))))


def to_erase(session: Session, now: datetime) -> list[Election]:
    """Whose people have been remembered long enough."""
    query = select(Election).where(col(Election.erase_at) <= now)
    return list(session.exec(query.order_by(col(Election.id))))


def unerased(session: Session, chat_id: int) -> list[Election]:
    """A chat's elections that are over and still remember who signed, the newest first."""
    query = select(Election).where(
        Election.chat_id == chat_id,
        col(Election.state) == ElectionState.CLOSED.value,
        col(Election.wrapped_key).is_not(None),
    )
    return list(session.exec(query.order_by(col(Election.id).desc())))


def next_due(session: Session) -> datetime | None:
    """The next moment at which something here comes by itself, erasing aside."""
    moments = [
        session.exec(select(func.min(Election.remind_at)).where(_IS_OPEN)).one(),
        session.exec(select(func.min(Election.closes_at)).where(_IS_OPEN)).one(),
        session.exec(select(func.min(Election.paper_due_at))).one(),
        acts.next_due(session),
    ]
    return min((moment for moment in moments if moment is not None), default=None)
