"""Offices of representatives, the buildings they are for, and the actions they support.

The names here are public by their owners' choice. Who stands behind one is a tag that dies with the
office.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import delete, func, or_
from sqlmodel import Field, Session, SQLModel, col, select

from storage.actions import ActionRow
from storage.coded import Coded
from storage.elections.buildings import BuildingRow
from storage.indexes import partial_index
from storage.insertion import insert_if_new
from storage.types import EnumValue, UtcDateTime


class OfficeState(StrEnum):
    """An office is offered until the person takes it or it ends untaken."""

    OFFERED = "offered"
    HELD = "held"
    ENDED = "ended"


class OfficeEnd(StrEnum):
    """How an office ended; the last two before it was taken."""

    TERM = "term"
    STEPPED_DOWN = "stepped_down"
    RECALLED = "recalled"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class OfficeRow(Coded, table=True):
    __tablename__ = "office"
    __table_args__ = (
        partial_index("ix_office_untaken", "id", where="since IS NULL"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True)
    chat_id: int = Field(foreign_key="chat.id", index=True)
    thread_id: int | None = None
    # The election and candidacy it rests on. No foreign keys: an election may be deleted, the office
    # goes on, so it keeps what it needs of it.
    election_id: int
    candidate_id: int = Field(index=True)
    name: str
    title: str
    # By which rule, among how many: a recall goes by the same. bot.domain.elections.rule.Rule as JSON.
    rule: str
    base: int
    is_base_typed: bool
    is_provisional: bool
    state: OfficeState = Field(default=OfficeState.OFFERED, sa_type=EnumValue(OfficeState))
    # Who holds it, or, where an organiser showed who that is, who may take it. None once it is over.
    holder_tag: bytes | None = None
    # Whether it is for some of the buildings only.
    is_for_some: bool = False
    since: date | None = None
    # The last day of the term, the zone where it is that day, and the instant in which it is over there; None
    # where there is no end.
    until: date | None = None
    timezone: str | None = None
    term_ends_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    ended_on: date | None = None
    ended_by: OfficeEnd | None = Field(default=None, sa_type=EnumValue(OfficeEnd))

    def coded(self) -> tuple[bytes | int, ...]:
        """Who holds which office, and where."""
        return self.id, self.chat_id, self.candidate_id, self.state.encode(), self.holder_tag or b""


class OfficeBuildingRow(SQLModel, table=True):
    """A building that an office is for."""

    __tablename__ = "office_building"
    __table_args__ = {"sqlite_with_rowid": False}

    office_id: int = Field(foreign_key="office.id", primary_key=True)
    building_id: int = Field(foreign_key="building.id", primary_key=True)


class EndorsementRow(SQLModel, table=True):
    """An action has the support of a representative."""

    __tablename__ = "endorsement"
    __table_args__ = {"sqlite_with_rowid": False}

    action_id: int = Field(foreign_key="action.id", primary_key=True)
    office_id: int = Field(foreign_key="office.id", primary_key=True, index=True)


@dataclass(frozen=True)
class Office:
    """An office as everyone may see it. `buildings` is None where it is for all of them."""

    id: int
    chat_id: int
    thread_id: int | None
    name: str
    title: str
    rule: str
    base: int
    state: OfficeState
    since: date | None
    until: date | None
    ended_on: date | None
    ended_by: OfficeEnd | None
    buildings: tuple[tuple[int, str], ...] | None


def plain(session: Session, office: OfficeRow) -> Office:
    return Office(
        id=office.id,
        chat_id=office.chat_id,
        thread_id=office.thread_id,
        name=office.name,
        title=office.title,
        rule=office.rule,
        base=office.base,
        state=office.state,
        since=office.since,
        until=office.until,
        ended_on=office.ended_on,
        ended_by=office.ended_by,
        buildings=_buildings_of(session, office.id) if office.is_for_some else None,
    )


def add(session: Session, office: OfficeRow) -> int:
    session.add(office)
    session.flush()
    return office.id


def get(session: Session, office_id: int) -> OfficeRow | None:
    return session.get(OfficeRow, office_id)


def in_force(session: Session, chat_id: int) -> list[OfficeRow]:
    """The offices of a chat that are held or offered, the oldest first."""
    query = select(OfficeRow).where(
        OfficeRow.chat_id == chat_id, OfficeRow.state != OfficeState.ENDED
    )
    return list(session.exec(query.order_by(col(OfficeRow.id))))


def held_in(session: Session, chat_id: int) -> list[OfficeRow]:
    query = select(OfficeRow).where(
        OfficeRow.chat_id == chat_id, OfficeRow.state == OfficeState.HELD
    )
    return list(session.exec(query.order_by(col(OfficeRow.id))))


def holder_tag(office_id: int, tag: Callable[[str], bytes]) -> bytes:
    """A person's tag under the key of one office: the tags of two offices can't be joined.

    `tag` makes that person's tag for a purpose.
    """
    return tag(holder_purpose(office_id))


def holder_purpose(office_id: int) -> str:
    """By which key an office knows its holder."""
    return f"office:{office_id}"


def is_held_by(office: OfficeRow, tag: Callable[[str], bytes]) -> bool:
    """Whether the office is, or is kept for, the person whose tags these are."""
    if office.holder_tag is None:
        return False
    return hmac.compare_digest(office.holder_tag, holder_tag(office.id, tag))


def held_by(session: Session, chat_id: int, tag: Callable[[str], bytes]) -> OfficeRow | None:
    """The office that a person holds in a chat at this moment."""
    return next((row for row in held_in(session, chat_id) if is_held_by(row, tag)), None)


def past_of(session: Session, chat_id: int) -> list[OfficeRow]:
    """The offices that were held and are over, the newest first."""
    query = select(OfficeRow).where(
        OfficeRow.chat_id == chat_id,
        OfficeRow.state == OfficeState.ENDED,
        col(OfficeRow.since).is_not(None),
    )
    return list(session.exec(query.order_by(col(OfficeRow.id).desc())))


def of_candidacy(session: Session, candidate_id: int) -> OfficeRow | None:
    """The office that rests on this candidacy, or once did; none that was never taken and is over."""
    query = select(OfficeRow).where(
        OfficeRow.candidate_id == candidate_id,
        or_(col(OfficeRow.state) != OfficeState.ENDED, col(OfficeRow.since).is_not(None)),
    )
    return session.exec(query).first()


def with_term_over(session: Session, now: datetime, limit: int) -> list[OfficeRow]:
    query = select(OfficeRow).where(col(OfficeRow.term_ends_at) <= now)
    return list(session.exec(query.order_by(col(OfficeRow.term_ends_at)).limit(limit)))


def next_term_end(session: Session) -> datetime | None:
    ends_at = col(OfficeRow.term_ends_at)
    return session.exec(select(func.min(ends_at)).where(ends_at.is_not(None))).one()


def with_term(session: Session, after: int, limit: int) -> list[OfficeRow]:
    """The offices whose term will be over, by their ids from the one after `after` on."""
    query = select(OfficeRow).where(OfficeRow.id > after, col(OfficeRow.term_ends_at).is_not(None))
    return list(session.exec(query.order_by(col(OfficeRow.id)).limit(limit)))


def never_taken_before(session: Session, day: date, after: int, limit: int) -> Sequence[int]:
    """Those that ended before `day` without having been taken, by their ids from the one after `after` on."""
    query = select(OfficeRow.id).where(
        OfficeRow.id > after, col(OfficeRow.since).is_(None), col(OfficeRow.ended_on) < day
    )
    return session.exec(query.order_by(col(OfficeRow.id)).limit(limit)).all()


def forget(session: Session, office: OfficeRow) -> None:
    """Erase an office that is over, with all that hangs on it."""
    for table in (OfficeBuildingRow, EndorsementRow):
        session.execute(delete(table).where(col(table.office_id) == office.id))
    session.delete(office)


def choose_building(session: Session, office: OfficeRow, building_id: int) -> None:
    """The office is for this building, and no longer for all."""
    office.is_for_some = True
    session.add(office)
    insert_if_new(session, OfficeBuildingRow, office_id=office.id, building_id=building_id)


def leave_building(session: Session, office: OfficeRow, building_id: int) -> None:
    """The office is for this building no longer; without any it is for all of them."""
    session.execute(
        delete(OfficeBuildingRow).where(
            col(OfficeBuildingRow.office_id) == office.id,
            col(OfficeBuildingRow.building_id) == building_id,
        )
    )
    office.is_for_some = bool(_buildings_of(session, office.id))
    session.add(office)


def choose_all_buildings(session: Session, office: OfficeRow) -> None:
    session.execute(delete(OfficeBuildingRow).where(col(OfficeBuildingRow.office_id) == office.id))
    office.is_for_some = False
    session.add(office)


def endorse(session: Session, action_id: int, office_id: int) -> bool:
    """Note the support for an action. False where it is noted already."""
    return insert_if_new(session, EndorsementRow, action_id=action_id, office_id=office_id)


def withdraw_endorsement(session: Session, action_id: int, office_id: int) -> None:
    session.execute(
        delete(EndorsementRow).where(
            col(EndorsementRow.action_id) == action_id, col(EndorsementRow.office_id) == office_id
        )
    )


def forget_endorsements(session: Session, action_id: int) -> None:
    """Nobody supports what is gone."""
    session.execute(delete(EndorsementRow).where(col(EndorsementRow.action_id) == action_id))


def is_endorsed(session: Session, action_id: int, office_id: int) -> bool:
    return session.get(EndorsementRow, (action_id, office_id)) is not None


def supporters_of(session: Session, action_id: int) -> tuple[str, ...]:
    """The names of the representatives who support an action."""
    query = (
        select(OfficeRow.name)
        .join(EndorsementRow, col(EndorsementRow.office_id) == col(OfficeRow.id))
        .where(EndorsementRow.action_id == action_id)
    )
    return tuple(session.exec(query.order_by(col(OfficeRow.id))))


def endorsed_by(
    session: Session, office_id: int, *, since: datetime | None = None
) -> tuple[int, ...]:
    """The actions that an office supports; only those that begin after `since`, where it is given."""
    query = (
        select(EndorsementRow.action_id)
        .join(ActionRow, col(ActionRow.id) == col(EndorsementRow.action_id))
        .where(EndorsementRow.office_id == office_id)
    )
    if since is not None:
        query = query.where(ActionRow.starts_at > since)
    return tuple(session.exec(query))


def _buildings_of(session: Session, office_id: int) -> tuple[tuple[int, str], ...]:
    """Ids and names, without those that were taken off the chat's list."""
    query = (
        select(BuildingRow)
        .join(OfficeBuildingRow, col(OfficeBuildingRow.building_id) == col(BuildingRow.id))
        .where(OfficeBuildingRow.office_id == office_id, col(BuildingRow.is_removed).is_(False))
        .order_by(col(BuildingRow.position), col(BuildingRow.id))
    )
    return tuple((row.id, row.name) for row in session.exec(query))
