"""Actions of a neighbourhood. The answers to them are in `answers`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import func, or_
from sqlmodel import Field, Session, SQLModel, col, select

from storage.indexes import partial_index
from storage.types import EnumValue, UtcDateTime, WallTime

CARD = "actions.card"
"""The name of an action's card, for every feature that leads to it."""


class ActionState(StrEnum):
    PUBLISHED = "published"
    CANCELLED = "cancelled"


class ActionRow(SQLModel, table=True):
    __tablename__ = "action"
    __table_args__ = (
        partial_index(
            "ix_action_remembering",
            "id",
            where="final_going IS NULL OR author_tag IS NOT NULL",
        ),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True)
    chat_id: int = Field(foreign_key="chat.id", index=True)
    thread_id: int | None = None
    # None where an anonymous administrator announced it: then any organiser is its author.
    # And once it is over.
    author_tag: bytes | None = None
    title: str
    place: str = ""
    details: str = ""
    # The moment as the clock of `timezone` shows it, and its instant.
    wall: datetime = Field(sa_type=WallTime)
    timezone: str
    starts_at: datetime = Field(sa_type=UtcDateTime, index=True)
    state: ActionState = Field(default=ActionState.PUBLISHED, sa_type=EnumValue(ActionState))
    # How often it was changed: calendars take what is newer.
    sequence: int = 0
    # Why it was called off, where that was said.
    why: str = ""
    # How many people find room; None where that is no question.
    capacity: int | None = None
    # Its numbers move in fives and at full hours: fixed when it is announced, so that whoever answers can
    # rely on it. What is shown of each then, and at which hour others may see what came since.
    is_careful: bool = False
    shown_going: int = 0
    shown_maybe: int = 0
    shown_cant: int = 0
    shown_waiting: int = 0
    publish_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    # How many gave each answer, once who gave it is erased.
    final_going: int | None = None
    final_maybe: int | None = None
    final_cant: int | None = None


@dataclass(frozen=True)
class Action:
    """An action as plain values."""

    id: int
    chat_id: int
    thread_id: int | None
    title: str
    place: str
    details: str
    wall: datetime
    timezone: str
    starts_at: datetime
    is_cancelled: bool
    is_careful: bool = False
    capacity: int | None = None
    why: str = ""
    sequence: int = 0


def plain(action: ActionRow) -> Action:
    return Action(
        id=action.id,
        chat_id=action.chat_id,
        thread_id=action.thread_id,
        title=action.title,
        place=action.place,
        details=action.details,
        wall=action.wall,
        timezone=action.timezone,
        starts_at=action.starts_at,
        is_cancelled=action.state == ActionState.CANCELLED,
        is_careful=action.is_careful,
        capacity=action.capacity,
        why=action.why,
        sequence=action.sequence,
    )


def add(session: Session, action: ActionRow) -> int:
    session.add(action)
    session.flush()
    return action.id


def get(session: Session, action_id: int) -> ActionRow | None:
    return session.get(ActionRow, action_id)


def coming(session: Session, chat_id: int, since: datetime, limit: int) -> list[Action]:
    """What is ahead in a chat, the soonest first."""
    query = (
        select(ActionRow)
        .where(
            ActionRow.chat_id == chat_id,
            ActionRow.state == ActionState.PUBLISHED,
            ActionRow.starts_at >= since,
        )
        .order_by(col(ActionRow.starts_at), col(ActionRow.id))
        .limit(limit)
    )
    return [plain(action) for action in session.exec(query)]


def planned(session: Session, after: int, limit: int) -> list[ActionRow]:
    """Those that are ahead or hardly over, by their ids from the one after `after` on."""
    query = select(ActionRow).where(ActionRow.id > after, col(ActionRow.final_going).is_(None))
    return list(session.exec(query.order_by(col(ActionRow.id)).limit(limit)))


def to_publish(session: Session, now: datetime, *, limit: int) -> list[ActionRow]:
    """Those whose full hour has come, first those that wait longest."""
    query = select(ActionRow).where(col(ActionRow.publish_at) <= now)
    order = (col(ActionRow.publish_at), col(ActionRow.id))
    return list(session.exec(query.order_by(*order).limit(limit)))


def next_publishing(session: Session) -> datetime | None:
    """The hour of the next one."""
    publish_at = col(ActionRow.publish_at)
    return session.exec(select(func.min(publish_at)).where(publish_at.is_not(None))).one()


def with_people_before(session: Session, moment: datetime, after: int, limit: int) -> Sequence[int]:
    """Actions that began before `moment`, or were called off, and still know who announced them or who
    answered: by their ids from the one after `after` on."""
    query = select(ActionRow.id).where(ActionRow.id > after, *_has_people_before(moment))
    return session.exec(query.order_by(col(ActionRow.id)).limit(limit)).all()


def still_with_people(
    session: Session, moment: datetime, ids: Sequence[int]
) -> Sequence[ActionRow]:
    """Those of these actions that still do."""
    query = select(ActionRow).where(col(ActionRow.id).in_(ids), *_has_people_before(moment))
    return session.exec(query).all()


def _has_people_before(moment: datetime) -> tuple[Any, ...]:
    return (
        or_(col(ActionRow.starts_at) <= moment, col(ActionRow.state) == ActionState.CANCELLED),
        or_(col(ActionRow.final_going).is_(None), col(ActionRow.author_tag).is_not(None)),
    )


def begun_before(session: Session, moment: datetime, limit: int) -> Sequence[int]:
    """Actions that began before `moment` and know nobody any more, the oldest first."""
    query = select(ActionRow.id).where(*_has_begun_before(moment))
    return session.exec(query.order_by(col(ActionRow.starts_at)).limit(limit)).all()


def still_past(session: Session, moment: datetime, ids: Sequence[int]) -> Sequence[ActionRow]:
    """Those of these actions that still are: one that was put off comes again."""
    query = select(ActionRow).where(col(ActionRow.id).in_(ids), *_has_begun_before(moment))
    return session.exec(query).all()


def _has_begun_before(moment: datetime) -> tuple[Any, ...]:
    return col(ActionRow.starts_at) <= moment, col(ActionRow.final_going).is_not(None)


def remove(session: Session, action: ActionRow) -> None:
    session.delete(action)
    session.flush()
