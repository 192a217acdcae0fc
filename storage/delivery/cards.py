"""Cards: where the message of a thing stands, and whether it must be redrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Index, bindparam, delete, func, text, update
from sqlmodel import Field, Session, SQLModel, col, select

from storage.chats import ChatRow, Presence
from storage.types import UtcDateTime
from storage.writer import once_a_commit

# Nothing in the session's memory is concerned, and looking there costs more than the statement.
_UNSYNCHRONISED = {"synchronize_session": False}


class CardRow(SQLModel, table=True):
    __tablename__ = "card"
    __table_args__ = (
        Index("ix_card_thing", "kind", "ref"),
        Index(
            "ix_card_dirty",
            "dirty_since",
            sqlite_where=text("dirty_since IS NOT NULL"),
            postgresql_where=text("dirty_since IS NOT NULL"),
        ),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True)
    kind: str
    ref: int
    chat_id: int = Field(foreign_key="chat.id", index=True)
    thread_id: int | None = None
    message_id: int
    dirty_since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # Counts the changes, so that a redraw doesn't wipe out a change that came meanwhile.
    changes: int = 0
    pinned: bool = False


@dataclass(frozen=True)
class DirtyCard:
    id: int
    kind: str
    ref: int
    chat_id: int
    thread_id: int | None
    message_id: int
    dirty_since: datetime
    changes: int
    pinned: bool


def add(session: Session, card: CardRow) -> int:
    session.add(card)
    session.flush()
    return card.id


_TABLE = SQLModel.metadata.tables["card"]
_MARK_DIRTY = (
    update(_TABLE)
    .where(_TABLE.c.kind == bindparam("of_kind"), _TABLE.c.ref == bindparam("of_ref"))
    .values(
        dirty_since=func.coalesce(_TABLE.c.dirty_since, bindparam("now", type_=UtcDateTime)),
        changes=_TABLE.c.changes + 1,
    )
)


def mark_dirty(session: Session, kind: str, ref: int, now: datetime) -> None:
    """All cards of a thing are to be redrawn. That is written at the end of the commit: a hundred taps on one
    card write it once."""
    values = {"of_kind": kind, "of_ref": ref, "now": now}
    once_a_commit(session, _MARK_DIRTY, (kind, ref), values)


def mark_all_dirty(session: Session, chat_id: int, now: datetime) -> None:
    session.execute(
        update(CardRow)
        .where(col(CardRow.chat_id) == chat_id)
        .values(dirty_since=func.coalesce(CardRow.dirty_since, now), changes=CardRow.changes + 1),
        execution_options=_UNSYNCHRONISED,
    )


def dirty(session: Session) -> list[DirtyCard]:
    """Cards waiting to be redrawn, the longest waiting first; not those of chats that are away."""
    query = (
        select(CardRow)
        .join(ChatRow, col(ChatRow.id) == col(CardRow.chat_id))
        .where(col(CardRow.dirty_since).is_not(None), ChatRow.presence != Presence.AWAY)
        .order_by(col(CardRow.dirty_since))
        .limit(500)
    )
    return [
        DirtyCard(
            card.id,
            card.kind,
            card.ref,
            card.chat_id,
            card.thread_id,
            card.message_id,
            card.dirty_since,
            card.changes,
            card.pinned,
        )
        for card in session.exec(query)
        if card.dirty_since is not None
    ]


def mark_drawn(session: Session, card_id: int, changes: int) -> None:
    """The card shows its state as of `changes`; a later change keeps it dirty."""
    session.execute(
        update(CardRow)
        .where(col(CardRow.id) == card_id, col(CardRow.changes) == changes)
        .values(dirty_since=None)
    )


def mark_pinned(session: Session, card_id: int, pinned: bool) -> None:
    session.execute(update(CardRow).where(col(CardRow.id) == card_id).values(pinned=pinned))


def remove(session: Session, card_id: int) -> None:
    card = session.get(CardRow, card_id)
    if card is not None:
        session.delete(card)


def forget(session: Session, kind: str, ref: int) -> None:
    """The thing is gone: its cards stay in their chat as they are."""
    session.execute(delete(CardRow).where(col(CardRow.kind) == kind, col(CardRow.ref) == ref))


def take_all(session: Session, chat_id: int) -> list[CardRow]:
    """Every card of a chat, the newest first, taken out of the table."""
    query = select(CardRow).where(CardRow.chat_id == chat_id).order_by(col(CardRow.id).desc())
    taken = list(session.exec(query))
    for card in taken:
        session.delete(card)
    session.flush()
    return taken


def latest(session: Session, kind: str, ref: int) -> CardRow | None:
    """The newest message of a thing; where links lead."""
    query = select(CardRow).where(CardRow.kind == kind, CardRow.ref == ref)
    return session.exec(query.order_by(col(CardRow.id).desc())).first()


def all_of(session: Session, kind: str, ref: int) -> list[CardRow]:
    return list(session.exec(select(CardRow).where(CardRow.kind == kind, CardRow.ref == ref)))
