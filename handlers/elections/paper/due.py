"""Elections whose ledger of paper changed: what counts of it is taken over a while later."""

from __future__ import annotations

from datetime import datetime

from bot.store import UnitOfWork
from handlers.elections.heart.count.counting import count_paper_anew
from storage.elections import paper

_AT_ONCE = 3
"""How many elections one transaction looks at: others wait to write meanwhile."""


def count_due_paper(work: UnitOfWork) -> None:
    """Take over what the ledgers say by now."""
    for election in paper.to_count(work.session, work.now, _AT_ONCE):
        count_paper_anew(work, election)


def next_count(work: UnitOfWork) -> datetime | None:
    """Return when the next ledger is looked at."""
    return paper.next_count(work.session)
