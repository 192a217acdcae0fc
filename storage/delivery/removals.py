"""Messages of the bot in groups that are to vanish by themselves: hints, refusals, previews."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, false
from sqlalchemy import select as sa_select
from sqlmodel import Field, Session, SQLModel, col, select

from storage import statements
from storage.chats import ChatRow, Presence
from storage.statements import table_of
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


_ROW, _CHAT = table_of(RemovalRow), table_of(ChatRow)
_FIRST = (
    sa_select(_ROW.c.id, _CHAT.c.telegram_id, _ROW.c.message_id, _ROW.c.due_at, _ROW.c.only_unpin)
    .select_from(_ROW.join(_CHAT, _CHAT.c.id == _ROW.c.chat_id))
    .where(
        _CHAT.c.presence != Presence.AWAY,
        _ROW.c.id.not_in(bindparam("held", expanding=True)),
    )
    .order_by(_ROW.c.due_at)
    .limit(bindparam("most"))
)


def first(session: Session, *, held: Collection[int], limit: int) -> list[Removal]:
    """Those that fall due first, or did already, in chats where the bot is; none that is `held`."""
    rows = statements.rows(session, _FIRST, {"held": list(held), "most": limit})
    return [Removal(*row) for row in rows]


def forget(session: Session, removal_ids: Collection[int]) -> None:
    """These are done."""
    session.execute(delete(RemovalRow).where(col(RemovalRow.id).in_(removal_ids)))


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
