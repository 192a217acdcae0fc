"""The buildings of a neighbourhood and how many people in them may sign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Field, Session, SQLModel, col, select

from bot.domain.elections.buildings import Count, add_up


class BuildingRow(SQLModel, table=True):
    __tablename__ = "building"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int = Field(default=None, primary_key=True)
    chat_id: int = Field(foreign_key="chat.id", index=True)
    name: str
    # None where nobody knows yet.
    eligible: int | None = None
    is_estimated: bool = False
    source: str = ""
    counted_on: date | None = None
    position: int
    # Signatures may still name it, so its row stays.
    is_removed: bool = False


@dataclass(frozen=True)
class Building:
    """A building as plain values."""

    id: int
    name: str
    eligible: int | None
    is_estimated: bool
    source: str
    counted_on: date | None


def plain(building: BuildingRow) -> Building:
    return Building(
        id=building.id,
        name=building.name,
        eligible=building.eligible,
        is_estimated=building.is_estimated,
        source=building.source,
        counted_on=building.counted_on,
    )


def of_chat(session: Session, chat_id: int) -> list[BuildingRow]:
    """The buildings of a chat, in the order they were listed."""
    query = select(BuildingRow).where(
        BuildingRow.chat_id == chat_id, col(BuildingRow.is_removed).is_(False)
    )
    return list(session.exec(query.order_by(col(BuildingRow.position), col(BuildingRow.id))))


def get(session: Session, building_id: int) -> BuildingRow | None:
    """The building, None where it was removed or never was."""
    building = session.get(BuildingRow, building_id)
    return None if building is None or building.is_removed else building


def save(session: Session, building: BuildingRow) -> None:
    session.add(building)
    session.flush()


def count(session: Session, chat_id: int) -> Count | None:
    """How many may sign in all buildings together. None where no number is known."""
    return add_up((row.eligible, row.is_estimated) for row in of_chat(session, chat_id))
