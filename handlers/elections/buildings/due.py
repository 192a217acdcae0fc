"""Elections whose base follows the buildings: counted again when these changed."""

from __future__ import annotations

from datetime import datetime

from bot.store import UnitOfWork
from handlers.elections.heart.acts.pending import ask_for_base
from handlers.elections.heart.count.counting import count_base_anew
from storage.elections import bases

_AT_ONCE = 3
"""How many elections one transaction looks at: others wait to write meanwhile."""


def move_due_bases(work: UnitOfWork) -> None:
    """Count the base again where buildings changed; at once only where nobody can have signed."""
    for election in bases.due(work.session, work.now, _AT_ONCE):
        if not ask_for_base(work, election):
            count_base_anew(work, election)


def next_base_due(work: UnitOfWork) -> datetime | None:
    return bases.next_due(work.session)
