"""Unfinished business: a preview waiting for its Publish, a question waiting for its answer.

What people typed is sealed; who typed it is a tag. Rows live for an hour.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import Field, Session, SQLModel, col, select

from storage.types import UtcDateTime


class DraftRow(SQLModel, table=True):
    __tablename__ = "draft"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int = Field(default=None, primary_key=True)
    chat_id: int = Field(foreign_key="chat.id", index=True)
    person_tag: bytes = Field(index=True)
    flow: str
    awaits_typing: bool = False
    sealed: bytes
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)


def get(session: Session, draft_id: int) -> DraftRow | None:
    return session.get(DraftRow, draft_id)


def add(session: Session, draft: DraftRow) -> int:
    session.add(draft)
    session.flush()
    return draft.id


def awaiting_typing(session: Session, person_tag: bytes, now: datetime) -> DraftRow | None:
    """The question that this person's next private message answers: the latest asked."""
    query = (
        select(DraftRow)
        .where(
            DraftRow.person_tag == person_tag,
            col(DraftRow.awaits_typing),
            DraftRow.expires_at > now,
        )
        .order_by(col(DraftRow.id).desc())
    )
    return session.exec(query).first()


def await_nothing(session: Session, person_tag: bytes) -> None:
    """No draft of this person awaits their typing any longer; what is in them stays."""
    asked = update(DraftRow).where(
        col(DraftRow.person_tag) == person_tag, col(DraftRow.awaits_typing)
    )
    session.execute(asked.values(awaits_typing=False))


def of_person(
    session: Session, person_tag: bytes, chat_id: int, flow: str, now: datetime
) -> list[DraftRow]:
    """A person's live drafts of a flow in a chat, the newest first."""
    query = select(DraftRow).where(
        DraftRow.person_tag == person_tag,
        DraftRow.chat_id == chat_id,
        DraftRow.flow == flow,
        DraftRow.expires_at > now,
    )
    return list(session.exec(query.order_by(col(DraftRow.id).desc())))


def remove(session: Session, draft: DraftRow) -> None:
    session.delete(draft)


def forget_before(session: Session, moment: datetime) -> None:
    session.execute(delete(DraftRow).where(col(DraftRow.expires_at) < moment))
