"""Which elections have come to a moment of their end: to be reminded of, closed, or forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from storage.elections import acts
from storage.elections.elections import ElectionRow, ElectionState

_IS_OPEN = col(ElectionRow.state) == ElectionState.OPEN


def to_remind(session: Session, now: datetime, limit: int) -> list[ElectionRow]:
    query = select(ElectionRow).where(_IS_OPEN, col(ElectionRow.remind_at) <= now)
    return list(session.exec(query.order_by(col(ElectionRow.remind_at)).limit(limit)))


def to_close(session: Session, now: datetime, limit: int) -> list[ElectionRow]:
    """Whose deadline has come, the longest ago first."""
    query = select(ElectionRow).where(_IS_OPEN, col(ElectionRow.closes_at) <= now)
    return list(session.exec(query.order_by(col(ElectionRow.closes_at)).limit(limit)))


def to_erase(session: Session, now: datetime, after: int, limit: int) -> Sequence[int]:
    """Whose people have been remembered long enough, by their ids from the one after `after` on."""
    query = select(ElectionRow.id).where(ElectionRow.id > after, col(ElectionRow.erase_at) <= now)
    return session.exec(query.order_by(col(ElectionRow.id)).limit(limit)).all()


def unerased(session: Session, chat_id: int) -> list[ElectionRow]:
    """A chat's elections that are over and still remember who signed, the newest first."""
    query = select(ElectionRow).where(
        ElectionRow.chat_id == chat_id,
        col(ElectionRow.state) == ElectionState.CLOSED,
        col(ElectionRow.wrapped_key).is_not(None),
    )
    return list(session.exec(query.order_by(col(ElectionRow.id).desc())))


def next_due(session: Session) -> datetime | None:
    """The next moment at which something here comes by itself, erasing aside."""
    moments = [
        session.exec(select(func.min(moment)).where(_IS_OPEN, moment.is_not(None))).one()
        for moment in (col(ElectionRow.remind_at), col(ElectionRow.closes_at))
    ]
    moments.append(acts.next_due(session))
    return min((moment for moment in moments if moment is not None), default=None)
