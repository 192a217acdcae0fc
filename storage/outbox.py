"""What the bot has yet to say to a group, written in the transaction that decided it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, and_, func, text, update
from sqlmodel import Field, Session, SQLModel, col, select

from storage.chats import Chat, Presence
from storage.types import UtcDateTime


class OutboxState(StrEnum):
    """`due` waits for its moment; `sending` is held by a sender until its lease ends; `sent` and
    `skipped` are the ends."""

    DUE = "due"
    SENDING = "sending"
    SENT = "sent"
    SKIPPED = "skipped"


_UNSENT = (OutboxState.DUE.value, OutboxState.SENDING.value)


class OutboxRow(SQLModel, table=True):
    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_open",
            "due_at",
            sqlite_where=text("state IN ('due', 'sending')"),
            postgresql_where=text("state IN ('due', 'sending')"),
        ),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    unique_key: str = Field(unique=True)
    kind: str
    ref: int
    chat_id: int = Field(foreign_key="chat.id", index=True)
    thread_id: int | None = None
    due_at: datetime = Field(sa_type=UtcDateTime)
    state: str = OutboxState.DUE.value
    # Nobody takes it before: a sender has it in hand, or it was put back for a while.
    lease_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    attempts: int = 0
    # A sender stopped between sending and recording: this one may already have been seen.
    repeated: bool = False
    # When the bot would say it by itself, were there no quiet hours; None where a person timed it.
    self_timed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


@dataclass(frozen=True)
class Outgoing:
    """A claimed row, as plain values."""

    id: int
    kind: str
    ref: int
    chat_id: int
    thread_id: int | None
    due_at: datetime
    attempts: int
    repeated: bool


def add(session: Session, row: OutboxRow) -> bool:
    """Put a row in, once for each unique key. False where that key has been said already."""
    known = session.exec(select(OutboxRow.id).where(OutboxRow.unique_key == row.unique_key)).first()
    if known is not None:
        return False
    session.add(row)
    session.flush()
    return True


def _open(now: datetime) -> Any:
    return and_(
        col(OutboxRow.state).in_([OutboxState.DUE.value, OutboxState.SENDING.value]),
        col(OutboxRow.due_at) <= now,
        func.coalesce(col(OutboxRow.lease_until), col(OutboxRow.due_at)) <= now,
    )


def claim(
    session: Session, now: datetime, *, lease: timedelta, limit: int, not_chats: set[int]
) -> list[Outgoing]:
    """Take up to `limit` open rows for sending, one a chat, in order; chats that are away keep theirs."""
    first_of_chat = (
        select(func.min(OutboxRow.id))
        .join(Chat, col(Chat.id) == col(OutboxRow.chat_id))
        .where(
            _open(now),
            Chat.presence != Presence.AWAY.value,
            col(OutboxRow.chat_id).not_in(not_chats),
        )
        .group_by(col(OutboxRow.chat_id))
    )
    query = (
        select(OutboxRow)
        .where(col(OutboxRow.id).in_(first_of_chat))
        .order_by(col(OutboxRow.due_at), col(OutboxRow.id))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    claimed = []
    for row in session.exec(query).all():
        row.repeated = row.repeated or row.state == OutboxState.SENDING.value
        row.state = OutboxState.SENDING.value
        row.lease_until = now + lease
        row.attempts += 1
        session.add(row)
        claimed.append(_outgoing(row))
    return claimed


def _outgoing(row: OutboxRow) -> Outgoing:
    assert row.id is not None  # noqa: S101 - a stored row has one
    return Outgoing(
        row.id,
        row.kind,
        row.ref,
        row.chat_id,
        row.thread_id,
        row.due_at,
        row.attempts,
        row.repeated,
    )


def finish(session: Session, row_id: int, state: OutboxState) -> None:
    _set(session, row_id, state=state.value, lease_until=None)


def put_back(session: Session, row_id: int, until: datetime, *, maybe_sent: bool = False) -> None:
    """Release a claimed row, to be tried again not before `until`; `maybe_sent` where the answer never
    came. When it was due stays as it was, so that it knows itself late."""
    values: dict[str, Any] = {"state": OutboxState.DUE.value, "lease_until": until}
    if maybe_sent:
        values["repeated"] = True
    _set(session, row_id, **values)


def end_leases(session: Session, now: datetime) -> None:
    """No sender lives that could hold a row: what was in hand may be taken again at once."""
    session.execute(
        update(OutboxRow)
        .where(col(OutboxRow.state) == OutboxState.SENDING.value)
        .values(lease_until=now)
    )


def drop_thread(session: Session, row_id: int) -> None:
    """The topic is gone: say it in General."""
    _set(session, row_id, thread_id=None)


def _set(session: Session, row_id: int, **values: Any) -> None:
    session.execute(update(OutboxRow).where(col(OutboxRow.id) == row_id).values(**values))


def next_due(session: Session, *, not_chats: set[int]) -> datetime | None:
    """When the next open row of a chat that is here wants attention, some chats aside."""
    query = (
        select(func.min(func.coalesce(OutboxRow.lease_until, OutboxRow.due_at)))
        .join(Chat, col(Chat.id) == col(OutboxRow.chat_id))
        .where(
            col(OutboxRow.state).in_(_UNSENT),
            Chat.presence != Presence.AWAY.value,
            col(OutboxRow.chat_id).not_in(not_chats),
        )
    )
    return session.exec(query).first()


def forget_sent_before(session: Session, moment: datetime) -> None:
    """Erase what was said long ago; its unique key can't come again by then."""
    session.execute(
        OutboxRow.__table__.delete().where(  # type: ignore[attr-defined]
            col(OutboxRow.state).in_([OutboxState.SENT.value, OutboxState.SKIPPED.value]),
            col(OutboxRow.due_at) < moment,
        )
    )


def held_back(session: Session, chat_id: int) -> list[OutboxRow]:
    """What the bot timed by itself in a chat and hasn't begun to send."""
    query = select(OutboxRow).where(
        OutboxRow.chat_id == chat_id,
        OutboxRow.state == OutboxState.DUE.value,
        col(OutboxRow.self_timed_at).is_not(None),
    )
    return list(session.exec(query))
