"""Ways from a group into the private chat: for one person, for a quarter of an hour.

A row is also the proof that the person was in that group: only someone who tapped there has one.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Field, Session, SQLModel, col, select

from storage.types import UtcDateTime


class DeepLinkRow(SQLModel, table=True):
    __tablename__ = "deep_link"

    token: str = Field(primary_key=True)
    person_tag: bytes = Field(index=True)
    chat_id: int = Field(foreign_key="chat.id")
    thread_id: int | None = None
    page: str
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)


def add(session: Session, link: DeepLinkRow) -> None:
    session.add(link)
    session.flush()


def find(session: Session, token: str, now: datetime) -> DeepLinkRow | None:
    link = session.get(DeepLinkRow, token)
    return link if link is not None and link.expires_at > now else None


def latest_into(
    session: Session, person_tag: bytes, chat_id: int, now: datetime
) -> DeepLinkRow | None:
    """A live link of this person from this chat, if there is one."""
    query = select(DeepLinkRow).where(
        DeepLinkRow.person_tag == person_tag,
        DeepLinkRow.chat_id == chat_id,
        DeepLinkRow.expires_at > now,
    )
    return session.exec(query.order_by(col(DeepLinkRow.expires_at).desc())).first()


def forget_before(session: Session, moment: datetime) -> None:
    session.execute(delete(DeepLinkRow).where(col(DeepLinkRow.expires_at) < moment))
