"""When others see what was counted: at the next full hour of the chat's clock, whatever happens before it.

A number that ticks after a tap names the one who tapped, also where it ticks after every fifth. So a tap
moves the true count alone. What everyone sees stands as it was at the last full hour, and whoever makes the
card be drawn again in between finds nothing newer on it.
"""

from __future__ import annotations

from datetime import timedelta

from bot.domain.elections.paper.ledger import online_target
from bot.domain.elections.thresholds import public_count
from bot.domain.fives import STEP
from bot.domain.timekeeping.full_hours import next_full_hour
from bot.store import UnitOfWork
from handlers.elections.heart.count.public_numbers import note_shown, show_buildings
from handlers.elections.heart.posts import REACHED_POST, UNDONE_POST, post
from storage.elections import candidates, elections
from storage.elections.candidates import CandidateRow
from storage.elections.elections import ElectionRow

_LONGEST = timedelta(hours=2)
"""An hour that is further away was never waited for: the clock was wrong, or somebody else wrote it. A
change of clocks makes one up to half as long again."""


def wait_for_hour(work: UnitOfWork, election: ElectionRow) -> None:
    """Something was counted: others may see it at the next full hour. One that waits already stays: nobody
    who changes the chat's zone after a tap brings it forward."""
    waits = election.publish_at
    if waits is None or waits > work.now + _LONGEST:
        election.publish_at = at = next_full_hour(work.now, work.zone(election.chat_id))
        work.session.add(election)
        work.later.wake(at)


def publish_if_due(work: UnitOfWork, election: ElectionRow) -> None:
    """Publish what was counted up to an hour that has come. To be called before anything more is counted,
    so that what is told of an hour is what stood at it, also where that is told late."""
    if election.publish_at is not None and election.publish_at <= work.now:
        _publish(work, election)


def target_of(election: ElectionRow, candidate: CandidateRow, needed: int) -> int:
    """The online number that makes the target whole."""
    by = election.counted_by
    return online_target(needed, candidate.on_paper, by, has_crossed=candidate.crossings > 0)


def tell(
    work: UnitOfWork, election: ElectionRow, candidate: CandidateRow, *, was_reached: bool
) -> None:
    """Keep a candidate whose public number may have moved; crossing the threshold, up or down, is
    told each time once."""
    work.session.add(candidate)
    note_shown(work, election, candidate)
    is_reached = elections.is_reached(election, candidate, elections.needed_by(election))
    if is_reached == was_reached:
        return
    if is_reached:
        candidate.crossings += 1
    kind = REACHED_POST if is_reached else UNDONE_POST
    key = f"{kind}:{candidate.id}:{candidate.crossings}"
    # The card shows it at once; the news may wake nobody.
    post(work, election, kind, candidate.id, key=key, is_self_timed=True)


def is_shown_true(candidate: CandidateRow) -> bool:
    """Whether the public sees of a candidate what stood at its hour: no number of ours is STEP off."""
    return abs(candidate.published - candidate.shown) < STEP


def _publish(work: UnitOfWork, election: ElectionRow) -> None:
    election.publish_at = None
    work.session.add(election)
    rows = candidates.of_election(work.session, election.id)
    moved = [_publish_candidate(work, election, candidate) for candidate in rows]
    if any(moved):
        work.later.redraw(elections.CARD, election.id)
    show_buildings(work, election)


def _publish_candidate(work: UnitOfWork, election: ElectionRow, candidate: CandidateRow) -> bool:
    """Gives whether the public number moved. Where nobody came or went it doesn't, whatever paper was
    entered meanwhile: that could be entered to try what lies between the steps."""
    if candidate.signatures == candidate.published and is_shown_true(candidate):
        return False
    needed, shown_before = elections.needed_by(election), candidate.shown
    was_reached = elections.is_reached(election, candidate, needed)
    target = target_of(election, candidate, needed)
    candidate.published = candidate.signatures
    candidate.shown = public_count(shown_before, candidate.signatures, target).shown
    work.session.add(candidate)
    if candidate.shown == shown_before:
        return False
    tell(work, election, candidate, was_reached=was_reached)
    return True
