"""What the card of an election and the posts about its numbers show. On a unit of work."""

from __future__ import annotations

from dataclasses import dataclass

from bot.store import UnitOfWork
from handlers.elections.heart.reach import load_card
from storage.elections import candidates
from storage.elections.candidates import Candidate
from storage.elections.elections import Election


@dataclass(frozen=True)
class Reached:
    """A candidate with enough signatures."""

    election: Election
    candidate: Candidate


def load_reached(work: UnitOfWork, candidate_id: int) -> Reached | None:
    """None where signatures were withdrawn before the post was sent, or the candidate left: it would no
    longer be true."""
    row = candidates.get(work.session, candidate_id)
    election = load_card(work, row.election_id) if row else None
    if election is None:
        return None
    candidate = next((found for found in election.candidates if found.id == candidate_id), None)
    return Reached(election, candidate) if candidate and candidate.reached else None


def load_base(work: UnitOfWork, election_id: int) -> Election | None:
    """None where the election is over meanwhile."""
    row = load_card(work, election_id)
    return row if row and row.is_open else None
