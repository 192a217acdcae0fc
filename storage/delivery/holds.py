"""Where nothing is sent for a while: a chat, one of its topics, or one kind of content in it.

Telegram wants silence, or the bot has no right to write there. A hold is of what was refused and of no more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import String, bindparam, cast, delete, exists, func, literal, or_, update
from sqlalchemy import select as sa_select
from sqlmodel import Field, Session, SQLModel, col, select

from storage import statements
from storage.chats import ChatRow, Presence
from storage.statements import table_of
from storage.types import UtcDateTime

WHOLE_CHAT = "chat"
TEXT = "text"
"""Messages in words; pictures and copies go on."""


def topic(thread_id: int | None) -> str:
    """What is held where a topic is closed; None is General."""
    return f"topic:{thread_id or 0}"


class HoldRow(SQLModel, table=True):
    __tablename__ = "delivery_hold"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int = Field(default=None, primary_key=True)
    # Not unique: two chats that become one bring a hold each.
    chat_id: int = Field(foreign_key="chat.id", index=True)
    # `WHOLE_CHAT`, `TEXT` or what `topic` says.
    what: str = WHOLE_CHAT
    since: datetime = Field(sa_type=UtcDateTime)
    until: datetime = Field(sa_type=UtcDateTime, index=True)
    # The bot was removed or muted, so that organisers may wonder; not just asked to slow down.
    is_silenced: bool = False


_HOLD = table_of(HoldRow).c


@dataclass(frozen=True)
class Released:
    """What could be said again, and since when the chat heard nothing: None where nobody had to wonder."""

    what: frozenset[str]
    silenced_since: datetime | None


def hold(
    session: Session,
    chat_id: int,
    now: datetime,
    until: datetime,
    *,
    what: str = WHOLE_CHAT,
    is_silenced: bool,
) -> None:
    """Say nothing there until then."""
    query = select(HoldRow).where(HoldRow.chat_id == chat_id, HoldRow.what == what)
    row = session.exec(query).first()
    if row is None:
        row = HoldRow(chat_id=chat_id, what=what, since=now, until=until)
    elif is_silenced and not row.is_silenced:
        row.since = now
    row.until = until
    row.is_silenced = row.is_silenced or is_silenced
    session.add(row)


def release(session: Session, chat_id: int, *what: str) -> Released:
    """Something was said there: the whole chat isn't held, nor any of these."""
    query = select(HoldRow).where(
        HoldRow.chat_id == chat_id, col(HoldRow.what).in_((WHOLE_CHAT, *what))
    )
    rows = session.exec(query).all()
    for row in rows:
        session.delete(row)
    silenced = [row for row in rows if row.is_silenced and row.what in (WHOLE_CHAT, TEXT)]
    since = min((row.since for row in silenced), default=None)
    return Released(frozenset(row.what for row in rows), since)


_UNTIL = sa_select(func.max(_HOLD.until)).where(
    _HOLD.chat_id == bindparam("chat_id"),
    _HOLD.what == bindparam("what"),
    _HOLD.until > bindparam("now"),
)


def until(session: Session, chat_id: int, what: str, now: datetime) -> datetime | None:
    """Until when this is held; None where it isn't."""
    values = {"chat_id": chat_id, "what": what, "now": now}
    moment: datetime | None = statements.row(session, _UNTIL, values)[0]
    return moment


def is_silenced(session: Session, chat_id: int, now: datetime, *what: str) -> bool:
    """Whether the bot may say nothing in this chat now, or nothing of these."""
    query = (
        select(HoldRow.id)
        .join(ChatRow, col(ChatRow.id) == col(HoldRow.chat_id))
        .where(
            HoldRow.chat_id == chat_id,
            col(HoldRow.what).in_((WHOLE_CHAT, *what)),
            col(HoldRow.is_silenced),
            or_(col(HoldRow.until) > now, col(ChatRow.presence) == Presence.AWAY),
        )
    )
    return session.exec(query.limit(1)).first() is not None


def doubt_silence(session: Session, chat_id: int, now: datetime, *what: str) -> None:
    """Somebody thinks that the bot may speak again: it may be tried, unless Telegram wants silence."""
    session.execute(
        update(HoldRow)
        .where(
            col(HoldRow.chat_id) == chat_id,
            col(HoldRow.what).in_((WHOLE_CHAT, *what)),
            col(HoldRow.is_silenced),
            col(HoldRow.until) > now,
        )
        .values(until=now)
    )


def concerns(thread_id: Any) -> Any:
    """The condition that a hold is of the whole chat, or of the topic in this column."""
    of_topic = literal("topic:").concat(cast(func.coalesce(thread_id, 0), String))
    return _HOLD.what.in_((WHOLE_CHAT, of_topic))


def idle(session: Session, before: datetime, limit: int) -> Sequence[int]:
    """Holds of chats that the bot is in and that ended long ago: nothing waited there."""
    query = select(HoldRow.id).where(*_is_idle(before))
    return session.exec(query.limit(limit)).all()


def forget_idle(session: Session, before: datetime, ids: Sequence[int]) -> None:
    """Erase such holds, those that still are."""
    session.execute(delete(table_of(HoldRow)).where(col(HoldRow.id).in_(ids), *_is_idle(before)))


def _is_idle(before: datetime) -> tuple[Any, ...]:
    is_in_chat = exists().where(
        col(ChatRow.id) == col(HoldRow.chat_id), col(ChatRow.presence) != Presence.AWAY
    )
    return col(HoldRow.until) < before, is_in_chat
