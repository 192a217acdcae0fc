"""Updates whose effect is in the database: a second delivery of one must change nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete
from sqlmodel import Field, Session, SQLModel, col, select

from storage.insertion import new_rows
from storage.statements import table_of
from storage.types import TelegramId, UtcDateTime


class HandledUpdateRow(SQLModel, table=True):
    __tablename__ = "handled_update"
    __table_args__ = {"sqlite_with_rowid": False}

    bot_id: int = Field(sa_type=TelegramId, primary_key=True)
    update_id: int = Field(sa_type=TelegramId, primary_key=True)
    hour: datetime = Field(sa_type=UtcDateTime, index=True)


_TABLE = table_of(HandledUpdateRow)
_TAKE_OUT = delete(_TABLE).where(
    _TABLE.c.bot_id == bindparam("of_bot"), _TABLE.c.update_id == bindparam("of_update")
)


class Mark(NamedTuple):
    """An update of a bot, and the hour in which it was handled: enough to forget it after two days, too
    coarse to order what people did."""

    bot_id: int
    update_id: int
    hour: datetime


class Redelivered(Exception):
    """The update's effect is in the database already: answer from the current state."""


@cache
def _claiming(dialect: str) -> Any:
    return new_rows(HandledUpdateRow, dialect).returning(*_TABLE.c)


def claim(connection: Connection, marks: Sequence[Mark]) -> set[Mark]:
    """Put marks in, to be committed together with the effect of their updates. Returns the new ones."""
    if not marks:
        return set()
    claimed = connection.execute(
        _claiming(connection.dialect.name), [mark._asdict() for mark in marks]
    )
    return {Mark(row.bot_id, row.update_id, row.hour) for row in claimed}


def unclaim(connection: Connection, marks: Collection[Mark]) -> None:
    """Take marks out again: their updates have had no effect."""
    _take_out(connection, ((mark.bot_id, mark.update_id) for mark in marks))


def before(session: Session, moment: datetime, limit: int) -> Sequence[tuple[int, int]]:
    """The marks that were made before a moment: of which bot, of which update."""
    query = select(HandledUpdateRow.bot_id, HandledUpdateRow.update_id).where(
        HandledUpdateRow.hour < moment
    )
    return session.exec(query.order_by(col(HandledUpdateRow.hour)).limit(limit)).all()


def forget(session: Session, marks: Sequence[tuple[int, int]]) -> None:
    _take_out(session.connection(), marks)


def _take_out(connection: Connection, marks: Iterable[tuple[int, int]]) -> None:
    # One by one: SQLite looks through the whole table for a list of pairs.
    values = [{"of_bot": bot_id, "of_update": update_id} for bot_id, update_id in marks]
    if values:
        connection.execute(_TAKE_OUT, values)
