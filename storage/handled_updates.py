"""Updates whose effect is in the database: a second delivery of one must change nothing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Field, Session, SQLModel, col

from storage.insertion import insert_if_new
from storage.types import TelegramId, UtcDateTime


class HandledUpdateRow(SQLModel, table=True):
    __tablename__ = "handled_update"
    __table_args__ = {"sqlite_with_rowid": False}

    bot_id: int = Field(sa_type=TelegramId, primary_key=True)
    update_id: int = Field(sa_type=TelegramId, primary_key=True)
    # To the hour: enough to forget it after two days, too coarse to order what people did.
    hour: datetime = Field(sa_type=UtcDateTime, index=True)


def claim(session: Session, bot_id: int, update_id: int, now: datetime) -> bool:
    """Whether this update is new. Its mark is committed together with its effect."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    return insert_if_new(session, HandledUpdateRow, bot_id=bot_id, update_id=update_id, hour=hour)


def forget_before(session: Session, moment: datetime) -> None:
    session.execute(delete(HandledUpdateRow).where(col(HandledUpdateRow.hour) < moment))
