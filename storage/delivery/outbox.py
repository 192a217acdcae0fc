"""What the bot has yet to say to a group, written in the transaction that decided it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any

from sqlalchemy import delete, update
from sqlmodel import Field, Session, SQLModel, col, select

from storage.indexes import partial_index
from storage.statements import table_of
from storage.types import EnumValue, UtcDateTime


class OutboxState(StrEnum):
    """`due` waits for its moment; `sending` is held by a sender until its lease ends; `uncertain` may have
    arrived, and an organiser is asked; `sent` and `skipped` are the ends."""

    DUE = "due"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    SKIPPED = "skipped"


class Urgency(IntEnum):
    """What goes first where much waits."""

    # Somebody did it just now.
    NOW = 0
    # Somebody wants it at its moment.
    TIMED = 1
    # The bot's own idea: milestones, digests.
    BULK = 2


_OVER = (OutboxState.SENT, OutboxState.UNCERTAIN, OutboxState.SKIPPED)


class OutboxRow(SQLModel, table=True):
    __tablename__ = "outbox"
    __table_args__ = (
        partial_index("ix_outbox_due", "urgency", "due_at", where="state = 'due'"),
        partial_index("ix_outbox_lease", "lease_until", where="lease_until IS NOT NULL"),
        partial_index(
            "ix_outbox_over", "due_at", where="state IN ('sent', 'uncertain', 'skipped')"
        ),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True)
    unique_key: str = Field(unique=True)
    kind: str
    ref: int
    chat_id: int = Field(foreign_key="chat.id", index=True)
    thread_id: int | None = None
    due_at: datetime = Field(sa_type=UtcDateTime)
    state: OutboxState = Field(default=OutboxState.DUE, sa_type=EnumValue(OutboxState))
    # A sender has it in hand until then; or, while it is due, a fault of ours keeps it back until then.
    lease_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    attempts: int = 0
    # A sender stopped between sending and recording: this one may already have been seen.
    repeated: bool = False
    # When the bot would say it by itself, were there no quiet hours; None where a person timed it.
    self_timed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    urgency: Urgency = Field(default=Urgency.NOW, sa_type=EnumValue(Urgency))
    # Its topic is gone, so it goes to General and says so.
    is_astray: bool = False
    # The topic that it was for, where that is closed and may open again.
    closed_thread_id: int | None = None
    # What it would have copied can't be: it comes in its own words.
    without_copies: bool = False
    # Telegram's words, where it was refused and waits by itself to be tried again.
    refusal: str | None = None
    # What it would have said, in a line, where organisers are told that it waits, passed unsaid, or may
    # have arrived.
    headline: str | None = None
    # The message in which an organiser is asked about it.
    question_id: int | None = None
    # It passed unsaid, and the list with this reference tells of it.
    told_with: int | None = None


IS_DUE: Any = table_of(OutboxRow).c.state == OutboxState.DUE


@dataclass(frozen=True)
class DuePost:
    """A post that is due, or in a sender's hand, as plain values."""

    id: int
    kind: str
    ref: int
    chat_id: int
    telegram_id: int
    thread_id: int | None
    due_at: datetime
    urgency: Urgency
    attempts: int
    repeated: bool
    is_astray: bool
    without_copies: bool
    is_self_timed: bool


@dataclass(frozen=True)
class Unsaid:
    """A row that passed, or that nobody knows the fate of, as organisers are told of it."""

    id: int
    chat_id: int
    headline: str
    due_at: datetime


@dataclass(frozen=True)
class FoundPost:
    """A row that got no answer, and is there all the same, as an organiser said."""

    id: int
    kind: str
    ref: int
    chat_id: int


def add(session: Session, row: OutboxRow) -> bool:
    """Put a row in, once for each unique key. False where that key has been said already."""
    if find(session, row.unique_key) is not None:
        return False
    session.add(row)
    session.flush()
    return True


