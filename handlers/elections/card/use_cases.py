"""What an election's card shows. On a unit of work."""

from __future__ import annotations

from dataclasses import replace

from bot.store import UnitOfWork
from handlers.elections.heart.count.publishing import key_shown
from handlers.elections.heart.reach import load_card
from storage.elections.elections import Election


def load_shown(work: UnitOfWork, election_id: int) -> Election | None:
    """An election with the key that signs its bulletins: who saw it on the card can't be given another."""
    election = load_card(work, election_id)
    return replace(election, key=key_shown(work, election_id)) if election else None
