"""Messages of the bot in groups that are to vanish by themselves: hints, refusals, previews."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, false, func
from sqlmodel import Field, Session, SQLModel, col, select

from storage.chats import ChatRow, Presence
from storage.types import UtcDateTime


class RemovalRow(SQLModel, table=True):
    __tablename__ = "pending_deletion"

    id: int = Field(default=None, primary_key=True)
    chat_id: int = Field(foreign_key="chat.id", index=True)
    message_id: int
    due_at: datetime = Field(sa_type=UtcDateTime, index=True)
    # It stays in the chat, and only leaves the top of it.
    only_unpin: bool = False


@dataclass(frozen=True)
class Removal:
    id: int
    telegram_chat_id: int
    message_id: int
    due_at: datetime
    only_unpin: bool


def add(session: Session, removal: RemovalRow) -> None:
    session.add(removal)


def is_planned(session: Session, chat_id: int, message_id: int) -> bool:
    """Whether this message is to vanish."""
    query = select(RemovalRow.id).where(
        RemovalRow.chat_id == chat_id,
        RemovalRow.message_id == message_id,
        col(RemovalRow.only_unpin) == false(),
    )
    return session.exec(query.limit(1)).first() is not None


def due(session: Session, now: datetime) -> list[Removal]:
    query = (
        select(RemovalRow, ChatRow)
        .join(ChatRow, col(ChatRow.id) == col(RemovalRow.chat_id))
        .where(RemovalRow.due_at <= now, ChatRow.presence != Presence.AWAY)
        .order_by(col(RemovalRow.due_at))
        .limit(100)
    )
    return [
        Removal(row.id, chat.telegram_id, row.message_id, row.due_at, row.only_unpin)
        for row, chat in session.exec(query)
    ]


def next_due(session: Session, *, but_not: Collection[int]) -> datetime | None:
    query = (
        select(func.min(RemovalRow.due_at))
        .join(ChatRow, col(ChatRow.id) == col(RemovalRow.chat_id))
        .where(ChatRow.presence != Presence.AWAY, col(RemovalRow.id).not_in(but_not))
    )
    return session.exec(query).first()


def remove(session: Session, removal_id: int) -> None:
    session.execute(delete(RemovalRow).where(col(RemovalRow.id) == removal_id))


def forget_messages(session: Session, chat_id: int, message_ids: tuple[int, ...]) -> None:
    """These are to stay after all."""
    session.execute(
        delete(RemovalRow).where(
            col(RemovalRow.chat_id) == chat_id,
            col(RemovalRow.message_id).in_(message_ids),
        )
    )


def forget_chat(session: Session, chat_id: int) -> None:
    """Its messages can't be reached any more, and their numbers will mean others."""
    session.execute(delete(RemovalRow).where(col(RemovalRow.chat_id) == chat_id))
