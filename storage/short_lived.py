"""What is kept for a person for a while: drafts, ways into the private chat, whatever else is over soon.

A row is a key that only the bot can make, sealed bytes and an end. It says nothing of whose it is, of which
chat, of what kind; the end stands at a full five minutes. `bot/person/short_lived.py` knows what is in it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sql
from sqlalchemy import bindparam, delete, func
from sqlmodel import Field, Session, SQLModel, col, select

from storage import statements
from storage.changes import AT_LEISURE
from storage.insertion import insert_into
from storage.statements import table_of
from storage.types import UtcDateTime


class ShortLivedRow(SQLModel, table=True):
    # No index over the ends: few rows live at a time, and its pages would show in which order they came.
    __tablename__ = "short_lived"
    __table_args__ = {"sqlite_with_rowid": False}

    key: bytes = Field(primary_key=True)
    sealed: bytes
    expires_at: datetime = Field(sa_type=UtcDateTime)


_ROW = table_of(ShortLivedRow)


def put(session: Session, *rows: ShortLivedRow) -> None:
    """Put rows in, in one statement; one with the same key is replaced."""
    connection = session.connection()
    new = insert_into(ShortLivedRow, connection.dialect.name).values(
        [row.model_dump() for row in rows]
    )
    values = {name: new.excluded[name] for name in ("sealed", "expires_at")}
    connection.execute(new.on_conflict_do_update(index_elements=["key"], set_=values))


class Found(NamedTuple):
    """A row as plain values."""

    key: bytes
    sealed: bytes
    expires_at: datetime


_FIND = (
    sql.select(*(_ROW.c[name] for name in Found._fields))
    .where(_ROW.c.key.in_(bindparam("keys", expanding=True)), _ROW.c.expires_at > bindparam("now"))
    .order_by(_ROW.c.expires_at.desc())
)


def find(session: Session, keys: Collection[bytes], now: datetime) -> list[Found]:
    """Those of these keys that aren't over, the one that lasts longest first."""
    rows = statements.rows(session, _FIND, {"keys": keys, "now": now})
    return [Found._make(row) for row in rows]


def remove(session: Session, keys: Collection[bytes], *, at_leisure: bool = False) -> None:
    """Erase these rows; `at_leisure` where nobody waits until they are gone from the disk."""
    session.execute(
        delete(ShortLivedRow)
        .where(col(ShortLivedRow.key).in_(keys))
        .execution_options(synchronize_session=False, **AT_LEISURE if at_leisure else {})
    )


def over(session: Session, moment: datetime, limit: int) -> Sequence[bytes]:
    """The keys of rows that are over at that moment."""
    query = select(ShortLivedRow.key).where(ShortLivedRow.expires_at <= moment)
    return session.exec(query.limit(limit)).all()


def forget_over(session: Session, moment: datetime, keys: Collection[bytes]) -> None:
    """Erase such rows, those that weren't put in anew meanwhile."""
    session.execute(
        delete(ShortLivedRow)
        .where(col(ShortLivedRow.key).in_(keys), col(ShortLivedRow.expires_at) <= moment)
        .execution_options(synchronize_session=False, **AT_LEISURE)
    )


def count(session: Session) -> int:
    """How many there are."""
    return session.exec(select(func.count()).select_from(ShortLivedRow)).one()


def remove_all(session: Session) -> None:
    """Erase every one."""
    session.execute(delete(ShortLivedRow))
