"""Reminders: what to post, the rule on the wall clock, and the next moment it is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import delete, exists, false, func, text, update
from sqlmodel import Field, Session, SQLModel, col, select

from bot.domain.timekeeping.moment import Moment, instant_of, moment_at
from bot.domain.timekeeping.recurrence import Recurrence
from bot.domain.timekeeping.rrule import read_rrule
from storage.chats import ChatRow, Presence
from storage.delivery.outbox import OutboxRow, OutboxState
from storage.indexes import partial_index
from storage.types import UtcDateTime, WallTime

_IS_DELETED: Any = text("reminder.is_deleted")


class ReminderRow(SQLModel, table=True):
    __tablename__ = "reminder"
    __table_args__ = (
        partial_index("ix_reminder_deleted", "undo_until", where="is_deleted"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True)
    chat_id: int = Field(foreign_key="chat.id", index=True)
    thread_id: int | None = None
    # Telegram's HTML; of a copied message its text or caption, for the day it is gone.
    text: str
    # How it shows what its link leads to (see bot.domain.link_preview); empty for Telegram's usual way.
    link_preview: str = ""
    timezone: str
    # In iCalendar's words (see bot.domain.timekeeping.rrule); empty for a reminder that comes once.
    rule: str = ""
    # The next moment as the clock of `timezone` shows it, and its instant: `plan` keeps the two together.
    # None once nothing more will come.
    next_wall: datetime | None = Field(default=None, sa_type=WallTime)
    next_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    # Numbers of the chat's messages to copy, blanks between; empty where the text is posted.
    sources: str = ""
    source_kind: str = ""
    # Whose numbers these are: under another number of the chat they mean other messages.
    chat_mark: bytes | None = None
    is_silent: bool = False
    is_pinned: bool = False
    # Each post takes the one before it away.
    is_latest_only: bool = False
    is_paused: bool = False
    # Who set it, as they want organisers to read it.
    label: str = ""
    # The newest post's numbers, blanks between.
    last_posts: str = ""
    last_posted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # A deleted one stays for the minute in which that may be undone.
    is_deleted: bool = False
    undo_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    undo_wall: datetime | None = Field(default=None, sa_type=WallTime)


@dataclass(frozen=True)
class Reminder:
    """A reminder as plain values."""

    id: int
    chat_id: int
    thread_id: int | None
    text: str
    timezone: str
    # None where it comes once.
    recurrence: Recurrence | None
    planned: Moment | None
    source_kind: str
    is_silent: bool
    is_pinned: bool
    is_latest_only: bool
    is_paused: bool
    label: str
    undo_until: datetime | None

    @property
    def next_at(self) -> datetime | None:
        return self.planned.at if self.planned else None


def plain(reminder: ReminderRow) -> Reminder:
    return Reminder(
        id=reminder.id,
        chat_id=reminder.chat_id,
        thread_id=reminder.thread_id,
        text=reminder.text,
        timezone=reminder.timezone,
        recurrence=read_rrule(reminder.rule) if reminder.rule else None,
        planned=_moment(reminder, reminder.next_at),
        source_kind=reminder.source_kind,
        is_silent=reminder.is_silent,
        is_pinned=reminder.is_pinned,
        is_latest_only=reminder.is_latest_only,
        is_paused=reminder.is_paused,
        label=reminder.label,
        undo_until=reminder.undo_until,
    )


def numbers_of(kept: str) -> tuple[int, ...]:
    """The numbers of messages in a column that keeps several."""
    return tuple(map(int, kept.split()))


def keep_numbers(numbers: tuple[int, ...]) -> str:
    return " ".join(map(str, numbers))


def add(session: Session, reminder: ReminderRow) -> int:
    session.add(reminder)
    session.flush()
    return reminder.id


def plan(reminder: ReminderRow, at: datetime | None) -> None:
    """It comes next at this instant: what the clock of its zone shows then is the promise. None for never."""
    moment = _moment(reminder, at)
    reminder.next_at, reminder.next_wall = at, moment.wall if moment else None


def remember_for_undo(reminder: ReminderRow, until: datetime) -> None:
    """The moment for which it is planned now can be brought back until then."""
    reminder.undo_until, reminder.undo_wall = until, reminder.next_wall


def plan_as_before(reminder: ReminderRow) -> None:
    """It comes next when it was to come before."""
    wall = reminder.undo_wall
    plan(reminder, instant_of(wall, ZoneInfo(reminder.timezone)) if wall else None)


def _moment(reminder: ReminderRow, at: datetime | None) -> Moment | None:
    return moment_at(at, ZoneInfo(reminder.timezone)) if at else None


def planned(session: Session, after: int, limit: int) -> list[ReminderRow]:
    """Those that come once more, by their ids from the one after `after` on."""
    query = select(ReminderRow).where(
        ReminderRow.id > after, col(ReminderRow.next_wall).is_not(None)
    )
    return list(session.exec(query.order_by(col(ReminderRow.id)).limit(limit)))


def get(session: Session, reminder_id: int) -> ReminderRow | None:
    return session.get(ReminderRow, reminder_id)


def waiting(session: Session, chat_id: int, *, offset: int, limit: int) -> list[Reminder]:
    """What is still to come in a chat, the soonest first."""
    query = (
        select(ReminderRow)
        .where(ReminderRow.chat_id == chat_id, col(ReminderRow.next_at).is_not(None))
        .order_by(col(ReminderRow.next_at), col(ReminderRow.id))
        .offset(offset)
        .limit(limit)
    )
    return [plain(reminder) for reminder in session.exec(query)]


def count_waiting(session: Session, chat_id: int) -> int:
    query = select(func.count()).where(
        ReminderRow.chat_id == chat_id, col(ReminderRow.next_at).is_not(None)
    )
    return session.exec(query).one()


def due(session: Session, now: datetime, limit: int) -> list[ReminderRow]:
    """Those whose moment has come, in chats where the bot is, the longest due first."""
    query = (
        select(ReminderRow)
        .join(ChatRow, col(ChatRow.id) == col(ReminderRow.chat_id))
        .where(col(ReminderRow.next_at) <= now, *_at_work())
        .order_by(col(ReminderRow.next_at), col(ReminderRow.id))
        .limit(limit)
    )
    return list(session.exec(query))


def next_due(session: Session) -> datetime | None:
    """The next moment of any reminder in a chat where the bot is."""
    query = (
        select(ReminderRow.next_at)
        .join(ChatRow, col(ChatRow.id) == col(ReminderRow.chat_id))
        .where(col(ReminderRow.next_at).is_not(None), *_at_work())
        .order_by(col(ReminderRow.next_at))
        .limit(1)
    )
    return session.exec(query).first()


def _at_work() -> tuple[Any, ...]:
    return ChatRow.presence != Presence.AWAY, col(ReminderRow.is_paused) == false()


def is_being_posted(session: Session, kind: str, reminder: ReminderRow) -> bool:
    """Whether an earlier occurrence still waits in the outbox; `kind` names its posts there."""
    query = select(OutboxRow.id).where(*_open_posts(kind, reminder))
    return session.exec(query.limit(1)).first() is not None


def bring_up_to_date(session: Session, kind: str, reminder: ReminderRow, moment: datetime) -> None:
    """What still waits in the outbox stands for the newest occurrence: it is as late as that."""
    session.execute(
        update(OutboxRow)
        .where(*_open_posts(kind, reminder), col(OutboxRow.due_at) < moment)
        .values(due_at=moment)
    )


def withdraw(session: Session, kind: str, reminder: ReminderRow) -> bool:
    """What still waits in the outbox isn't said. Gives whether there was anything."""
    withdrawn = session.execute(
        update(OutboxRow)
        .where(*_open_posts(kind, reminder), col(OutboxRow.state) == OutboxState.DUE)
        .values(state=OutboxState.SKIPPED, lease_until=None, headline=None, refusal=None)
        .returning(col(OutboxRow.id))
    )
    return withdrawn.first() is not None


