"""Numbers that never go back: the newest of each thing, with a digest of what it stands for."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Field, Session, SQLModel, select


class HeadRow(SQLModel, table=True):
    __tablename__ = "anchor"  # as the first version called it

    name: str = Field(primary_key=True)
    number: int
    digest: str


@dataclass(frozen=True, order=True)
class Head:
    """The newest `number` of the thing called `name`, and a digest of it in hexadecimal digits."""

    name: str
    number: int
    digest: str


def put(session: Session, head: Head) -> None:
    """Note a number, in place of the one before it."""
    session.merge(HeadRow(name=head.name, number=head.number, digest=head.digest))


def every(session: Session) -> dict[str, Head]:
    """All of them by name."""
    return {
        row.name: Head(row.name, row.number, row.digest) for row in session.exec(select(HeadRow))
    }
