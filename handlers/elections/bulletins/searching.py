"""The latest bulletins as proof codes are looked up in them: each read and verified once, then remembered.

A line's hash depends on its cell and bulletin, so that lines written anew can't be joined to the old ones. A
table of codes, however hashed, would join them; nothing of a code is kept anywhere. What is remembered here
stands in the chat for everyone, and lives in memory only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.elections.bulletins import bulletin
from bot.domain.elections.bulletins.bulletin import CellKey, Cells, Header
from bot.store import UnitOfWork
from handlers.elections.heart.count.publishing import genuine
from storage.elections import bulletins

_MOST_LINES = 300_000
"""So many are remembered, of some 150 bytes each; bulletins beyond them are read each time."""


@dataclass(frozen=True)
class Searched:
    """An election's latest bulletin without what no search needs."""

    election_id: int
    head: str
    header: Header
    cells: Cells
    lines: int

    def places_of(self, code: str) -> list[CellKey]:
        return bulletin.places_of(code, self.header.election, self.cells)


_known: dict[int, Searched] = {}


def latest(work: UnitOfWork, chat_id: int | None) -> Iterator[Searched]:
    """The latest bulletins, of this chat or (None) of any, the newest election first; without those that
    somebody else altered. A head names one text, so what is remembered by it stays true."""
    for election_id, head in bulletins.latest_heads(work.session, chat_id):
        found = _find(work, election_id, head)
        if found:
            yield found


def latest_of(work: UnitOfWork, election_id: int) -> Searched | None:
    """An election's latest bulletin, None where it has none that is as the bot wrote it."""
    newest = bulletins.latest_head(work.session, election_id)
    return _find(work, election_id, newest.head) if newest else None


def _find(work: UnitOfWork, election_id: int, head: str) -> Searched | None:
    known = _known.get(election_id)
    return known if known and known.head == head else _read(work, election_id, head)


def _read(work: UnitOfWork, election_id: int, head: str) -> Searched | None:
    row = bulletins.get(work.session, election_id)
    whole = genuine(work, row) if row else None
    if whole is None or whole.head != head:
        return None
    found = Searched(election_id, head, whole.header, whole.cells, len(whole.lines))
    _known.pop(election_id, None)
    if sum(each.lines for each in list(_known.values())) + found.lines <= _MOST_LINES:
        _known[election_id] = found
    return found
