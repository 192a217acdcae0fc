"""Updates whose effect is in the database: a second delivery of one must change nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete
from sqlmodel import Field, Session, SQLModel, col, select

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


def before(session: Session, moment: datetime, limit: int) -> Sequence[tuple[int, int]]:
    """The marks that were made before a moment: of which bot, of which update."""
    query = select(HandledUpdateRow.bot_id, HandledUpdateRow.update_id).where(
        HandledUpdateRow.hour < moment
    )
    return session.exec(query.order_by(col(HandledUpdateRow.hour)).limit(limit)).all()


_FORGET = delete(HandledUpdateRow).where(
    col(HandledUpdateRow.bot_id) == bindparam("of_bot"),
    col(HandledUpdateRow.update_id) == bindparam("of_update"),
)


def forget(session: Session, marks: Sequence[tuple[int, int]]) -> None:
    # One by one: SQLite looks through the whole table for a list of pairs.
    values = [{"of_bot": bot_id, "of_update": update_id} for bot_id, update_id in marks]
    session.connection().execute(_FORGET, values)
