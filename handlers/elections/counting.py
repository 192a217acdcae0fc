"""The count of a candidate's signatures, and what the public sees of it."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.domain.buildings import Count
from bot.domain.thresholds import PublicCount, public_count
from bot.store import UnitOfWork
from handlers.elections.posting import BASE_POST, CARD, REACHED_POST, post
from storage import buildings, chats, elections
from storage.elections import Candidate, Election


def move_count(work: UnitOfWork, election: Election, candidate: Candidate, *, by: int) -> None:
    """Count one more or less. Nothing that others can see changes unless the public number does."""
    needed = elections.needed_by(election)
    candidate.signatures += by
    work.session.add(candidate)
    shown_before = candidate.shown
    public = public_count(shown_before, candidate.signatures, needed)
    if public.shown == shown_before:
        return
    _show(work, election, candidate, public, was_reached=shown_before >= needed)
    work.later.redraw(CARD, elections.id_of(election))


def count_base_anew(work: UnitOfWork, election: Election) -> None:
    """Take the base from the buildings as they are now; a new one is kept, and told to the chat.

    Where no building has a number any more, the base stays and becomes provisional.
    """
    election.base_due_at = None
    work.session.add(election)
    counted = buildings.count(work.session, election.chat_id) or Count(election.base, True)
    if counted == Count(election.base, election.is_provisional):
        return
    election_id, base_before = elections.id_of(election), election.base
    needed_before = elections.needed_by(election)
    election.base, election.is_provisional = counted.base, counted.is_provisional
    keep_base(work, election)
    work.later.redraw(CARD, election_id)
    if counted.base == base_before:
        return
    version = len(elections.bases(work.session, election_id))
    post(work, election, BASE_POST, election_id, key=f"{BASE_POST}:{election_id}:{version}")
    if elections.needed_by(election) != needed_before:
        _start_again(work, election, needed_before)


def keep_base(work: UnitOfWork, election: Election) -> None:
    """Write the base down as a version of today, by the chat's clock."""
    zone = ZoneInfo(chats.get(work.session, election.chat_id).timezone)
    elections.add_base(work.session, election, work.now.astimezone(zone).date())


def _start_again(work: UnitOfWork, election: Election, needed_before: int) -> None:
    """Another number is needed, and with it the steps begin elsewhere."""
    needed = elections.needed_by(election)
    for candidate in elections.candidates(work.session, elections.id_of(election)):
        was_reached = candidate.shown >= needed_before
        public = public_count(0, candidate.signatures, needed)
        _show(work, election, candidate, public, was_reached=was_reached)


def _show(
    work: UnitOfWork,
    election: Election,
    candidate: Candidate,
    public: PublicCount,
    *,
    was_reached: bool,
) -> None:
    """Put another number before the public; reaching the threshold is told, each time once."""
    candidate.shown = public.shown
    work.session.add(candidate)
    if public.reached and not was_reached and candidate.id is not None:
        candidate.crossings += 1
        key = f"{REACHED_POST}:{candidate.id}:{candidate.crossings}"
        # The card shows it at once; the news may wake nobody.
        post(work, election, REACHED_POST, candidate.id, key=key, is_self_timed=True)
