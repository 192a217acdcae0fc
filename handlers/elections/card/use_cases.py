"""What the posts about an election's numbers show. On a unit of work."""

from __future__ import annotations

from bot.store import UnitOfWork
from handlers.elections.heart.reach import OfCandidate, load_of_candidate


def load_reached(work: UnitOfWork, candidate_id: int) -> OfCandidate | None:
    """None where signatures were withdrawn before the post was sent, or the candidate left: it would no
    longer be true."""
    found = load_of_candidate(work, candidate_id)
    return found if found and found.candidate.reached else None