def find(session: Session, unique_key: str) -> OutboxRow | None:
    return session.exec(select(OutboxRow).where(OutboxRow.unique_key == unique_key)).first()


def get(session: Session, row_id: int) -> OutboxRow | None:
    return session.get(OutboxRow, row_id)


def as_it_stands(session: Session, due: DuePost) -> DuePost:
    """The same post; its chat may have become one with another while it was on its way."""
    stored = session.get(OutboxRow, due.id)
    return replace(due, chat_id=stored.chat_id) if stored else due


def finish(session: Session, row_id: int, state: OutboxState) -> None:
    _set(session, row_id, state=state, lease_until=None, headline=None, refusal=None)


def leave(session: Session, row_id: int) -> None:
    """An organiser found it in its chat. That it was asked about stays known, its words don't."""
    _set(session, row_id, state=OutboxState.SENT, lease_until=None, headline="", refusal=None)


def put_back(session: Session, row_id: int, *, until: datetime | None = None) -> None:
    """Release a row, to be tried again, not before `until`. When it was due stays as it was, so that
    it knows itself late. What was sent or withdrawn meanwhile stays so."""
    set_unless_over(session, row_id, state=OutboxState.DUE, lease_until=until)


def repeat(session: Session, row_id: int) -> None:
    """It may have been seen: it comes again, and says so."""
    _make_due(session, row_id, repeated=True)


def ask_about(session: Session, row_id: int, headline: str) -> None:
    """It may have been seen: somebody has to look."""
    _set(
        session,
        row_id,
        state=OutboxState.UNCERTAIN,
        lease_until=None,
        refusal=None,
        headline=headline,
    )


def take_questions(session: Session, chat_id: int) -> list[tuple[int, int]]:
    """Forget where a chat's open questions stand. Gives each row's id with its question's number."""
    query = select(OutboxRow).where(
        OutboxRow.chat_id == chat_id,
        OutboxRow.state == OutboxState.UNCERTAIN,
        col(OutboxRow.question_id).is_not(None),
    )
    taken = []
    for row in session.exec(query).all():
        taken.append((row.id, row.question_id or 0))
        row.question_id = None
        session.add(row)
    return taken


def send_anew(session: Session, row_id: int, now: datetime) -> None:
    """Somebody looked, and it isn't there: it is said now, which is a moment that a person chose."""
    _set(
        session,
        row_id,
        state=OutboxState.DUE,
        due_at=now,
        self_timed_at=None,
        headline=None,
        refusal=None,
        question_id=None,
    )


def found(session: Session, chat_id: int, kinds: tuple[str, ...]) -> list[FoundPost]:
    """Rows of these kinds that an organiser found in the chat: sent, and asked about before."""
    query = select(OutboxRow).where(
        OutboxRow.chat_id == chat_id,
        OutboxRow.state == OutboxState.SENT,
        col(OutboxRow.headline).is_not(None),
        col(OutboxRow.kind).in_(kinds),
    )
    return [FoundPost(row.id, row.kind, row.ref, row.chat_id) for row in session.exec(query)]


def end_search(session: Session, row_id: int) -> None:
    """The message that an organiser found is known now."""
    _set(session, row_id, headline=None, question_id=None)


def let_pass(session: Session, row_id: int, headline: str, told_with: int) -> None:
    """Too late: it isn't said, but told of."""
    _set(
        session,
        row_id,
        state=OutboxState.SKIPPED,
        lease_until=None,
        headline=headline,
        refusal=None,
        told_with=told_with,
    )


def send_to_general(session: Session, row_id: int, *, instead_of: int | None = None) -> None:
    """Its topic is gone, or closed: say it in General."""
    _make_due(session, row_id, thread_id=None, is_astray=True, closed_thread_id=instead_of)


def back_to_topic(session: Session, row_id: int) -> int | None:
    """General is closed too: it waits for its own topic again. Returns that, None where it has none."""
    row = session.get(OutboxRow, row_id)
    thread_id = row.closed_thread_id if row else None
    if thread_id is not None:
        _set(session, row_id, thread_id=thread_id, is_astray=False, closed_thread_id=None)
    return thread_id


