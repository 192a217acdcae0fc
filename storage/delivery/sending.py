"""What a sender asks and writes for each post: where it goes, that it is in hand, and that it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, exists, select, update
from sqlmodel import Session

from storage import chats, statements
from storage.chats import SETTINGS_COLUMNS, ChatRow, ChatSettings
from storage.delivery.holds import HoldRow
from storage.delivery.outbox import DuePost, OutboxRow, OutboxState
from storage.statements import table_of

_OUTBOX, _CHAT, _HOLD = table_of(OutboxRow), table_of(ChatRow), table_of(HoldRow)
DUE_COLUMNS: tuple[Any, ...] = (
    _OUTBOX.c.id,
    _OUTBOX.c.kind,
    _OUTBOX.c.ref,
    _OUTBOX.c.chat_id,
    _CHAT.c.telegram_id,
    _OUTBOX.c.thread_id,
    _OUTBOX.c.due_at,
    _OUTBOX.c.urgency,
    _OUTBOX.c.attempts,
    _OUTBOX.c.repeated,
    _OUTBOX.c.is_astray,
    _OUTBOX.c.without_copies,
    _OUTBOX.c.self_timed_at.is_not(None).label("is_self_timed"),
)
"""The values of a `DuePost`, in a query that joins chats."""


@dataclass(frozen=True)
class Destination:
    """The chat that a post is for, as it is now, and whether there is any hold in it, be it over."""

    chat: ChatSettings
    has_holds: bool


_CLAIM = (
    update(_OUTBOX)
    .where(_OUTBOX.c.id == bindparam("row_id"), _OUTBOX.c.state == OutboxState.DUE)
    .values(
        state=OutboxState.SENDING,
        lease_until=bindparam("until"),
        attempts=_OUTBOX.c.attempts + 1,
    )
)


def claim(session: Session, row_id: int, now: datetime, *, lease: timedelta) -> bool:
    """Take a row for sending. False where somebody else took it, or it isn't due any more."""
    values = {"row_id": row_id, "until": now + lease}
    return statements.change(session, _CLAIM, values) == 1


_DESTINATION = (
    select(
        exists().where(_HOLD.c.chat_id == _CHAT.c.id).label("has_holds"),
        *SETTINGS_COLUMNS,
    )
    .select_from(_OUTBOX.join(_CHAT, _CHAT.c.id == _OUTBOX.c.chat_id))
    .where(_OUTBOX.c.id == bindparam("row_id"))
)


def destination(session: Session, due: DuePost) -> Destination:
    """Where a post goes; its chat may have become one with another while it was on its way."""
    row = statements.row(session, _DESTINATION, {"row_id": due.id})
    if row is None:
        return Destination(chats.settings_of(chats.get(session, due.chat_id)), True)
    has_holds, *settings = row
    return Destination(chats.settings_in(settings), bool(has_holds))


_MARK_SENT = (
    update(_OUTBOX)
    .where(_OUTBOX.c.id == bindparam("row_id"))
    .values(state=OutboxState.SENT, lease_until=None, headline=None, refusal=None)
)


def mark_sent(session: Session, row_id: int) -> None:
    """It stands in its chat."""
    statements.change(session, _MARK_SENT, {"row_id": row_id})
