"""Which sheets a person may touch from where they are."""

from __future__ import annotations

from bot.domain.refusal import Refused
from bot.store import PersonalWork
from handlers.elections.heart.reach import reachable_row
from storage.elections import paper
from storage.elections.paper import SheetRow


def reachable_sheet(work: PersonalWork, sheet_id: int) -> SheetRow:
    """Return a sheet of an election within reach. Raises `Refused` for any other as for none."""
    sheet = paper.get(work.session, sheet_id)
    if sheet is None:
        raise Refused("frame.refused.unknown_thing")
    reachable_row(work, sheet.election_id)
    return sheet
