"""The ledger of paper: which sheets are out, and what was counted on those that came back. No names."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, UniqueConstraint, exists, func, update
from sqlmodel import Field, Session, SQLModel, col, select

from bot.domain.elections.paper.ledger import (
    USUAL_VALIDITY,
    Check,
    CountedBy,
    Numbers,
    Rejections,
    Sheet,
    SheetState,
)
from storage.elections import candidates
from storage.elections.elections import ElectionRow, ElectionState
from storage.types import EnumValue


class SheetRow(SQLModel, table=True):
    __tablename__ = "paper_sheet"
    __table_args__ = (
        UniqueConstraint("election_id", "number"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True)
    election_id: int = Field(foreign_key="election.id")
    # Whom its rows are for. No foreign key: who withdraws leaves sheets in the ledger that count for
    # nobody, and ids are never given twice.
    candidate_id: int | None = Field(default=None, index=True)
    # 1, 2, 3… within an election: what is printed on the sheet.
    number: int
    # As the organiser typed it, None for the whole neighbourhood.
    building: str | None = None
    rows: int
    state: SheetState = Field(default=SheetState.ISSUED, sa_type=EnumValue(SheetState))
    filled: int = 0
    # None until the filled rows were looked at one by one.
    valid: int | None = None
    # How many by reason, see Rejections.
    rejected: dict[str, int] = Field(default_factory=dict, sa_type=JSON)


class PaperSettingRow(SQLModel, table=True):
    """What an election decided about paper; without a row everything is as usual."""

    __tablename__ = "paper_setting"

    election_id: int = Field(foreign_key="election.id", primary_key=True)
    counted_by: CountedBy = Field(
        default=CountedBy.ONLINE_AND_CHECKED, sa_type=EnumValue(CountedBy)
    )
    # Percent of collected signatures that prove valid.
    validity: int = USUAL_VALIDITY
    # Whether a column asks for the number of an identity document.
    asks_identity: bool = False


@dataclass(frozen=True)
class PaperSheet:
    """A sheet as plain values."""

    id: int
    election_id: int
    number: int
    building: str | None
    sheet: Sheet
    candidate_id: int | None = None


@dataclass(frozen=True)
class PaperSetting:
    """The settings as plain values."""

    counted_by: CountedBy
    validity: int
    asks_identity: bool


@dataclass(frozen=True)
class PaperInBuilding:
    """How much was signed by hand for a candidate, on sheets for the building of that name."""

    building: str
    candidate_id: int | None
    filled: int
    valid: int


@dataclass(frozen=True)
class Totals:
    """All sheets of an election taken together."""

    outstanding: int
    returned: int
    void: int
    filled: int
    valid: int
    rejected: Rejections

    @property
    def issued(self) -> int:
        return self.outstanding + self.returned + self.void


def plain(row: SheetRow) -> PaperSheet:
    return PaperSheet(
        row.id, row.election_id, row.number, row.building, _sheet_of(row), row.candidate_id
    )


def get(session: Session, sheet_id: int) -> SheetRow | None:
    return session.get(SheetRow, sheet_id)


def find(session: Session, election_id: int, number: int) -> SheetRow | None:
    query = select(SheetRow).where(SheetRow.election_id == election_id, SheetRow.number == number)
    return session.exec(query).first()


def issue(
    session: Session, election_id: int, candidate_id: int, *, rows: int, building: str | None
) -> PaperSheet:
    """Put the next sheet of an election into the ledger."""
    row = SheetRow(
        election_id=election_id,
        candidate_id=candidate_id,
        number=last_number(session, election_id) + 1,
        building=building,
        rows=rows,
    )
    session.add(row)
    session.flush()
    return plain(row)


def last_number(session: Session, election_id: int) -> int:
    """How many sheets were issued: none is ever taken out."""
    query = select(func.max(SheetRow.number)).where(SheetRow.election_id == election_id)
    return session.exec(query).one() or 0


def keep(session: Session, row: SheetRow, sheet: Sheet) -> None:
    """Write down what a sheet has become."""
    row.state = sheet.state
    row.filled = sheet.filled
    row.valid = sheet.check.valid if sheet.check else None
    row.rejected = asdict(sheet.check.rejected) if sheet.check else {}
    session.add(row)


def sheets(session: Session, election_id: int, *, offset: int, limit: int) -> list[PaperSheet]:
    """Some of an election's sheets: those still out first, then by number."""
    query = (
        select(SheetRow)
        .where(SheetRow.election_id == election_id)
        .order_by(col(SheetRow.state) != SheetState.ISSUED, col(SheetRow.number))
        .offset(offset)
        .limit(limit)
    )
    return [plain(row) for row in session.exec(query)]


