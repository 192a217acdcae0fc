"""Forged payloads that mean what a test says: `e.sign:1` is the first election, whatever its id.

PostgreSQL skips an id where a transaction has to be run again, which a busy machine makes it do.
"""

from __future__ import annotations

from sqlmodel import Session, SQLModel, select

from bot.message.payload import Payload
from storage.actions import ActionRow
from storage.chats import ChatRow
from storage.elections.acts import ActRow
from storage.elections.buildings import BuildingRow
from storage.elections.candidates import CandidateRow
from storage.elections.elections import ElectionRow
from storage.elections.electors import NominationRow
from storage.elections.paper import SheetRow
from storage.elections.representatives import OfficeRow

# By the names of the fields in the payloads.
THINGS: dict[str, type[SQLModel]] = {
    "action": ActionRow,
    "act": ActRow,
    "building": BuildingRow,
    "candidate": CandidateRow,
    "chat": ChatRow,
    "election": ElectionRow,
    "nomination": NominationRow,
    "office": OfficeRow,
    "sheet": SheetRow,
}


def with_stored_ids(session: Session, data: str) -> str:
    """The payload with the id of the n-th thing for each n; what there isn't stays as it is."""
    payload = next(filter(None, (kind.parse(data) for kind in Payload.__subclasses__())), None)
    if payload is None:
        return data
    ids = {
        name: _id_of_nth(session, table, getattr(payload, name))
        for name, table in THINGS.items()
        if hasattr(payload, name)
    }
    return type(payload)(**payload.values() | ids).pack()


def _id_of_nth(session: Session, table: type[SQLModel], number: int) -> int:
    ids = sorted(row.id for row in session.exec(select(table)))  # type: ignore[attr-defined]
    return int(ids[number - 1]) if 1 <= number <= len(ids) else number
