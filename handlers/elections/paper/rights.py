"""Who may do what with a sheet."""

from __future__ import annotations

from bot.domain.refusal import Refused
from bot.person.rights import Right, Who
from bot.store import UnitOfWork
from handlers.elections.heart.reach import chat_of
from storage.elections import paper


def chat_of_sheet(work: UnitOfWork, sheet_id: int) -> int:
    """Return our id of the chat that a sheet belongs to."""
    sheet = paper.get(work.session, sheet_id)
    if sheet is None:
        raise Refused("frame.refused.unknown_thing")
    return chat_of(work, sheet.election_id)


ORGANISERS_OF_SHEET = Right(Who.ORGANISERS, "sheet", chat_of_sheet)
