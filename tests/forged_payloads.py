"""Forged payloads that mean what a test says: `e.sign:1` is the first election, whatever its id.

PostgreSQL skips an id where a transaction has to be run again, which a busy machine makes it do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from sqlmodel import Session, SQLModel, select

from bot.callback_data import Payload
from storage.actions import Action
from storage.acts import PendingAct
from storage.buildings import Building
from storage.chats import Chat
from storage.elections import Candidate, Election
from storage.electors import Nomination
from storage.paper import PaperSheet
from storage.representatives import Office

# By the names of the fields in the payloads.
_THINGS: dict[str, type[SQLModel]] = {
    "action": Action,
    "act": PendingAct,
    "building": Building,
    "candidate": Candidate,
    "chat": Chat,
    "election": Election,
    "nomination": Nomination,
    "office": Office,
    "sheet": PaperSheet,
}


def with_stored_ids(session: Session, data: str) -> str:
    """The payload with the id of the n-th thing for each n; what there isn't stays as it is."""
    code, *values = data.split(":")
    kind = next((kind for kind in _kinds(Payload) if kind.code == code), None)
    if kind is None or kind.parse(data) is None:
        return data
    declared = fields(kind)  # type: ignore[arg-type]
    stored = (
        _id_of_nth(session, _THINGS[field.name], value) if field.name in _THINGS else value
        for field, value in zip(declared, values, strict=True)
    )
    return ":".join((code, *stored))


def _id_of_nth(session: Session, table: type[SQLModel], number: str) -> str:
    ids = sorted(row.id for row in session.exec(select(table)))  # type: ignore[attr-defined]
    return str(ids[int(number) - 1]) if 1 <= int(number) <= len(ids) else number


def _kinds(base: type[Payload]) -> Iterator[type[Payload]]:
    for kind in base.__subclasses__():
        yield kind
        yield from _kinds(kind)
