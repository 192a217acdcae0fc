"""What is forgotten some time after an election's end: who signed, and what was decided. On a unit of work.

First the key goes, and with it who anybody was; all at once. The signatures, of which nobody can tell any
more whose they were, go a thousand at a time. Cut off in between, that goes on with the next round.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.chores import Found, some
from bot.store import UnitOfWork
from handlers.elections.heart.closing import forget_key
from storage.elections import acts, elections, endings, signatures

_ACTS_TOLD = timedelta(days=7)
"""How long a message about an act that is over may still be drawn."""

_ELECTIONS_AT_ONCE = 1
_SIGNATURES_AT_ONCE = 1_000
_ACTS_AT_ONCE = 200
"""How many rows one transaction writes: others wait to write meanwhile."""


def find_due_to_forget(work: UnitOfWork, after: int | None) -> Found[int]:
    """Elections that remembered long enough who signed. One by one: one that can't be forgotten is passed
    over, and keeps no other from it."""
    found = endings.to_erase(work.session, work.now, after or 0, _ELECTIONS_AT_ONCE)
    return some(found, _ELECTIONS_AT_ONCE)


def forget_due(work: UnitOfWork, election_ids: Sequence[int]) -> None:
    """Forget it, where the date wasn't moved meanwhile."""
    for election_id in election_ids:
        election = elections.get(work.session, election_id)
        if election and election.erase_at is not None and election.erase_at <= work.now:
            forget_key(work, election)


def find_left_behind(work: UnitOfWork, _after: int | None) -> Found[tuple[int, bytes]]:
    """Signatures of which nobody can tell any more whose they were."""
    found = signatures.left_behind(work.session, _SIGNATURES_AT_ONCE)
    return Found([found], go_on=found) if found else Found()


def erase_left_behind(work: UnitOfWork, portions: Sequence[tuple[int, bytes]]) -> None:
    for election_id, last_tag in portions:
        signatures.erase_left_behind(work.session, election_id, last_tag)


def find_acts_over(work: UnitOfWork, _after: int | None) -> Found[int]:
    """Acts that were decided long ago."""
    found = acts.over_before(work.session, work.now - _ACTS_TOLD, _ACTS_AT_ONCE)
    return some(found, _ACTS_AT_ONCE)


def forget_acts(work: UnitOfWork, act_ids: Sequence[int]) -> None:
    acts.forget(work.session, act_ids)