def send_in_words(session: Session, row_id: int) -> None:
    """What it would have copied can't be: it goes in its own words, at once."""
    _make_due(session, row_id, without_copies=True)


def _make_due(session: Session, row_id: int, **how: Any) -> None:
    """It goes at once, another way than it was refused."""
    set_unless_over(session, row_id, state=OutboxState.DUE, lease_until=None, refusal=None, **how)


def set_unless_over(session: Session, row_id: int, **values: Any) -> None:
    """Change a row, unless it was sent or withdrawn meanwhile."""
    session.execute(
        update(OutboxRow)
        .where(
            col(OutboxRow.id) == row_id,
            col(OutboxRow.state).not_in((OutboxState.SENT, OutboxState.SKIPPED)),
        )
        .values(**values)
    )


def _set(session: Session, row_id: int, **values: Any) -> None:
    session.execute(update(OutboxRow).where(col(OutboxRow.id) == row_id).values(**values))


def end_leases(session: Session, now: datetime) -> None:
    """No sender lives that could hold a row: what was in hand may be dealt with at once."""
    is_in_hand = (
        col(OutboxRow.lease_until).is_not(None),
        col(OutboxRow.state) == OutboxState.SENDING,
    )
    session.execute(update(OutboxRow).where(*is_in_hand).values(lease_until=now))


def ref_of_waiting(session: Session, kind: str, chat_id: int) -> int | None:
    """What a post of this kind that isn't sent yet refers to, None where the chat has none."""
    query = select(OutboxRow.ref).where(
        OutboxRow.chat_id == chat_id, OutboxRow.kind == kind, IS_DUE
    )
    return session.exec(query.limit(1)).first()


def refs_since(session: Session, chat_id: int, kind: str, moment: datetime) -> dict[str, int]:
    """What posts of a kind that a chat was to be told of since a moment refer to, by their keys."""
    query = select(OutboxRow.unique_key, OutboxRow.ref).where(
        OutboxRow.chat_id == chat_id, OutboxRow.kind == kind, OutboxRow.due_at > moment
    )
    return dict(session.exec(query).all())


def told_with(session: Session, ref: int) -> list[Unsaid]:
    """What a list tells of, in the order in which it was due; the list is named after its first row."""
    first = session.get(OutboxRow, ref)
    if first is None:
        return []
    query = (
        select(OutboxRow)
        .where(OutboxRow.chat_id == first.chat_id, OutboxRow.told_with == ref)
        .order_by(col(OutboxRow.due_at), col(OutboxRow.id))
    )
    return [unsaid_of(row) for row in session.exec(query)]


def unsaid_of(row: OutboxRow) -> Unsaid:
    return Unsaid(row.id, row.chat_id, row.headline or "", row.due_at)


def sent_before(session: Session, moment: datetime, limit: int) -> Sequence[int]:
    """What was said long ago; its unique key can't come again by then."""
    query = select(OutboxRow.id).where(*_is_sent_before(moment))
    return session.exec(query.order_by(col(OutboxRow.due_at)).limit(limit)).all()


def forget_sent_before(session: Session, moment: datetime, ids: Sequence[int]) -> None:
    """Erase such rows, those that still are."""
    session.execute(
        delete(table_of(OutboxRow)).where(col(OutboxRow.id).in_(ids), *_is_sent_before(moment))
    )


def _is_sent_before(moment: datetime) -> tuple[Any, ...]:
    return col(OutboxRow.state).in_(_OVER), col(OutboxRow.due_at) < moment


def held_back(session: Session, chat_id: int) -> list[OutboxRow]:
    """What the bot timed by itself in a chat and hasn't begun to send."""
    query = select(OutboxRow).where(
        OutboxRow.chat_id == chat_id,
        IS_DUE,
        col(OutboxRow.self_timed_at).is_not(None),
    )
    return list(session.exec(query))
