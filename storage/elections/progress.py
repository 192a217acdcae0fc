"""Public numbers over time and by building, and which milestones were told. Nothing of any person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sql
from sqlalchemy import (
    ForeignKeyConstraint,
    UniqueConstraint,
    bindparam,
    delete,
    exists,
    func,
    tuple_,
)
from sqlalchemy.orm import aliased
from sqlmodel import Field, Session, SQLModel, col, select

from bot.domain.elections.building_numbers import BuildingNumber, told
from bot.domain.elections.signing_pace import PublicDay
from storage import statements
from storage.elections.buildings import BuildingRow
from storage.elections.elections import ElectionRow, ElectionState
from storage.insertion import insert_if_new
from storage.statements import table_of

_IS_OPEN = col(ElectionRow.state) == ElectionState.OPEN


class CandidateDayRow(SQLModel, table=True):
    """The public number of a candidate at the end of a day on which it moved."""

    __tablename__ = "candidate_day"

    candidate_id: int = Field(foreign_key="candidate.id", primary_key=True)
    day: date = Field(primary_key=True)
    shown: int


class BuildingCountRow(SQLModel, table=True):
    """How many signed for a candidate in a building: no more than the signatures themselves tell, and
    gone with them."""

    __tablename__ = "building_count"
    __table_args__ = (
        # As of signatures.
        ForeignKeyConstraint(
            ["election_id", "candidate_id"], ["candidate.election_id", "candidate.id"]
        ),
    )

    election_id: int = Field(foreign_key="election.id", primary_key=True)
    building_id: int = Field(foreign_key="building.id", primary_key=True)
    candidate_id: int = Field(primary_key=True)
    signatures: int = 0


class BuildingShownRow(SQLModel, table=True):
    """What the public sees of a building in an election."""

    __tablename__ = "building_shown"

    election_id: int = Field(foreign_key="election.id", primary_key=True)
    building_id: int = Field(foreign_key="building.id", primary_key=True)
    # Moved only by bot.domain.fives.stepped.
    shown: int = 0


class MilestoneRow(SQLModel, table=True):
    """A candidate passed so many percent of the target: told once, whatever comes after."""

    __tablename__ = "milestone"
    __table_args__ = (
        UniqueConstraint("candidate_id", "percent"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True)
    candidate_id: int = Field(foreign_key="candidate.id")
    percent: int


@dataclass(frozen=True)
class ShownBuilding:
    """A building of an election as the public sees it."""

    name: str
    number: BuildingNumber


def to_publish(session: Session, now: datetime, *, limit: int) -> list[ElectionRow]:
    """Elections whose hour has come, those first that wait longest."""
    query = select(ElectionRow).where(_IS_OPEN, col(ElectionRow.publish_at) <= now)
    order = (col(ElectionRow.publish_at), col(ElectionRow.id))
    return list(session.exec(query.order_by(*order).limit(limit)))


def next_publishing(session: Session) -> datetime | None:
    """The hour of the next one."""
    publish_at = col(ElectionRow.publish_at)
    query = select(func.min(publish_at)).where(_IS_OPEN, publish_at.is_not(None))
    return session.exec(query).one()


def keep_day(session: Session, candidate_id: int, day: date, shown: int) -> None:
    """Write down that the public number is this since that day."""
    row = session.get(CandidateDayRow, (candidate_id, day))
    session.add(row or CandidateDayRow(candidate_id=candidate_id, day=day, shown=shown))
    if row is not None:
        row.shown = shown
    session.flush()


def history(session: Session, candidate_ids: Iterable[int]) -> dict[int, list[PublicDay]]:
    """By candidate, the days on which the public number moved, in order."""
    found: dict[int, list[PublicDay]] = {each: [] for each in candidate_ids}
    query = select(CandidateDayRow).where(col(CandidateDayRow.candidate_id).in_(found))
    for row in session.exec(query.order_by(col(CandidateDayRow.day))):
        found[row.candidate_id].append(PublicDay(row.day, row.shown))
    return found


def days_before(
    session: Session, day: date, after: tuple[int, date] | None, limit: int
) -> list[tuple[int, date]]:
    """What is long past and thinned out: the number that stood on that day stays, what led to it goes. By
    candidate and day, from the one after `after` on."""
    later = aliased(CandidateDayRow)
    key = tuple_(col(CandidateDayRow.candidate_id), col(CandidateDayRow.day))
    query = select(col(CandidateDayRow.candidate_id), col(CandidateDayRow.day)).where(
        col(CandidateDayRow.day) < day,
        exists().where(
            col(later.candidate_id) == col(CandidateDayRow.candidate_id),
            col(later.day) > col(CandidateDayRow.day),
            col(later.day) <= day,
        ),
        key > (after or (0, date.min)),
    )
    order = col(CandidateDayRow.candidate_id), col(CandidateDayRow.day)
    return list(session.exec(query.order_by(*order).limit(limit)))


_FORGET_DAY = delete(CandidateDayRow).where(
    col(CandidateDayRow.candidate_id) == bindparam("of_candidate"),
    col(CandidateDayRow.day) == bindparam("on_day"),
)


def forget_days(session: Session, days: Sequence[tuple[int, date]]) -> None:
    """Erase these days of candidates."""
    # One by one: SQLite looks through the whole table for a list of pairs.
    values = [{"of_candidate": candidate_id, "on_day": day} for candidate_id, day in days]
    session.connection().execute(_FORGET_DAY, values)


_COUNTS = table_of(BuildingCountRow)
_COUNT_IN_BUILDING = (
    sql.update(_COUNTS)
    .where(
        _COUNTS.c.election_id == bindparam("election"),
        _COUNTS.c.building_id == bindparam("building"),
        _COUNTS.c.candidate_id == bindparam("candidate"),
    )
    .values(signatures=_COUNTS.c.signatures + bindparam("by"))
)
_FIRST_IN_BUILDING = sql.insert(_COUNTS).values(
    election_id=bindparam("election"),
    building_id=bindparam("building"),
    candidate_id=bindparam("candidate"),
    signatures=bindparam("by"),
)


def count_in_building(
    session: Session, election_id: int, building_id: int, candidate_id: int, by: int
) -> None:
    """Count signatures for a candidate in a building, more or less."""
    values = {"election": election_id, "building": building_id, "candidate": candidate_id, "by": by}
    if not statements.change(session, _COUNT_IN_BUILDING, values):
        statements.change(session, _FIRST_IN_BUILDING, values)


def drop_counts_of(session: Session, election_id: int, candidate_id: int) -> None:
    """Forget how many signed for a candidate."""
    session.execute(
        delete(BuildingCountRow).where(
            col(BuildingCountRow.election_id) == election_id,
            col(BuildingCountRow.candidate_id) == candidate_id,
        )
    )


def miscounted(
    session: Session, election_id: int, counted: Mapping[tuple[int, int], int]
) -> dict[tuple[int, int], int]:
    """By how many a number of signatures is off, by candidate and building."""
    rows = session.exec(select(BuildingCountRow).where(BuildingCountRow.election_id == election_id))
    differing = dict(counted)
    for row in rows:
        differing[row.candidate_id, row.building_id] = (
            counted.get((row.candidate_id, row.building_id), 0) - row.signatures
        )
    return {key: by for key, by in differing.items() if by}


def recount(session: Session, election_id: int, counted: Mapping[tuple[int, int], int]) -> bool:
    """Set how many signed, by candidate and building; gives whether a number was off."""
    off = miscounted(session, election_id, counted)
    for (candidate_id, building_id), by in off.items():
        count_in_building(session, election_id, building_id, candidate_id, by)
    return bool(off)


def signed_in_buildings(session: Session, election_id: int) -> dict[int, list[int]]:
    """By building, how many signed there for each candidate: the true numbers, never to be shown."""
    query = select(BuildingCountRow.building_id, BuildingCountRow.signatures).where(
        BuildingCountRow.election_id == election_id
    )
    found: dict[int, list[int]] = defaultdict(list)
    for building_id, signatures in session.exec(query):
        found[building_id].append(signatures)
    return dict(found)


def forget_counts(session: Session, election_id: int) -> None:
    session.execute(
        delete(BuildingCountRow).where(col(BuildingCountRow.election_id) == election_id)
    )


def all_shown(session: Session, election_id: int) -> list[BuildingShownRow]:
    query = select(BuildingShownRow).where(BuildingShownRow.election_id == election_id)
    return list(session.exec(query))


def save(session: Session, row: BuildingShownRow) -> None:
    session.add(row)
    session.flush()


def buildings_shown(
    session: Session, chat_id: int, election_id: int, on_paper: Callable[[str], int]
) -> tuple[ShownBuilding, ...]:
    """The chat's buildings with what the public sees of each, in the order they were listed; `on_paper` says
    how many signed by hand in a building of a name.

    Those where too few live to tell any number are left out.
    """
    query = (
        select(BuildingRow, BuildingShownRow.shown)
        .outerjoin(
            BuildingShownRow,
            (col(BuildingShownRow.building_id) == col(BuildingRow.id))
            & (col(BuildingShownRow.election_id) == election_id),
        )
        .where(BuildingRow.chat_id == chat_id, col(BuildingRow.is_removed).is_(False))
        .order_by(col(BuildingRow.position), col(BuildingRow.id))
    )
    found = [
        (building.name, told(shown or 0, building.eligible, on_paper(building.name)))
        for building, shown in session.exec(query)
    ]
    return tuple(ShownBuilding(name, number) for name, number in found if number is not None)


def pass_milestone(session: Session, candidate_id: int, percent: int) -> int | None:
    """Note that a candidate passed it. Gives its id, None where that was noted before."""
    if not insert_if_new(session, MilestoneRow, candidate_id=candidate_id, percent=percent):
        return None
    query = select(MilestoneRow.id).where(
        MilestoneRow.candidate_id == candidate_id, MilestoneRow.percent == percent
    )
    return session.exec(query).one()


def milestone(session: Session, milestone_id: int) -> MilestoneRow | None:
    return session.get(MilestoneRow, milestone_id)
