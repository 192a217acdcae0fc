"""The end of an election: the numbers stay, the people are forgotten."""

from __future__ import annotations

from collections import Counter

from bot.domain.thresholds import public_count
from bot.place import Person, Place
from bot.store import UnitOfWork
from handlers.elections.election_keys import open_keys
from handlers.elections.offices import conclude_recall
from handlers.elections.posting import CARD, RESULT_POST, post
from handlers.elections.use_cases import open_election
from storage import elections
from storage.elections import Election, ElectionState


def close(work: UnitOfWork, person: Person, place: Place, election_id: int) -> None:
    """End an election, as an organiser wishes."""
    finish(work, open_election(work, person, place, election_id))


def finish(work: UnitOfWork, election: Election) -> None:
    """End an election: count once more, post the result, erase who signed and who stood."""
    election_id = elections.id_of(election)
    _count_for_good(work, election, election_id)
    election.state = ElectionState.CLOSED.value
    election.wrapped_key = None
    election.is_frozen = True
    election.base_due_at = None
    work.session.add(election)
    elections.erase_people(work.session, election_id)
    work.later.redraw(CARD, election_id)
    post(work, election, RESULT_POST, election_id, key=f"{RESULT_POST}:{election_id}")
    conclude_recall(work, election)


def _count_for_good(work: UnitOfWork, election: Election, election_id: int) -> None:
    """The last number comes from the signatures themselves, those that the bot wrote.

    It is rounded as the first one was, without regard to what was shown meanwhile: a threshold that
    was reached and lost again must not stand in the result.
    """
    keys = open_keys(work, election)
    counted = Counter(
        signature.candidate_id
        for signature in elections.signatures(work.session, election_id)
        if keys.is_genuine(signature)
    )
    needed = elections.needed_by(election)
    for candidate in elections.candidates(work.session, election_id):
        candidate.signatures = counted[candidate.id or 0]
        candidate.shown = public_count(0, candidate.signatures, needed).shown
        work.session.add(candidate)
