"""Finding an election where a person may touch it. Plain functions on a unit of work."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.refusal import Refused
from bot.domain.timekeeping.full_hours import last_full_hour
from bot.message.addresses import card_link
from bot.store import PersonalWork, UnitOfWork
from storage.elections import candidates, elections
from storage.elections.candidates import Candidate
from storage.elections.elections import Election, ElectionRow, ElectionState


@dataclass(frozen=True)
class OfCandidate:
    """A candidate and their election."""

    election: Election
    candidate: Candidate


def plain_today(work: UnitOfWork, election: ElectionRow) -> Election:
    """An election as plain values, to be shown at this moment by the chat's clock.

    Its numbers are of the last full hour, whether or not anything was counted in the hour before: else one
    could tell whether anybody signed.
    """
    as_of = last_full_hour(work.now, work.zone(election.chat_id))
    return elections.plain(work.session, election, work.today(election.chat_id), as_of)


def reachable_election(work: PersonalWork, election_id: int) -> Election:
    """The election in any state, deleted too, where it can be touched from here."""
    return plain_today(work, reachable_row(work, election_id))


def reachable_row(work: PersonalWork, election_id: int) -> ElectionRow:
    """The stored election in any state, where this person may touch it from here."""
    election = _known_row(work, election_id)
    work.reach(election.chat_id)
    return election


def seen_row(work: PersonalWork, election_id: int) -> ElectionRow:
    """The stored election, open or over, where this person may touch it from here."""
    election = _known_row(work, election_id)
    if elections.is_deleted(election):
        raise Refused("frame.refused.unknown_thing")
    work.reach(election.chat_id)
    return election


def open_row(work: PersonalWork, election_id: int) -> ElectionRow:
    """The stored election, where it is open and this person may touch it from here."""
    election = reachable_row(work, election_id)
    if not takes_signatures(work, election):
        raise Refused("elections.refused.closed")
    return election


def takes_signatures(work: UnitOfWork, election: ElectionRow) -> bool:
    """Whether it is open, and its deadline yet to come."""
    has_come = election.closes_at is not None and election.closes_at <= work.now
    return election.state == ElectionState.OPEN and not has_come


def link_in_private(work: PersonalWork, election: ElectionRow) -> str | None:
    """The way back to the card for whoever is in the private chat; None beside the card, or where there are
    no links."""
    if work.place.is_group:
        return None
    return card_link(work, election.chat_id, elections.CARD, election.id)


def open_election(work: PersonalWork, election_id: int) -> Election:
    """The election, where it is open and can be touched from here."""
    return plain_today(work, open_row(work, election_id))


def seen_election(work: PersonalWork, election_id: int) -> Election:
    """The election, open or over, where it can be touched from here."""
    return plain_today(work, seen_row(work, election_id))


def chat_of(work: UnitOfWork, election_id: int) -> int:
    """Our id of the chat that an election belongs to."""
    return _known_row(work, election_id).chat_id


def load_card(work: UnitOfWork, election_id: int) -> Election | None:
    election = elections.get(work.session, election_id)
    return plain_today(work, election) if election else None


def load_open(work: UnitOfWork, election_id: int) -> Election | None:
    """None where the election is over meanwhile."""
    row = load_card(work, election_id)
    return row if row and row.is_open else None


def load_of_candidate(work: UnitOfWork, candidate_id: int) -> OfCandidate | None:
    """None for one who doesn't stand any more."""
    row = candidates.get(work.session, candidate_id)
    election = load_card(work, row.election_id) if row else None
    found = election.candidate(candidate_id) if election else None
    return OfCandidate(election, found) if election and found else None


def chat_of_candidate(work: UnitOfWork, candidate_id: int) -> int:
    """Return our id of the chat in which a candidate stands or stood."""
    candidate = candidates.get(work.session, candidate_id)
    if candidate is None:
        raise Refused("frame.refused.unknown_thing")
    return chat_of(work, candidate.election_id)


def _known_row(work: UnitOfWork, election_id: int) -> ElectionRow:
    election = elections.get_with_chat(work.session, election_id)
    if election is None:
        raise Refused("frame.refused.unknown_thing")
    return election
