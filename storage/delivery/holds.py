"""Chats that take nothing for a while: Telegram wants silence, or the bot has no right to write there."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, Session, SQLModel, col, select

from storage.chats import ChatRow, Presence
from storage.types import UtcDateTime


class HoldRow(SQLModel, table=True):
    __tablename__ = "delivery_hold"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int = Field(default=None, primary_key=True)
    # Not unique: two chats that become one bring a hold each.
    chat_id: int = Field(foreign_key="chat.id", index=True)
    since: datetime = Field(sa_type=UtcDateTime)
    until: datetime = Field(sa_type=UtcDateTime)
    # The bot was removed or muted, so that organisers may wonder; not just asked to slow down.
    is_silenced: bool = False


def hold(
    session: Session, chat_id: int, now: datetime, until: datetime, *, is_silenced: bool
) -> None:
    """Say nothing there until then."""
    row = session.exec(select(HoldRow).where(HoldRow.chat_id == chat_id)).first()
    if row is None:
        row = HoldRow(chat_id=chat_id, since=now, until=until)
    elif is_silenced and not row.is_silenced:
        row.since = now
    row.until = until
    row.is_silenced = row.is_silenced or is_silenced
    session.add(row)


def release(session: Session, chat_id: int) -> datetime | None:
    """The bot speaks there again. Gives since when it was silenced, None where it wasn't."""
    rows = session.exec(select(HoldRow).where(HoldRow.chat_id == chat_id)).all()
    for row in rows:
        session.delete(row)
    return min((row.since for row in rows if row.is_silenced), default=None)


def forget_idle(session: Session, before: datetime) -> None:
    """Erase holds of chats that the bot is in and that ended long ago: nothing waited there."""
    here = select(ChatRow.id).where(ChatRow.presence != Presence.AWAY)
    session.execute(
        HoldRow.__table__.delete().where(  # type: ignore[attr-defined]
            col(HoldRow.until) < before, col(HoldRow.chat_id).in_(here)
        )
    )