def undo_ends(session: Session) -> datetime | None:
    """When the next deletion can't be undone any more."""
    until = col(ReminderRow.undo_until)
    return session.exec(select(func.min(until)).where(_IS_DELETED, until.is_not(None))).one()


def forget_deleted(session: Session, kind: str, now: datetime, limit: int) -> None:
    """Erase what was deleted, once that can't be undone any more, and what waits of it in the outbox."""
    until = col(ReminderRow.undo_until)
    query = select(ReminderRow).where(_IS_DELETED, until <= now).order_by(until)
    for reminder in session.exec(query.limit(limit)).all():
        withdraw(session, kind, reminder)
        session.delete(reminder)


def done(session: Session, kinds: tuple[str, ...], now: datetime, limit: int) -> Sequence[int]:
    """Those that came for the last time, once the last post of them is out."""
    is_being_posted = exists().where(
        *_open(*kinds),
        col(OutboxRow.chat_id) == col(ReminderRow.chat_id),
        col(OutboxRow.ref) == col(ReminderRow.id),
    )
    query = select(ReminderRow.id).where(*_is_done(now), ~is_being_posted)
    return session.exec(query.limit(limit)).all()


def forget_done(session: Session, now: datetime, ids: Sequence[int]) -> None:
    """Erase such reminders, those that weren't brought back meanwhile: nothing else posts them again."""
    session.execute(
        delete(ReminderRow)
        .where(col(ReminderRow.id).in_(ids), *_is_done(now))
        .execution_options(synchronize_session=False)
    )


def _is_done(now: datetime) -> tuple[Any, ...]:
    return (
        col(ReminderRow.next_at).is_(None),
        func.coalesce(ReminderRow.undo_until, now) <= now,
    )


def _open(*kinds: str) -> tuple[Any, ...]:
    open_states = [OutboxState.DUE, OutboxState.SENDING]
    return col(OutboxRow.kind).in_(kinds), col(OutboxRow.state).in_(open_states)


def _open_posts(kind: str, reminder: ReminderRow) -> tuple[Any, ...]:
    return (*_open(kind), OutboxRow.chat_id == reminder.chat_id, OutboxRow.ref == reminder.id)
