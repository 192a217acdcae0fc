"""Actions of a neighbourhood and the answers to them, kept without names, order or time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

import sqlalchemy as sql
from sqlalchemy import bindparam, delete, func, or_
from sqlmodel import Field, Session, SQLModel, col, select

from bot.domain.actions.answers import Answer, Counts
from storage import insertion, statements
from storage.chats import ChatOfThing, ChatRow
from storage.indexes import partial_index
from storage.statements import table_of
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
    # Its numbers move in fives and at full hours: fixed when it is announced, so that whoever answers can
    # rely on it. What is shown of each then, and at which hour others may see what came since.
    is_careful: bool = False
    shown_going: int = 0
    shown_maybe: int = 0
    shown_cant: int = 0
    publish_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    # How many gave each answer, once who gave it is erased.
    final_going: int | None = None
    final_maybe: int | None = None
    final_cant: int | None = None


class AnswerRow(SQLModel, table=True):
    __tablename__ = "action_answer"
    __table_args__ = {"sqlite_with_rowid": False}

    action_id: int = Field(foreign_key="action.id", primary_key=True)
    person_tag: bytes = Field(primary_key=True)
    answer: Answer = Field(sa_type=EnumValue(Answer))
    mac: bytes


class Answering(NamedTuple):
    """An action as somebody answers it: what lets them, its chat, and what they answered before."""

    chat: ChatOfThing
    id: int
    chat_id: int
    state: ActionState
    starts_at: datetime
    is_careful: bool
    publish_at: datetime | None
    answer: Answer | None


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


_ACTION, _CHAT, _ANSWER = table_of(ActionRow), table_of(ChatRow), table_of(AnswerRow)
_IS_OWN = sql.and_(
    _ANSWER.c.action_id == bindparam("action_id"), _ANSWER.c.person_tag == bindparam("person_tag")
)
_ANSWERING = (
    sql.select(
        *(_ACTION.c[name] for name in Answering._fields if name in _ACTION.c),
        _ANSWER.c.answer,
        *(_CHAT.c[name] for name in ("id", "telegram_id", "presence", "mac")),
    )
    .select_from(_ACTION)
    .join(_CHAT, _CHAT.c.id == _ACTION.c.chat_id)
    .outerjoin(_ANSWER, _IS_OWN)
    .where(_ACTION.c.id == bindparam("action_id"))
)
_TAKE_BACK = sql.delete(_ANSWER).where(_IS_OWN)


def answering(session: Session, action_id: int, person_tag: bytes) -> Answering | None:
    """Return what is to be known where this person answers, in one look."""
    values = {"action_id": action_id, "person_tag": person_tag}
    row = statements.row(session, _ANSWERING, values)
    if row is None:
        return None
    return Answering(ChatOfThing(*row[7:]), *row[:7])


def row_of(session: Session, action: Answering) -> ActionRow:
    """Return the row of an action, where it is to be changed."""
    return session.get_one(ActionRow, action.id)


def put_answer(
    session: Session, action_id: int, person_tag: bytes, answer: Answer, mac: bytes
) -> None:
    """Keep a person's answer, in place of the one before."""
    values = {"action_id": action_id, "person_tag": person_tag, "answer": answer, "mac": mac}
    insertion.put(session, AnswerRow, **values)


def take_back(session: Session, action_id: int, person_tag: bytes) -> None:
    """Erase a person's answer."""
    statements.change(session, _TAKE_BACK, {"action_id": action_id, "person_tag": person_tag})


def counts(session: Session, action: ActionRow) -> Counts:
    """How many gave each answer, also after the answers themselves are erased."""
    if action.final_going is not None:
        return Counts(action.final_going, action.final_maybe or 0, action.final_cant or 0)
    query = (
        select(AnswerRow.answer, func.count())
        .where(AnswerRow.action_id == action.id)
        .group_by(AnswerRow.answer)
    )
    found = dict(session.exec(query).all())
    return Counts(**{answer.value: found.get(answer, 0) for answer in Answer})


def shown(session: Session, action: ActionRow) -> Counts:
    """How many gave each answer, as the public sees it."""
    if action.final_going is not None or not action.is_careful:
        return counts(session, action)
    return Counts(action.shown_going, action.shown_maybe, action.shown_cant)


def show(session: Session, action: ActionRow, public: Counts) -> None:
    """Let the public see so many."""
    action.shown_going, action.shown_maybe, action.shown_cant = (
        public.going,
        public.maybe,
        public.cant,
    )
    session.add(action)


def count_carefully(session: Session, chat_id: int, since: datetime) -> list[int]:
    """Let the numbers of what is ahead in a chat move in fives and at full hours from now on: each begins
    with as many fives as everyone saw. Gives the ids of those that changed."""
    query = select(ActionRow).where(
        ActionRow.chat_id == chat_id,
        ActionRow.starts_at > since,
        col(ActionRow.final_going).is_(None),
        col(ActionRow.is_careful).is_(False),
    )
    rows = list(session.exec(query))
    for action in rows:
        public = counts(session, action).in_fives()
        action.is_careful = True
        show(session, action, public)
    return [action.id for action in rows]


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


def erase_people(session: Session, action: ActionRow) -> None:
    """Keep the numbers, forget who answered and who announced it; where they moved in fives, keep these."""
    last = counts(session, action)
    if action.is_careful:
        last = last.in_fives()
    action.final_going, action.final_maybe, action.final_cant = last.going, last.maybe, last.cant
    action.author_tag = action.publish_at = None
    session.add(action)
    session.execute(delete(AnswerRow).where(col(AnswerRow.action_id) == action.id))


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
