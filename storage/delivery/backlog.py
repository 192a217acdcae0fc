"""How much waits in the outbox that is due, for whoever looks after the bot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, bindparam, case, exists, func, select
from sqlmodel import Session

from storage import statements
from storage.chats import ChatRow, Presence
from storage.delivery.holds import HoldRow
from storage.delivery.outbox import IS_DUE, OutboxRow, Urgency
from storage.statements import table_of
from storage.types import UtcDateTime

_OUTBOX, _CHAT, _HOLD = table_of(OutboxRow), table_of(ChatRow), table_of(HoldRow)


@dataclass(frozen=True)
class Backlog:
    """Posts that are due and not sent, by number."""

    # Nothing but our own doing keeps these, the first of them due since `open_since`.
    open: int
    open_since: datetime | None
    # Telegram or the group doesn't let the bot say these, or didn't when it was tried last.
    held: int
    # Of all of them, those that were tried before.
    tried: int


# A hold that is over stays until something was said there: nobody knows before whether it may be.
_IS_OPEN = and_(
    _OUTBOX.c.refusal.is_(None),
    _CHAT.c.presence != Presence.AWAY,
    ~exists().where(_HOLD.c.chat_id == _OUTBOX.c.chat_id),
)
_BACKLOG = (
    select(
        func.count(case((_IS_OPEN, 1))),
        func.min(case((_IS_OPEN, _OUTBOX.c.due_at))),
        func.count(case((~_IS_OPEN, 1))),
        func.count(case((_OUTBOX.c.attempts > 0, 1))),
    )
    .select_from(_OUTBOX.join(_CHAT, _CHAT.c.id == _OUTBOX.c.chat_id))
    .where(
        IS_DUE,
        _OUTBOX.c.urgency.in_(list(Urgency)),
        _OUTBOX.c.due_at <= bindparam("now", type_=UtcDateTime()),
    )
)


def backlog(session: Session, now: datetime) -> Backlog:
    """Return what was due by now and waits."""
    return Backlog(*statements.row(session, _BACKLOG, {"now": now}))
