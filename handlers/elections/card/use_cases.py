"""What an election's card and the page behind it show. On a unit of work."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.store import PersonalWork, UnitOfWork
from handlers.elections.heart.count.publishing import key_shown
from handlers.elections.heart.electors import as_elector, is_candidate
from handlers.elections.heart.reach import (
    link_in_private,
    load_card,
    plain_today,
    seen_row,
    takes_signatures,
)
from storage.elections.candidates import Candidate
from storage.elections.elections import Election


@dataclass(frozen=True)
class More:
    """An election as one reader finds it behind the card."""

    election: Election
    # To the card, where the page stands elsewhere.
    link: str | None
    is_open: bool = False
    # Whom this reader signed for.
    signed: tuple[Candidate, ...] = ()
    is_candidate: bool = False
    may_be_candidate: bool = False


def load_shown(work: UnitOfWork, election_id: int) -> Election | None:
    """An election with the key that signs its bulletins: who saw it on the card can't be given another."""
    election = load_card(work, election_id)
    return replace(election, key=key_shown(work, election_id)) if election else None


def load_more(work: PersonalWork, election_id: int) -> More:
    """What this reader may do with an election, open or over."""
    row = seen_row(work, election_id)
    election, link = plain_today(work, row), link_in_private(work, row)
    if election.is_erased:
        return More(election, link)
    elector, is_open = as_elector(work, row), takes_signatures(work, row)
    is_one = is_candidate(work, elector)
    is_closed_to = elector.is_late or election.is_full or election.recalled is not None
    return More(
        election,
        link,
        is_open=is_open,
        signed=tuple(one for one in election.candidates if one.id in elector.own.candidates),
        is_candidate=is_open and is_one,
        may_be_candidate=is_open and not (is_one or is_closed_to),
    )


def load_numbers(work: PersonalWork, election_id: int) -> Election:
    """An election whose numbers this reader asks about, with the key of its bulletins."""
    row = seen_row(work, election_id)
    return replace(plain_today(work, row), key=key_shown(work, row.id))
