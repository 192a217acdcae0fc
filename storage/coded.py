"""Rows that grant something carry a code, made with a key that the database doesn't have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlmodel import Session, SQLModel, select


class Coded(SQLModel):
    """Base of such a row. None in `mac` vouches for nothing."""

    mac: bytes | None = None

    def coded(self) -> tuple[bytes | int, ...]:
        """What the code stands for: whatever grants something in this row, and its id."""
        raise NotImplementedError


def all_coded(session: Session) -> Iterator[Coded]:
    """Every such row of every table."""
    for table in coded_tables():
        yield from session.exec(select(table))


def coded_of_chat(session: Session, chat_id: int) -> list[Coded]:
    """Those that belong to a chat."""
    tables: list[Any] = [table for table in coded_tables() if hasattr(table, "chat_id")]
    return [
        row
        for table in tables
        for row in session.exec(select(table).where(table.chat_id == chat_id))
    ]


def coded_tables() -> list[type[Coded]]:
    """The tables that have such rows."""
    return Coded.__subclasses__()
