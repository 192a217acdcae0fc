"""Signing for a candidate and withdrawing: plain functions on a unit of work.

The count and the signature move in one transaction; what the public sees moves in steps only.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.domain.refusal import Refused
from bot.domain.thresholds import public_count
from bot.place import Person, Place
from bot.store import UnitOfWork
from handlers.elections.election_keys import ElectionKeys, ForeignSignature, open_keys
from handlers.elections.use_cases import CARD, REACHED_POST, open_election, post
from storage import elections
from storage.elections import Candidate, CandidateRow, Election, ElectionRow, Signature


@dataclass(frozen=True)
class OwnView:
    """An election as one person may see it: with whom they signed for themselves."""

    election: ElectionRow
    signed_for: CandidateRow | None

    def candidate(self, candidate_id: int) -> CandidateRow:
        """One of the candidates. Raises `Refused` where it is none of this election's."""
        found = next((row for row in self.election.candidates if row.id == candidate_id), None)
        if found is None:
            raise Refused("frame.refused.unknown_thing")
        return found


def own_view(work: UnitOfWork, person: Person, place: Place, election_id: int) -> OwnView:
    """Where this person stands in an election."""
    election = open_election(work, person, place, election_id)
    standing = _own_signature(work, open_keys(work, election), election_id, person)
    view = OwnView(elections.row_of(work.session, election), None)
    if standing is None:
        return view
    return replace(view, signed_for=view.candidate(standing.candidate_id))


def sign(
    work: UnitOfWork, person: Person, place: Place, election_id: int, candidate_id: int
) -> None:
    """Sign for a candidate; a second time changes nothing.

    Raises `Refused` where this person's signature stands for another candidate.
    """
    election = open_election(work, person, place, election_id)
    candidate = _candidate_of(work, election_id, candidate_id)
    keys = open_keys(work, election)
    standing = _own_signature(work, keys, election_id, person)
    if standing is not None:
        if standing.candidate_id != candidate_id:
            raise Refused("elections.refused.signed_for_other")
        return
    signature = keys.signature(keys.signer_tag(person), candidate_id)
    if elections.add_signature(work.session, signature):
        _move_count(work, election, candidate, by=1)


def withdraw(work: UnitOfWork, person: Person, place: Place, election_id: int) -> None:
    """Take one's signature back; where there is none, nothing changes."""
    election = open_election(work, person, place, election_id)
    standing = _own_signature(work, open_keys(work, election), election_id, person)
    if standing is None:
        return
    candidate = _candidate_of(work, election_id, standing.candidate_id)
    elections.remove_signature(work.session, standing)
    _move_count(work, election, candidate, by=-1)


def _move_count(work: UnitOfWork, election: Election, candidate: Candidate, *, by: int) -> None:
    """Count one more or less. Nothing that others can see changes unless the public number does."""
    election_id, needed = elections.id_of(election), elections.needed_by(election)
    candidate.signatures += by
    work.session.add(candidate)
    shown_before = candidate.shown
    public = public_count(shown_before, candidate.signatures, needed)
    if public.shown == shown_before:
        return
    candidate.shown = public.shown
    work.later.redraw(CARD, election_id)
    if public.reached and shown_before < needed and candidate.id is not None:
        candidate.crossings += 1
        key = f"{REACHED_POST}:{candidate.id}:{candidate.crossings}"
        post(work, election, REACHED_POST, candidate.id, key=key)


def _own_signature(
    work: UnitOfWork, keys: ElectionKeys, election_id: int, person: Person
) -> Signature | None:
    signature = elections.signature_of(work.session, election_id, keys.signer_tag(person))
    if signature is not None and not keys.is_genuine(
        signature.person_tag, signature.candidate_id, signature.mac
    ):
        raise ForeignSignature
    return signature


def _candidate_of(work: UnitOfWork, election_id: int, candidate_id: int) -> Candidate:
    candidate = elections.candidate(work.session, candidate_id)
    if candidate is None or candidate.election_id != election_id:
        raise Refused("frame.refused.unknown_thing")
    return candidate
