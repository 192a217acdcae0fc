"""Of which actions the bot reminds, and when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, func
from sqlmodel import Field, Session, SQLModel, col, select

from storage.indexes import partial_index
from storage.types import UtcDateTime


class ActionReminderRow(SQLModel, table=True):
    __tablename__ = "action_reminder"
    __table_args__ = (
        partial_index("ix_action_reminder_due", "at", where="at IS NOT NULL"),
        {"sqlite_with_rowid": False},
    )

    action_id: int = Field(foreign_key="action.id", primary_key=True)
    # So many before the beginning.
    minutes: int = Field(primary_key=True)
    # None once it was said, or where its moment was over before.
    at: datetime | None = Field(default=None, sa_type=UtcDateTime)


def of_action(session: Session, action_id: int) -> list[ActionReminderRow]:
    """The reminders of an action, the earliest first."""
    query = select(ActionReminderRow).where(ActionReminderRow.action_id == action_id)
    return list(session.exec(query.order_by(col(ActionReminderRow.minutes).desc())))


def add(session: Session, rows: Iterable[ActionReminderRow]) -> None:
    session.add_all(rows)
    session.flush()


def take_away(session: Session, action_id: int, minutes: int | None = None) -> None:
    """Remind no more so long before an action; without `minutes`, not at all."""
    which = [col(ActionReminderRow.action_id) == action_id]
    if minutes is not None:
        which.append(col(ActionReminderRow.minutes) == minutes)
    session.execute(delete(ActionReminderRow).where(*which))


def due(session: Session, now: datetime, limit: int) -> list[ActionReminderRow]:
    """Reminders whose moment has come, first those that wait longest; of one action the earliest."""
    at, minutes = col(ActionReminderRow.at), col(ActionReminderRow.minutes)
    query = select(ActionReminderRow).where(at <= now).order_by(at, minutes.desc())
    return list(session.exec(query.limit(limit)))


def next_due(session: Session) -> datetime | None:
    """The moment of the next one."""
    at = col(ActionReminderRow.at)
    return session.exec(select(func.min(at)).where(at.is_not(None))).one()
