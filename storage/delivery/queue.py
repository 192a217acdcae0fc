"""Which rows of the outbox come next, and when: the questions that delivery asks every turn.

All of them go through partial indexes, so that what waits for another day costs nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import and_, exists, func, or_
from sqlalchemy.sql.elements import Over
from sqlmodel import Session, col, select

from storage.chats import ChatRow, Presence
from storage.delivery.holds import WHOLE_CHAT, HoldRow, concerns
from storage.delivery.outbox import IS_DUE, DuePost, OutboxRow, OutboxState, Urgency, due_post


def _is_open(now: datetime, urgency: Urgency, busy: Collection[int]) -> tuple[Any, ...]:
    """Due rows of chats that take something now; `busy` are Telegram's ids of those that don't."""
    return (
        IS_DUE,
        col(OutboxRow.urgency) == urgency,
        _may_speak_in_chat(now),
        col(ChatRow.telegram_id).not_in(busy),
    )


def _may_speak_in_chat(now: datetime) -> Any:
    is_held = exists().where(
        col(HoldRow.chat_id) == col(OutboxRow.chat_id),
        col(HoldRow.until) > now,
        concerns(OutboxRow.thread_id),
    )
    return and_(col(ChatRow.presence) != Presence.AWAY, ~is_held)


def _without_lease(now: datetime) -> Any:
    return or_(col(OutboxRow.lease_until).is_(None), col(OutboxRow.lease_until) <= now)


def next_of_each_chat(
    session: Session,
    now: datetime,
    urgency: Urgency,
    *,
    limit: int,
    busy: Collection[int],
    but_not: Collection[int],
    among: Collection[int] | None = None,
) -> list[DuePost]:
    """The row of this urgency that comes first in each chat, the longest due first; none is claimed.

    What waited for the end of the same quiet hours goes in the order in which it would have been said.
    `busy` are Telegram's ids of chats that take nothing now, `but_not` our own ids of chats to leave out,
    `among` those of the only chats to look at.
    """
    ranked = (
        select(OutboxRow.id, _place_in_chat().label("place"))
        .join(ChatRow, col(ChatRow.id) == col(OutboxRow.chat_id))
        .where(
            *_is_open(now, urgency, busy),
            col(OutboxRow.due_at) <= now,
            _without_lease(now),
            col(OutboxRow.chat_id).not_in(but_not),
            *([] if among is None else [col(OutboxRow.chat_id).in_(among)]),
        )
        .subquery()
    )
    query = (
        select(OutboxRow, ChatRow.telegram_id)
        .join(ChatRow, col(ChatRow.id) == col(OutboxRow.chat_id))
        .join(ranked, ranked.c.id == col(OutboxRow.id))
        .where(ranked.c.place == 1)
        .order_by(col(OutboxRow.due_at), col(OutboxRow.id))
        .limit(limit)
    )
    return [due_post(row, telegram_id) for row, telegram_id in session.exec(query)]


def _place_in_chat() -> Over[int]:
    """Which row of its chat comes first, second and so on."""
    order = (
        col(OutboxRow.due_at),
        func.coalesce(OutboxRow.self_timed_at, OutboxRow.due_at),
        col(OutboxRow.id),
    )
    return func.row_number().over(partition_by=col(OutboxRow.chat_id), order_by=order)


def left_in_hand(session: Session, now: datetime) -> list[DuePost]:
    """Rows whose sender stopped between claiming and recording; they may have been sent."""
    query = (
        select(OutboxRow, ChatRow.telegram_id)
        .join(ChatRow, col(ChatRow.id) == col(OutboxRow.chat_id))
        .where(col(OutboxRow.lease_until) <= now, col(OutboxRow.state) == OutboxState.SENDING)
        .order_by(col(OutboxRow.due_at), col(OutboxRow.id))
        .limit(100)
    )
    return [due_post(row, telegram_id) for row, telegram_id in session.exec(query)]


def too_late(
    session: Session, due_before: datetime, kinds: Collection[str], *, limit: int
) -> list[DuePost]:
    """Rows of these kinds that were due before a moment, in chats where the bot is."""
    query = (
        select(OutboxRow, ChatRow.telegram_id)
        .join(ChatRow, col(ChatRow.id) == col(OutboxRow.chat_id))
        .where(
            IS_DUE,
            col(OutboxRow.urgency).in_(list(Urgency)),
            col(OutboxRow.due_at) < due_before,
            col(OutboxRow.kind).in_(kinds),
            ChatRow.presence != Presence.AWAY,
        )
        .order_by(col(OutboxRow.due_at), col(OutboxRow.id))
        .limit(limit)
    )
    return [due_post(row, telegram_id) for row, telegram_id in session.exec(query)]


def silent_where_away(session: Session, now: datetime) -> list[int]:
    """Our ids of chats without the bot in which something is due and that nobody noted as silent yet."""
    is_noted = exists().where(
        col(HoldRow.chat_id) == col(OutboxRow.chat_id),
        col(HoldRow.is_silenced),
        col(HoldRow.what) == WHOLE_CHAT,
    )
    query = (
        select(OutboxRow.chat_id)
        .join(ChatRow, col(ChatRow.id) == col(OutboxRow.chat_id))
        .where(
            IS_DUE,
            col(OutboxRow.urgency).in_(list(Urgency)),
            col(OutboxRow.due_at) <= now,
            ChatRow.presence == Presence.AWAY,
            ~is_noted,
        )
        .distinct()
        .limit(100)
    )
    return list(session.exec(query))


def next_moment(session: Session, now: datetime, *, busy: Collection[int]) -> datetime | None:
    """When delivery has something to do next, busy chats (Telegram's ids) aside."""
    moments = [_next_due(session, now, urgency, busy) for urgency in Urgency]
    moments += [_next_lease_end(session, now, busy), _next_hold_end(session, now)]
    return min((moment for moment in moments if moment is not None), default=None)


def _next_due(
    session: Session, now: datetime, urgency: Urgency, busy: Collection[int]
) -> datetime | None:
    query = (
        select(OutboxRow.due_at)
        .join(ChatRow, col(ChatRow.id) == col(OutboxRow.chat_id))
        .where(*_is_open(now, urgency, busy), col(OutboxRow.lease_until).is_(None))
        .order_by(col(OutboxRow.due_at))
        .limit(1)
    )
    return session.exec(query).first()


def _next_lease_end(session: Session, now: datetime, busy: Collection[int]) -> datetime | None:
    query = (
        select(func.min(OutboxRow.lease_until))
        .join(ChatRow, col(ChatRow.id) == col(OutboxRow.chat_id))
        .where(
            col(OutboxRow.lease_until).is_not(None),
            or_(
                col(OutboxRow.state) == OutboxState.SENDING,
                _may_speak_in_chat(now) & col(ChatRow.telegram_id).not_in(busy),
            ),
        )
    )
    return session.exec(query).first()


def _next_hold_end(session: Session, now: datetime) -> datetime | None:
    """When something that is due and held may be tried again."""
    query = (
        select(func.min(HoldRow.until))
        .join(ChatRow, col(ChatRow.id) == col(HoldRow.chat_id))
        .where(
            col(HoldRow.until) > now,
            ChatRow.presence != Presence.AWAY,
            exists().where(
                col(OutboxRow.chat_id) == col(HoldRow.chat_id),
                IS_DUE,
                concerns(OutboxRow.thread_id),
            ),
        )
    )
    return session.exec(query).first()


def has_due_among(session: Session, now: datetime, busy: Collection[int]) -> bool:
    """Whether something is due already in one of these chats (Telegram's ids)."""
    query = (
        select(OutboxRow.id)
        .join(ChatRow, col(ChatRow.id) == col(OutboxRow.chat_id))
        .where(
            IS_DUE,
            col(OutboxRow.urgency).in_(list(Urgency)),
            col(OutboxRow.due_at) <= now,
            col(ChatRow.telegram_id).in_(busy),
            ChatRow.presence != Presence.AWAY,
        )
        .limit(1)
    )
    return bool(busy) and session.exec(query).first() is not None
