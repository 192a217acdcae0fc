"""Reminders: a text, its rule on the wall clock, and the next moment it is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from sqlalchemy import delete, func
from sqlmodel import Field, Session, SQLModel, col, select

from bot.domain.recurrence import Weekly
from storage.chats import Chat, Presence
from storage.outbox import OutboxRow, OutboxState
from storage.types import UtcDateTime


class Reminder(SQLModel, table=True):
    __tablename__ = "reminder"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    chat_id: int = Field(foreign_key="chat.id", index=True)
    thread_id: int | None = None
    text: str
    timezone: str
    # Days of the week, 0 Monday to 6 Sunday, as digits ("03"); empty for a reminder that comes once.
    weekdays: str = ""
    wall_time: time
    # None once nothing more will come.
    next_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)


@dataclass(frozen=True)
class ReminderRow:
    """A reminder as plain values."""

    id: int
    chat_id: int
    thread_id: int | None
    text: str
    timezone: str
    # None where it comes once.
    rule: Weekly | None
    next_at: datetime | None


def row_of(reminder: Reminder) -> ReminderRow:
    assert reminder.id is not None  # noqa: S101 - a stored row has one
    return ReminderRow(
        id=reminder.id,
        chat_id=reminder.chat_id,
        thread_id=reminder.thread_id,
        text=reminder.text,
        timezone=reminder.timezone,
        rule=_rule_of(reminder),
        next_at=reminder.next_at,
    )


def _rule_of(reminder: Reminder) -> Weekly | None:
    weekdays = frozenset(int(day) for day in reminder.weekdays)
    return Weekly(weekdays, reminder.wall_time) if weekdays else None


def add(session: Session, reminder: Reminder) -> int:
    session.add(reminder)
    session.flush()
    assert reminder.id is not None  # noqa: S101 - flushed rows have one
    return reminder.id


def get(session: Session, reminder_id: int) -> Reminder | None:
    return session.get(Reminder, reminder_id)


def waiting(session: Session, chat_id: int, *, offset: int, limit: int) -> list[ReminderRow]:
    """What is still to come in a chat, the soonest first."""
    query = (
        select(Reminder)
        .where(Reminder.chat_id == chat_id, col(Reminder.next_at).is_not(None))
        .order_by(col(Reminder.next_at), col(Reminder.id))
        .offset(offset)
        .limit(limit)
    )
    return [row_of(reminder) for reminder in session.exec(query)]


def count_waiting(session: Session, chat_id: int) -> int:
    query = select(func.count()).where(
        Reminder.chat_id == chat_id, col(Reminder.next_at).is_not(None)
    )
    return session.exec(query).one()


def due(session: Session, now: datetime, limit: int) -> list[Reminder]:
    """Those whose moment has come, in chats where the bot is, the longest due first."""
    query = (
        select(Reminder)
        .join(Chat, col(Chat.id) == col(Reminder.chat_id))
        .where(col(Reminder.next_at) <= now, Chat.presence != Presence.AWAY.value)
        .order_by(col(Reminder.next_at), col(Reminder.id))
        .limit(limit)
    )
    return list(session.exec(query))


def next_due(session: Session) -> datetime | None:
    """The next moment of any reminder in a chat where the bot is."""
    query = (
        select(Reminder.next_at)
        .join(Chat, col(Chat.id) == col(Reminder.chat_id))
        .where(col(Reminder.next_at).is_not(None), Chat.presence != Presence.AWAY.value)
        .order_by(col(Reminder.next_at))
        .limit(1)
    )
    return session.exec(query).first()


def is_being_posted(session: Session, kind: str, reminder: Reminder) -> bool:
    """Whether an earlier occurrence still waits in the outbox; `kind` names its posts there."""
    query = select(OutboxRow.id).where(
        OutboxRow.chat_id == reminder.chat_id,
        OutboxRow.ref == reminder.id,
        *_open_posts(kind),
    )
    return session.exec(query.limit(1)).first() is not None


def remove(session: Session, reminder: Reminder) -> None:
    session.delete(reminder)


def forget_done(session: Session, kind: str) -> None:
    """Erase those that came for the last time, once their last post is out."""
    posting = select(OutboxRow.ref).where(*_open_posts(kind))
    session.execute(
        delete(Reminder).where(col(Reminder.next_at).is_(None), col(Reminder.id).not_in(posting))
    )


def _open_posts(kind: str) -> tuple[Any, ...]:
    open_states = [OutboxState.DUE.value, OutboxState.SENDING.value]
    return OutboxRow.kind == kind, col(OutboxRow.state).in_(open_states)
