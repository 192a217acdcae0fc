"""Answers to actions, kept without names, order or time; only who waits for room has a place in the line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sql
from sqlalchemy import bindparam, delete, func
from sqlmodel import Field, Session, SQLModel, col, select

from bot.domain.actions.answers import Answer, Counts
from bot.domain.actions.parties import Party
from storage import insertion, statements
from storage.actions import ActionRow, ActionState
from storage.chats import ChatOfThing, ChatRow
from storage.statements import table_of
from storage.types import EnumValue


class AnswerRow(SQLModel, table=True):
    __tablename__ = "action_answer"
    __table_args__ = {"sqlite_with_rowid": False}

    action_id: int = Field(foreign_key="action.id", primary_key=True)
    person_tag: bytes = Field(primary_key=True)
    answer: Answer = Field(sa_type=EnumValue(Answer))
    mac: bytes
    # How many they bring.
    guests: int = 0
    # Their place among those who would come and find no room; None for all others.
    in_line: int | None = None
    # It was given for another time: it keeps its places, and counts once it is given again.
    is_asked_again: bool = False


class Answering(NamedTuple):
    """An action as somebody answers it: what lets them, its chat, and what they answered before."""

    chat: ChatOfThing
    id: int
    chat_id: int
    state: ActionState
    starts_at: datetime
    capacity: int | None
    is_careful: bool
    publish_at: datetime | None
    answer: Answer | None
    guests: int
    in_line: int | None
    is_asked_again: bool

    @property
    def people(self) -> int:
        """How many of them come, as they said it."""
        return 1 + self.guests if self.answer is Answer.GOING else 0

    @property
    def seats(self) -> int:
        """How many places they have."""
        return self.people if self.in_line is None else 0


_ACTION, _CHAT, _ANSWER = table_of(ActionRow), table_of(ChatRow), table_of(AnswerRow)
_IS_OWN = sql.and_(
    _ANSWER.c.action_id == bindparam("action_id"), _ANSWER.c.person_tag == bindparam("person_tag")
)
_ANSWERING = (
    sql.select(
        *(_ACTION.c[name] for name in Answering._fields if name in _ACTION.c),
        _ANSWER.c.answer,
        func.coalesce(_ANSWER.c.guests, 0),
        _ANSWER.c.in_line,
        func.coalesce(_ANSWER.c.is_asked_again, sql.false()),
        *(_CHAT.c[name] for name in ("id", "telegram_id", "presence", "mac")),
    )
    .select_from(_ACTION)
    .join(_CHAT, _CHAT.c.id == _ACTION.c.chat_id)
    .outerjoin(_ANSWER, _IS_OWN)
    .where(_ACTION.c.id == bindparam("action_id"))
)
_TAKE_BACK = sql.delete(_ANSWER).where(_IS_OWN)
_IS_GOING = sql.and_(
    _ANSWER.c.action_id == bindparam("action_id"), _ANSWER.c.answer == Answer.GOING
)
_PEOPLE = 1 + _ANSWER.c.guests
_TAKEN = sql.select(func.coalesce(func.sum(_PEOPLE), 0)).where(
    _IS_GOING, _ANSWER.c.in_line.is_(None)
)
_LINE = (
    sql.select(_ANSWER.c.person_tag, _PEOPLE)
    .where(_IS_GOING, _ANSWER.c.in_line.is_not(None))
    .order_by(_ANSWER.c.in_line)
)
_WAITS, _IS_ASKED_AGAIN = _ANSWER.c.in_line.is_not(None), _ANSWER.c.is_asked_again
_COUNTS = (
    sql.select(_ANSWER.c.answer, _WAITS, _IS_ASKED_AGAIN, func.sum(_PEOPLE))
    .where(_ANSWER.c.action_id == bindparam("action_id"))
    .group_by(_ANSWER.c.answer, _WAITS, _IS_ASKED_AGAIN)
)
_LAST_IN_LINE = sql.select(func.max(_ANSWER.c.in_line)).where(_IS_GOING)
_AHEAD = sql.select(func.count()).where(_IS_GOING, _ANSWER.c.in_line < bindparam("in_line"))
_ASK_AGAIN = (
    sql.update(_ANSWER)
    .where(_ANSWER.c.action_id == bindparam("of_action"))
    .values(is_asked_again=True)
)
_LET_IN = (
    sql.update(_ANSWER)
    .where(_ANSWER.c.action_id == bindparam("of_action"), _ANSWER.c.person_tag == bindparam("tag"))
    .values(in_line=None)
)


def answering(session: Session, action_id: int, person_tag: bytes) -> Answering | None:
    """Return what is to be known where this person answers, in one look."""
    values = {"action_id": action_id, "person_tag": person_tag}
    row = statements.row(session, _ANSWERING, values)
    if row is None:
        return None
    of_action = len(Answering._fields) - 1
    return Answering(ChatOfThing(*row[of_action:]), *row[:of_action])


def row_of(session: Session, action: ActionRow | Answering) -> ActionRow:
    """Return the row of an action, where it is to be changed."""
    return session.get_one(ActionRow, action.id)


def put_answer(
    session: Session,
    action_id: int,
    person_tag: bytes,
    answer: Answer,
    mac: bytes,
    *,
    guests: int = 0,
    in_line: int | None = None,
) -> None:
    """Keep a person's answer, in place of the one before."""
    insertion.put(
        session,
        AnswerRow,
        action_id=action_id,
        person_tag=person_tag,
        answer=answer,
        mac=mac,
        guests=guests,
        in_line=in_line,
        is_asked_again=False,
    )