def totals(session: Session, election_id: int) -> Totals:
    query = select(SheetRow).where(SheetRow.election_id == election_id)
    found = [_sheet_of(row) for row in session.exec(query)]
    states = [sheet.state for sheet in found]
    rejected: dict[str, int] = {}
    for sheet in found:
        for reason, n in asdict(sheet.check.rejected).items() if sheet.check else ():
            rejected[reason] = rejected.get(reason, 0) + n
    return Totals(
        outstanding=states.count(SheetState.ISSUED),
        returned=states.count(SheetState.RETURNED),
        void=states.count(SheetState.VOID),
        filled=sum(sheet.filled for sheet in found),
        valid=sum(sheet.valid for sheet in found),
        rejected=Rejections(**rejected),
    )


def numbers(session: Session, election_id: int) -> dict[int, Numbers]:
    """The four numbers of each candidate by their id; `online` is the public one."""
    query = (
        select(SheetRow.candidate_id, func.sum(SheetRow.filled), func.sum(SheetRow.valid))
        .where(SheetRow.election_id == election_id)
        .group_by(col(SheetRow.candidate_id))
    )
    sums = {candidate_id: (filled, valid) for candidate_id, filled, valid in session.exec(query)}
    found = {}
    for row in candidates.of_election(session, election_id):
        filled, valid = sums.get(row.id, (0, 0))
        found[row.id] = Numbers(row.shown, filled or 0, valid or 0, row.accepted)
    return found


def in_buildings(session: Session, election_id: int) -> list[PaperInBuilding]:
    """What stands on sheets that are for one building, by building and candidate."""
    query = (
        select(
            SheetRow.building,
            SheetRow.candidate_id,
            func.sum(SheetRow.filled),
            func.sum(SheetRow.valid),
        )
        .where(SheetRow.election_id == election_id, col(SheetRow.building).is_not(None))
        .group_by(col(SheetRow.building), col(SheetRow.candidate_id))
    )
    return [
        PaperInBuilding(building or "", candidate_id, filled or 0, valid or 0)
        for building, candidate_id, filled, valid in session.exec(query)
    ]


def setting(session: Session, election_id: int) -> PaperSetting:
    row = session.get(PaperSettingRow, election_id) or PaperSettingRow(election_id=election_id)
    return PaperSetting(row.counted_by, row.validity, row.asks_identity)


def change_setting(session: Session, election_id: int, **changes: Any) -> None:
    """Set some fields of `PaperSetting`."""
    row = session.get(PaperSettingRow, election_id) or PaperSettingRow(election_id=election_id)
    for name, value in changes.items():
        setattr(row, name, value)
    session.add(row)


def count_later(session: Session, election_id: int, at: datetime) -> None:
    """What paper says changed: its election is to look at it again."""
    session.execute(
        update(ElectionRow).where(col(ElectionRow.id) == election_id).values(paper_due_at=at)
    )


def to_count(session: Session, now: datetime, limit: int) -> list[ElectionRow]:
    """The elections that are to look at their paper again, the longest due first."""
    query = select(ElectionRow).where(col(ElectionRow.paper_due_at) <= now)
    return list(session.exec(query.order_by(col(ElectionRow.paper_due_at)).limit(limit)))


def next_count(session: Session) -> datetime | None:
    """When the next of them is."""
    due_at = col(ElectionRow.paper_due_at)
    return session.exec(select(func.min(due_at)).where(due_at.is_not(None))).one()


def elections_with_paper(session: Session, chat_id: int, *, most: int) -> list[ElectionRow]:
    """A chat's elections that are open or had sheets: open ones first, then the newest."""
    has_sheets = exists().where(col(SheetRow.election_id) == col(ElectionRow.id))
    is_over = col(ElectionRow.state) != ElectionState.OPEN
    query = (
        select(ElectionRow)
        .where(ElectionRow.chat_id == chat_id, ~is_over | has_sheets)
        .order_by(is_over, col(ElectionRow.id).desc())
        .limit(most)
    )
    return list(session.exec(query))


def _sheet_of(row: SheetRow) -> Sheet:
    check = None if row.valid is None else Check(row.valid, Rejections(**row.rejected))
    return Sheet(row.rows, row.state, row.filled, check)
