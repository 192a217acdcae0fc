"""Cards: where the message of a thing stands, and whether it must be redrawn."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Index, bindparam, case, delete, func, update
from sqlalchemy import select as sa_select
from sqlmodel import Field, Session, SQLModel, col, select

from storage import chats, statements
from storage.chats import SETTINGS_COLUMNS, ChatRow, ChatSettings, Presence
from storage.indexes import partial_index
from storage.statements import table_of
from storage.types import UtcDateTime
from storage.writer import once_a_commit

# Nothing in the session's memory is concerned, and looking there costs more than the statement.
_UNSYNCHRONISED = {"synchronize_session": False}


class CardRow(SQLModel, table=True):
    __tablename__ = "card"
    __table_args__ = (
        Index("ix_card_thing", "kind", "ref"),
        partial_index("ix_card_dirty", "chat_id", "dirty_since", where="dirty_since IS NOT NULL"),
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
    """A card that waits to be redrawn, and its chat."""

    id: int
    kind: str
    ref: int
    chat_id: int
    thread_id: int | None
    message_id: int
    dirty_since: datetime
    changes: int
    pinned: bool
    # Since when another card of its chat waits, None where none does.
    next_in_chat: datetime | None
    chat: ChatSettings


_TABLE = table_of(CardRow)
_CARD, _CHAT = _TABLE.c, table_of(ChatRow).c
_IN_CHATS = _TABLE.join(table_of(ChatRow), _CHAT.id == _CARD.chat_id)


def add(session: Session, card: CardRow) -> int:
    session.add(card)
    session.flush()
    return card.id


_MARK_DIRTY = (
    update(_TABLE)
    .where(_CARD.kind == bindparam("of_kind"), _CARD.ref == bindparam("of_ref"))
    .values(
        dirty_since=func.coalesce(_CARD.dirty_since, bindparam("now", type_=UtcDateTime)),
        changes=_CARD.changes + 1,
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


_PLACE: dict[str, Any] = {"partition_by": _CARD.chat_id, "order_by": (_CARD.dirty_since, _CARD.id)}
_WAITING = (
    sa_select(
        _CARD.id,
        func.row_number().over(**_PLACE).label("place"),
        func.lead(_CARD.dirty_since, type_=UtcDateTime()).over(**_PLACE).label("next_in_chat"),
    )
    .select_from(_IN_CHATS)
    .where(
        _CARD.dirty_since.is_not(None),
        _CHAT.presence != Presence.AWAY,
        _CHAT.telegram_id.not_in(bindparam("busy", expanding=True)),
        _CARD.id.not_in(bindparam("held", expanding=True)),
    )
    .subquery()
)
_DIRTY = (
    sa_select(
        _CARD.id,
        _CARD.kind,
        _CARD.ref,
        _CARD.chat_id,
        _CARD.thread_id,
        _CARD.message_id,
        _CARD.dirty_since,
        _CARD.changes,
        _CARD.pinned,
        _WAITING.c.next_in_chat,
        *SETTINGS_COLUMNS,
    )
    .select_from(_IN_CHATS.join(_WAITING, _WAITING.c.id == _CARD.id))
    .where(_WAITING.c.place == 1)
    .order_by(_CARD.dirty_since, _CARD.id)
    .limit(bindparam("most"))
)


def dirty(
    session: Session, *, busy: Collection[int], held: Collection[int], limit: int
) -> list[DirtyCard]:
    """The card of each chat that has waited longest to be redrawn, the longest waiting first.

    Not those of chats that are away, nor of `busy` ones (Telegram's ids); and no card that is `held`.
    """
    values = {"busy": list(busy), "held": list(held), "most": limit}
    found = statements.rows(session, _DIRTY, values)
    return [DirtyCard(*(*row[:10], chats.settings_in(row[10:]))) for row in found]


_DIRTY_AMONG = (
    sa_select(_CARD.id)
    .select_from(_IN_CHATS)
    .where(
        _CARD.dirty_since.is_not(None),
        _CHAT.presence != Presence.AWAY,
        _CHAT.telegram_id.in_(bindparam("busy", expanding=True)),
    )
    .limit(1)
)


def has_dirty_among(session: Session, busy: Collection[int]) -> bool:
    """Whether a card waits in one of these chats (Telegram's ids)."""
    values = {"busy": list(busy)}
    return bool(busy) and statements.row(session, _DIRTY_AMONG, values) is not None


_MARK_DRAWN = (
    update(_TABLE)
    .where(_CARD.id == bindparam("card_id"), _CARD.dirty_since.is_not(None))
    .values(
        dirty_since=case(
            (_CARD.changes == bindparam("seen"), None), else_=bindparam("at", type_=UtcDateTime)
        )
    )
)


def mark_drawn(session: Session, drawn: Iterable[DirtyCard], at: datetime) -> None:
    """These show their state as of that moment. What changed since keeps a card dirty, from then on."""
    values = [{"card_id": each.id, "seen": each.changes, "at": at} for each in drawn]
    if values:
        session.connection().execute(_MARK_DRAWN, values)


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


def newest_in(session: Session, chat_id: int) -> CardRow | None:
    """The card that was posted last in this chat."""
    query = select(CardRow).where(CardRow.chat_id == chat_id)
    return session.exec(query.order_by(col(CardRow.id).desc()).limit(1)).first()


def latest(session: Session, kind: str, ref: int) -> CardRow | None:
    """The newest message of a thing; where links lead."""
    query = select(CardRow).where(CardRow.kind == kind, CardRow.ref == ref)
    return session.exec(query.order_by(col(CardRow.id).desc())).first()


def shown_by(session: Session, kind: str, chat_id: int, message_id: int) -> int | None:
    """Of which thing this message of a chat is the card."""
    wanted = (
        CardRow.chat_id == chat_id,
        CardRow.kind == kind,
        CardRow.message_id == message_id,
    )
    card = session.exec(select(CardRow).where(*wanted)).first()
    return card.ref if card is not None else None


def all_of(session: Session, kind: str, ref: int) -> list[CardRow]:
    return list(session.exec(select(CardRow).where(CardRow.kind == kind, CardRow.ref == ref)))
