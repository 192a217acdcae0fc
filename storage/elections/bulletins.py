"""The bulletins of elections: heads, and as text the latest and those not sent yet. Nobody is in them."""

from __future__ import annotations

import secrets
from datetime import date, datetime

from sqlalchemy import Text, UniqueConstraint, func
from sqlmodel import Field, Session, SQLModel, col, select

from storage.elections.buildings import BuildingRow
from storage.elections.elections import ElectionRow
from storage.insertion import insert_if_new
from storage.types import UtcDateTime

_ID_BYTES = 16
CHECK_PAGE = 0
"""In place of a bulletin's number: the page that checks them, which comes before the first."""


class BulletinRow(SQLModel, table=True):
    """Where an election stands with its bulletins; number 0 and no text before the first."""

    __tablename__ = "bulletin"

    election_id: int = Field(foreign_key="election.id", primary_key=True)
    # What the files call the election: random, so that it says nothing about other elections.
    public_id: str = Field(unique=True)
    # When to see whether there is enough for another one; None once the last is out.
    look_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    number: int = 0
    text: str = Field(default="", sa_type=Text)


class BulletinHeadRow(SQLModel, table=True):
    """A bulletin that was made, to be published or published already; by number CHECK_PAGE the page that
    checks them, whose head is its SHA-256."""

    __tablename__ = "bulletin_head"
    __table_args__ = (
        UniqueConstraint("election_id", "number"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True)
    election_id: int = Field(foreign_key="election.id", index=True)
    number: int
    head: str
    on_day: date
    # What the chat has yet to get; None once it did.
    unsent_text: str | None = Field(default=None, sa_type=Text)


def get(session: Session, election_id: int) -> BulletinRow | None:
    return session.get(BulletinRow, election_id)


def with_more_to_come(session: Session, after: int, limit: int) -> list[ElectionRow]:
    """Elections that may publish another one, by their ids from the one after `after` on."""
    query = (
        select(ElectionRow)
        .join(BulletinRow, col(BulletinRow.election_id) == col(ElectionRow.id))
        .where(ElectionRow.id > after, col(BulletinRow.look_at).is_not(None))
    )
    return list(session.exec(query.order_by(col(ElectionRow.id)).limit(limit)))


def begin(session: Session, election_id: int, look_at: datetime | None) -> None:
    """Give an election its row, unless it has one."""
    insert_if_new(
        session,
        BulletinRow,
        election_id=election_id,
        public_id=secrets.token_hex(_ID_BYTES),
        look_at=look_at,
        number=0,
        text="",
    )


def due(session: Session, now: datetime, *, limit: int) -> list[BulletinRow]:
    query = select(BulletinRow).where(col(BulletinRow.look_at) <= now)
    return list(session.exec(query.order_by(col(BulletinRow.look_at)).limit(limit)))


def next_look(session: Session) -> datetime | None:
    look_at = col(BulletinRow.look_at)
    return session.exec(select(func.min(look_at)).where(look_at.is_not(None))).one()


def add_head(session: Session, row: BulletinHeadRow) -> int:
    """Gives its id."""
    session.add(row)
    session.flush()
    return row.id


def head(session: Session, head_id: int) -> BulletinHeadRow | None:
    return session.get(BulletinHeadRow, head_id)


def forget_text(session: Session, head_id: int) -> None:
    """The chat has the bulletin: its head is enough here."""
    found = session.get(BulletinHeadRow, head_id)
    if found is not None:
        found.unsent_text = None
        session.add(found)


def latest_head(session: Session, election_id: int) -> BulletinHeadRow | None:
    query = select(BulletinHeadRow).where(
        BulletinHeadRow.election_id == election_id, BulletinHeadRow.number > CHECK_PAGE
    )
    return session.exec(query.order_by(col(BulletinHeadRow.number).desc()).limit(1)).first()


def check_page(session: Session, election_id: int) -> BulletinHeadRow | None:
    """The page that the chat was given in this election."""
    query = select(BulletinHeadRow).where(
        BulletinHeadRow.election_id == election_id, BulletinHeadRow.number == CHECK_PAGE
    )
    return session.exec(query).first()


def latest_heads(session: Session, chat_id: int | None) -> list[tuple[int, str]]:
    """The ids of elections that have a bulletin, of this chat or (None) of any, the newest first, each with
    its latest head."""
    query = (
        select(BulletinRow.election_id, BulletinHeadRow.head)
        .join(BulletinHeadRow, col(BulletinHeadRow.election_id) == col(BulletinRow.election_id))
        .where(BulletinHeadRow.number == BulletinRow.number)
    )
    if chat_id is not None:
        query = query.join(ElectionRow, col(ElectionRow.id) == col(BulletinRow.election_id))
        query = query.where(ElectionRow.chat_id == chat_id)
    return list(session.exec(query.order_by(col(BulletinRow.election_id).desc())).all())


def building_names(session: Session, chat_id: int) -> dict[int, str]:
    """The name of every building that a signature may name, removed ones too."""
    query = select(BuildingRow.id, BuildingRow.name).where(BuildingRow.chat_id == chat_id)
    return dict(session.exec(query).all())
