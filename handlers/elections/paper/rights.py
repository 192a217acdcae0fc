"""Whose paper is: organisers of the chat whose election it belongs to."""

from __future__ import annotations

from bot.domain.refusal import Refused
from bot.person.rights import Right, Who
from bot.store import UnitOfWork
from storage.elections import candidates, elections, paper


def chat_of_election(work: UnitOfWork, election_id: int) -> int:
    """Return our id of the chat that an election belongs to."""
    election = elections.get(work.session, election_id)
    if election is None:
        raise Refused("frame.refused.unknown_thing")
    return election.chat_id


def chat_of_candidate(work: UnitOfWork, candidate_id: int) -> int:
    """Return our id of the chat in which a candidate stands."""
    row = candidates.get(work.session, candidate_id)
    if row is None:
        raise Refused("frame.refused.unknown_thing")
    return chat_of_election(work, row.election_id)


def chat_of_sheet(work: UnitOfWork, sheet_id: int) -> int:
    """Return our id of the chat that a sheet belongs to."""
    sheet = paper.get(work.session, sheet_id)
    if sheet is None:
        raise Refused("frame.refused.unknown_thing")
    return chat_of_election(work, sheet.election_id)


ORGANISERS_OF_ELECTION = Right(Who.ORGANISERS, "election", chat_of_election)
ORGANISERS_OF_CANDIDATE = Right(Who.ORGANISERS, "candidate", chat_of_candidate)
ORGANISERS_OF_SHEET = Right(Who.ORGANISERS, "sheet", chat_of_sheet)
