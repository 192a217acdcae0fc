"""Posts whose moment has come and that don't stand yet, and Telegram's words where it refused them."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from storage.delivery.outbox import IS_DUE, OutboxRow, OutboxState, set_unless_over

_NOT_SURE = (OutboxState.DUE, OutboxState.SENDING, OutboxState.UNCERTAIN)


def keep(session: Session, row_id: int, refusal: str, headline: str) -> None:
    """Why it waits, in Telegram's words, and what it will say, in a line: organisers are told."""
    set_unless_over(session, row_id, refusal=refusal, headline=headline)


def all_refused(session: Session, chat_id: int) -> list[OutboxRow]:
    """What Telegram refused in a chat, and what waits by itself to be tried again."""
    query = select(OutboxRow).where(
        OutboxRow.chat_id == chat_id, IS_DUE, col(OutboxRow.refusal).is_not(None)
    )
    return list(session.exec(query))


def of_thing(
    session: Session, chat_id: int, kind: str, ref: int, now: datetime
) -> OutboxRow | None:
    """The post of a thing that is due and isn't known to stand; the first where there are several."""
    query = (
        select(OutboxRow)
        .where(
            OutboxRow.chat_id == chat_id,
            OutboxRow.kind == kind,
            OutboxRow.ref == ref,
            col(OutboxRow.due_at) <= now,
            col(OutboxRow.state).in_(_NOT_SURE),
        )
        .order_by(col(OutboxRow.due_at), col(OutboxRow.id))
    )
    return session.exec(query.limit(1)).first()


def of_kind(session: Session, chat_id: int, kind: str, now: datetime) -> list[OutboxRow]:
    """What is due in a chat, of one kind, and not sent yet."""
    query = (
        select(OutboxRow)
        .where(
            OutboxRow.chat_id == chat_id,
            OutboxRow.kind == kind,
            IS_DUE,
            col(OutboxRow.due_at) <= now,
        )
        .order_by(col(OutboxRow.due_at), col(OutboxRow.id))
    )
    return list(session.exec(query))


def try_now(session: Session, row_id: int) -> None:
    """It waited long enough."""
    set_unless_over(session, row_id, lease_until=None)
