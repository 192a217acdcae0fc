"""What an election's card and the posts about its numbers show. On a unit of work."""

from __future__ import annotations

from dataclasses import replace

from bot.store import UnitOfWork
from handlers.elections.heart.count.publishing import key_shown
from handlers.elections.heart.reach import OfCandidate, load_card, load_of_candidate
from storage.elections.elections import Election


def load_shown(work: UnitOfWork, election_id: int) -> Election | None:
    """An election with the key that signs its bulletins: who saw it on the card can't be given another."""
    election = load_card(work, election_id)
    return replace(election, key=key_shown(work, election_id)) if election else None


def load_reached(work: UnitOfWork, candidate_id: int) -> OfCandidate | None:
    """None where signatures were withdrawn before the post was sent, or the candidate left: it would no
    longer be true."""
    found = load_of_candidate(work, candidate_id)
    return found if found and found.candidate.reached else None
