"""Which rows of the outbox come next, and when: the questions that delivery asks every turn.

All of them go through partial indexes, so that what waits for another day costs nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, bindparam, exists, func, or_, select
from sqlalchemy.sql.elements import Over
from sqlmodel import Session

from storage import statements
from storage.chats import ChatRow, Presence
from storage.delivery.holds import WHOLE_CHAT, HoldRow, concerns
from storage.delivery.outbox import IS_DUE, DuePost, OutboxRow, OutboxState, Urgency
from storage.delivery.sending import DUE_COLUMNS
from storage.statements import table_of
from storage.types import EnumValue, UtcDateTime

_OUTBOX, _CHAT, _HOLD = table_of(OutboxRow), table_of(ChatRow), table_of(HoldRow)
_POST = _OUTBOX.c
_IN_CHATS = _OUTBOX.join(_CHAT, _CHAT.c.id == _POST.chat_id)
_NOW = bindparam("now", type_=UtcDateTime())
# Telegram's ids of chats that take nothing now.
_BUSY: Any = bindparam("busy", expanding=True)
_ANY_URGENCY = _POST.urgency.in_(list(Urgency))
_IN_ORDER = (_POST.due_at, _POST.id)


@dataclass(frozen=True)
class Moments:
    """When delivery has something to do in the outbox next, and whether anything is due, be it where
    nothing can be said now."""

    next: datetime | None
    is_any_due: bool


def _may_speak_in_chat() -> Any:
    is_held = exists().where(
        _HOLD.c.chat_id == _POST.chat_id, _HOLD.c.until > _NOW, concerns(_POST.thread_id)
    )
    return and_(_CHAT.c.presence != Presence.AWAY, ~is_held)


def _is_open(urgency: Any) -> tuple[Any, ...]:
    """Due rows of chats that take something now."""
    return (
        IS_DUE,
        _POST.urgency == urgency,
        _may_speak_in_chat(),
        _CHAT.c.telegram_id.not_in(_BUSY),
    )


def _place_in_chat() -> Over[int]:
    """Which row of its chat comes first, second and so on."""
    order = (_POST.due_at, func.coalesce(_POST.self_timed_at, _POST.due_at), _POST.id)
    return func.row_number().over(partition_by=_POST.chat_id, order_by=order)


def _first_of_chats(*which: Any) -> Select[Any]:
    ranked = (
        select(_POST.id, _place_in_chat().label("place"))
        .select_from(_IN_CHATS)
        .where(
            *_is_open(bindparam("urgency", type_=EnumValue(Urgency))),
            _POST.due_at <= _NOW,
            or_(_POST.lease_until.is_(None), _POST.lease_until <= _NOW),
            *which,
        )
        .subquery()
    )
    return (
        select(*DUE_COLUMNS)
        .select_from(_IN_CHATS.join(ranked, ranked.c.id == _POST.id))
        .where(ranked.c.place == 1)
        .order_by(*_IN_ORDER)
        .limit(bindparam("most"))
    )


_FIRST_BUT_NOT = _first_of_chats(_POST.chat_id.not_in(bindparam("but_not", expanding=True)))
_FIRST_AMONG = _first_of_chats(_POST.chat_id.in_(bindparam("among", expanding=True)))


def next_of_each_chat(
    session: Session,
    now: datetime,
    urgency: Urgency,
    *,
    limit: int,
    busy: Collection[int],
    but_not: Collection[int],
) -> list[DuePost]:
    """The row of this urgency that comes first in each chat, the longest due first; none is claimed.

    What waited for the end of the same quiet hours goes in the order in which it would have been said.
    `busy` are Telegram's ids of chats that take nothing now, `but_not` our own ids of chats to leave out.
    """
    return _due(
        session,
        _FIRST_BUT_NOT,
        now=now,
        urgency=urgency,
        most=limit,
        busy=list(busy),
        but_not=list(but_not),
    )


def next_among(
    session: Session,
    now: datetime,
    urgency: Urgency,
    *,
    limit: int,
    busy: Collection[int],
    among: Collection[int],
) -> list[DuePost]:
    """The same, of these chats alone, by our own ids."""
    return _due(
        session,
        _FIRST_AMONG,
        now=now,
        urgency=urgency,
        most=limit,
        busy=list(busy),
        among=list(among),
    )


_LEFT_IN_HAND = (
    select(*DUE_COLUMNS)
    .select_from(_IN_CHATS)
    .where(_POST.lease_until <= _NOW, _POST.state == OutboxState.SENDING)
    .order_by(*_IN_ORDER)
    .limit(100)
)


def left_in_hand(session: Session, now: datetime) -> list[DuePost]:
    """Rows whose sender stopped between claiming and recording; they may have been sent."""
    return _due(session, _LEFT_IN_HAND, now=now)


_TOO_LATE = (
    select(*DUE_COLUMNS)
    .select_from(_IN_CHATS)
    .where(
        IS_DUE,
        _ANY_URGENCY,
        _POST.due_at < bindparam("due_before"),
        _POST.kind.in_(bindparam("kinds", expanding=True)),
        _CHAT.c.presence != Presence.AWAY,
    )
    .order_by(*_IN_ORDER)
    .limit(bindparam("most"))
)


def too_late(
    session: Session, due_before: datetime, kinds: Collection[str], *, limit: int
) -> list[DuePost]:
    """Rows of these kinds that were due before a moment, in chats where the bot is."""
    return _due(session, _TOO_LATE, due_before=due_before, kinds=list(kinds), most=limit)


_SILENT_WHERE_AWAY = (
    select(_POST.chat_id)
    .select_from(_IN_CHATS)
    .where(
        IS_DUE,
        _ANY_URGENCY,
        _POST.due_at <= _NOW,
        _CHAT.c.presence == Presence.AWAY,
        ~exists().where(
            _HOLD.c.chat_id == _POST.chat_id, _HOLD.c.is_silenced, _HOLD.c.what == WHOLE_CHAT
        ),
    )
    .distinct()
    .limit(100)
)


def silent_where_away(session: Session, now: datetime) -> list[int]:
    """Our ids of chats without the bot in which something is due and that nobody noted as silent yet."""
    return list(session.connection().execute(_SILENT_WHERE_AWAY, {"now": now}).scalars())


def _next_due(urgency: Urgency) -> Any:
    return (
        select(_POST.due_at)
        .select_from(_IN_CHATS)
        .where(*_is_open(urgency), _POST.lease_until.is_(None))
        .order_by(_POST.due_at)
        .limit(1)
        .scalar_subquery()
    )


_NEXT_LEASE_END = (
    select(func.min(_POST.lease_until))
    .select_from(_IN_CHATS)
    .where(
        _POST.lease_until.is_not(None),
        or_(
            _POST.state == OutboxState.SENDING,
            _may_speak_in_chat() & _CHAT.c.telegram_id.not_in(_BUSY),
        ),
    )
    .scalar_subquery()
)
# When something that is due and held may be tried again.
_NEXT_HOLD_END = (
    select(func.min(_HOLD.c.until))
    .select_from(_HOLD.join(_CHAT, _CHAT.c.id == _HOLD.c.chat_id))
    .where(
        _HOLD.c.until > _NOW,
        _CHAT.c.presence != Presence.AWAY,
        exists().where(_POST.chat_id == _HOLD.c.chat_id, IS_DUE, concerns(_POST.thread_id)),
    )
    .scalar_subquery()
)
_IS_ANY_DUE = exists().where(IS_DUE, _ANY_URGENCY, _POST.due_at <= _NOW)
_MOMENTS = select(
    _IS_ANY_DUE.label("is_any_due"),
    *(_next_due(urgency).label(f"next_{urgency.name.lower()}") for urgency in Urgency),
    _NEXT_LEASE_END.label("next_lease_end"),
    _NEXT_HOLD_END.label("next_hold_end"),
)


def moments(session: Session, now: datetime, *, busy: Collection[int]) -> Moments:
    """When delivery has something to do next, busy chats (Telegram's ids) aside."""
    values = {"now": now, "busy": list(busy)}
    row = statements.row(session, _MOMENTS, values)
    is_any_due, *all_moments = row
    known = [moment for moment in all_moments if moment is not None]
    return Moments(min(known, default=None), bool(is_any_due))


_DUE_AMONG = (
    select(_POST.id)
    .select_from(_IN_CHATS)
    .where(
        IS_DUE,
        _ANY_URGENCY,
        _POST.due_at <= _NOW,
        _CHAT.c.telegram_id.in_(_BUSY),
        _CHAT.c.presence != Presence.AWAY,
    )
    .limit(1)
)


def has_due_among(session: Session, now: datetime, busy: Collection[int]) -> bool:
    """Whether something is due already in one of these chats (Telegram's ids)."""
    values = {"now": now, "busy": list(busy)}
    return bool(busy) and statements.row(session, _DUE_AMONG, values) is not None


def _due(session: Session, query: Select[Any], **values: Any) -> list[DuePost]:
    rows = statements.rows(session, query, values)
    return [DuePost(*row) for row in rows]
