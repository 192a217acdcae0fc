"""Numbers that never go back: the newest of each thing, with a digest of what it stands for."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Field, Session, SQLModel, select


class AnchorRow(SQLModel, table=True):
    __tablename__ = "anchor"

    name: str = Field(primary_key=True)
    number: int
    digest: str


@dataclass(frozen=True, order=True)
class Anchor:
    """The newest `number` of the thing called `name`, and a digest of it in hexadecimal digits."""

    name: str
    number: int
    digest: str


def put(session: Session, anchor: Anchor) -> None:
    """Note a number, in place of the one before it."""
    session.merge(AnchorRow(name=anchor.name, number=anchor.number, digest=anchor.digest))


def every(session: Session) -> dict[str, Anchor]:
    """All of them by name."""
    return {
        row.name: Anchor(row.name, row.number, row.digest)
        for row in session.exec(select(AnchorRow))
    }
