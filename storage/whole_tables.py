"""Going through whole tables, where every row is to be changed in one transaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

import sqlalchemy as sql
from sqlmodel import Session, SQLModel, select

from storage.statements import table_of

R = TypeVar("R", bound=SQLModel)

_THINGS_AT_ONCE = 200


def in_portions(session: Session, rows: type[R]) -> Iterator[Sequence[R]]:
    """The rows of a table whose key begins with a number, in its order; changes of one portion are written
    before the next is read, and what was read is let go of.

    The rows of one number come together, so the rest of their key may be changed.
    """
    number = next(iter(table_of(rows).primary_key.columns))
    last = 0
    while True:
        next_ones = (
            sql.select(number)
            .distinct()
            .where(number > last)
            .order_by(number)
            .limit(_THINGS_AT_ONCE)
        )
        numbers: Sequence[int] = session.execute(next_ones).scalars().all()
        if not numbers:
            return
        last = numbers[-1]
        yield session.exec(select(rows).where(number.between(numbers[0], last))).all()
        session.flush()
        session.expunge_all()
