"""Which elections and sheets a person may touch from where they are."""

from __future__ import annotations

from bot.domain.refusal import Refused
from bot.store import PersonalWork
from storage.elections import elections, paper
from storage.elections.elections import Election
from storage.elections.paper import SheetRow


def reachable_election(work: PersonalWork, election_id: int) -> Election:
    """Return an election of a chat within reach. Raises `Refused` for any other as for none."""
    election = elections.get(work.session, election_id)
    if election is None:
        raise Refused("frame.refused.unknown_thing")
    work.reach(election.chat_id)
    return elections.plain(work.session, election)


def reachable_sheet(work: PersonalWork, sheet_id: int) -> SheetRow:
    """Return a sheet of such an election. Raises `Refused`."""
    sheet = paper.get(work.session, sheet_id)
    if sheet is None:
        raise Refused("frame.refused.unknown_thing")
    reachable_election(work, sheet.election_id)
    return sheet