def take_back(session: Session, action_id: int, person_tag: bytes) -> None:
    """Erase a person's answer."""
    statements.change(session, _TAKE_BACK, {"action_id": action_id, "person_tag": person_tag})


def taken(session: Session, action_id: int) -> int:
    """How many places are taken."""
    return int(statements.row(session, _TAKEN, {"action_id": action_id})[0])


def line(session: Session, action_id: int) -> list[Party]:
    """The parties that wait for room, the first first."""
    found = statements.rows(session, _LINE, {"action_id": action_id})
    return [Party(tag, people) for tag, people in found]


def last_in_line(session: Session, action_id: int) -> int:
    """The last place in the line; 0 where nobody waits."""
    return statements.row(session, _LAST_IN_LINE, {"action_id": action_id})[0] or 0


def ahead_of(session: Session, action_id: int, in_line: int) -> int:
    """How many parties wait before this place."""
    values = {"action_id": action_id, "in_line": in_line}
    return int(statements.row(session, _AHEAD, values)[0])


def let_in(session: Session, action_id: int, parties: Sequence[Party]) -> None:
    """These wait no longer: they have room."""
    for party in parties:
        statements.change(session, _LET_IN, {"of_action": action_id, "tag": party.tag})


def ask_again(session: Session, action_id: int) -> None:
    """Every answer was given for another time."""
    statements.change(session, _ASK_AGAIN, {"of_action": action_id})


def counts(session: Session, action: ActionRow) -> Counts:
    """How many people gave each answer, also after the answers themselves are erased."""
    if action.final_going is not None:
        return Counts(action.final_going, action.final_maybe or 0, action.final_cant or 0)
    return _counted(session, action.id, with_places=action.capacity is not None)


def _counted(session: Session, action_id: int, *, with_places: bool) -> Counts:
    """Whoever is asked again comes where places are counted: theirs are kept."""
    found = statements.rows(session, _COUNTS, {"action_id": action_id})
    people: Counter[str] = Counter()
    for answer, waits, is_asked_again, number in found:
        if is_asked_again:
            people["asked_again"] += int(number)
        if not is_asked_again or (with_places and answer is Answer.GOING):
            people["waiting" if waits else answer.value] += int(number)
    return Counts(**people)


def shown(session: Session, action: ActionRow) -> Counts:
    """How many gave each answer, as the public sees it."""
    if action.final_going is not None or not action.is_careful:
        return counts(session, action)
    return Counts(action.shown_going, action.shown_maybe, action.shown_cant, action.shown_waiting)


def show(session: Session, action: ActionRow, public: Counts) -> None:
    """Let the public see so many."""
    action.shown_going, action.shown_maybe = public.going, public.maybe
    action.shown_cant, action.shown_waiting = public.cant, public.waiting
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


def erase_people(session: Session, action: ActionRow) -> None:
    """Keep the numbers, forget who answered and who announced it; where they moved in fives, keep these."""
    if action.final_going is None:
        last = _counted(session, action.id, with_places=False)
        if action.is_careful:
            last = last.in_fives()
        action.final_going, action.final_maybe, action.final_cant = (
            last.going,
            last.maybe,
            last.cant,
        )
    action.author_tag = action.publish_at = None
    session.add(action)
    session.execute(delete(AnswerRow).where(col(AnswerRow.action_id) == action.id))
