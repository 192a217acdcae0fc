"""Digests: when a chat wants to hear in one message what is coming."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import delete, exists
from sqlmodel import Field, Session, SQLModel, col, select

from bot.domain.timekeeping.moment import Moment, moment_at
from bot.domain.timekeeping.recurrence import EVERY_DAY, Weekly
from storage.chats import ChatRow, Presence
from storage.delivery.outbox import OutboxRow, OutboxState
from storage.statements import table_of
from storage.types import UtcDateTime, WallTime


class DigestRow(SQLModel, table=True):
    """A chat has one. Two chats that turn out to be one bring one each: the older counts."""

    __tablename__ = "digest"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int = Field(default=None, primary_key=True)
    chat_id: int = Field(foreign_key="chat.id", index=True)
    thread_id: int | None = None
    # 0 Monday to 6 Sunday; None for one a day.
    weekday: int | None = None
    wall_time: time
    timezone: str
    # The next moment as the clock of `timezone` shows it, and its instant: `plan` keeps the two together.
    next_wall: datetime = Field(sa_type=WallTime)
    next_at: datetime = Field(sa_type=UtcDateTime, index=True)
    # Whether the one before goes when the next one stands, and that one's number in the chat.
    removes_last: bool = True
    last_message_id: int | None = None
    # Whose number this is: under another number of the chat it means another message.
    chat_mark: bytes | None = None


@dataclass(frozen=True)
class Digest:
    """A digest as plain values."""

    id: int
    chat_id: int
    thread_id: int | None
    rule: Weekly
    planned: Moment
    removes_last: bool

    @property
    def is_daily(self) -> bool:
        return self.rule.weekdays == EVERY_DAY


def plain(digest: DigestRow) -> Digest:
    days = EVERY_DAY if digest.weekday is None else frozenset((digest.weekday,))
    return Digest(
        id=digest.id,
        chat_id=digest.chat_id,
        thread_id=digest.thread_id,
        rule=Weekly(days, digest.wall_time),
        planned=moment_at(digest.next_at, ZoneInfo(digest.timezone)),
        removes_last=digest.removes_last,
    )


def get(session: Session, digest_id: int) -> DigestRow | None:
    return session.get(DigestRow, digest_id)


def of_chat(session: Session, chat_id: int) -> DigestRow | None:
    query = select(DigestRow).where(DigestRow.chat_id == chat_id).order_by(col(DigestRow.id))
    return session.exec(query.limit(1)).first()


def plan(digest: DigestRow, moment: Moment) -> None:
    """It comes next at this moment, by the clock of the moment's zone."""
    digest.next_wall, digest.timezone, digest.next_at = moment.wall, moment.zone, moment.at


def planned(session: Session, after: int, limit: int) -> list[DigestRow]:
    """Digests by their ids, from the one after `after` on."""
    query = select(DigestRow).where(DigestRow.id > after)
    return list(session.exec(query.order_by(col(DigestRow.id)).limit(limit)))


def put(session: Session, digest: DigestRow) -> None:
    """Add a digest, or keep one that was changed."""
    session.add(digest)
    session.flush()


def remove_all(session: Session, chat_id: int) -> None:
    session.execute(delete(DigestRow).where(col(DigestRow.chat_id) == chat_id))


_OLDER = table_of(DigestRow).alias()
_HAS_OLDER = exists().where(
    _OLDER.c.chat_id == col(DigestRow.chat_id), _OLDER.c.id < col(DigestRow.id)
)


def due(session: Session, now: datetime, limit: int) -> list[DigestRow]:
    """Those whose moment has come, in chats where the bot is, the longest due first."""
    query = (
        select(DigestRow)
        .join(ChatRow, col(ChatRow.id) == col(DigestRow.chat_id))
        .where(DigestRow.next_at <= now, ChatRow.presence != Presence.AWAY, ~_HAS_OLDER)
        .order_by(col(DigestRow.next_at), col(DigestRow.id))
        .limit(limit)
    )
    return list(session.exec(query))


def next_due(session: Session) -> datetime | None:
    """The next moment of any digest in a chat where the bot is."""
    query = (
        select(DigestRow.next_at)
        .join(ChatRow, col(ChatRow.id) == col(DigestRow.chat_id))
        .where(ChatRow.presence != Presence.AWAY, ~_HAS_OLDER)
        .order_by(col(DigestRow.next_at))
        .limit(1)
    )
    return session.exec(query).first()


def is_being_posted(session: Session, kind: str, digest: DigestRow) -> bool:
    """Whether an earlier one still waits in the outbox; `kind` names digests there."""
    query = select(OutboxRow.id).where(
        OutboxRow.chat_id == digest.chat_id,
        OutboxRow.kind == kind,
        OutboxRow.ref == digest.id,
        col(OutboxRow.state).in_([OutboxState.DUE, OutboxState.SENDING]),
    )
    return session.exec(query.limit(1)).first() is not None
