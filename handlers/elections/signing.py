"""Signing for a candidate and withdrawing: plain functions on a unit of work.

The count and the signature move in one transaction; what the public sees moves in steps only.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.domain.refusal import Refused
from bot.place import Person, Place
from bot.store import UnitOfWork
from handlers.elections.counting import move_count
from handlers.elections.election_keys import ElectionKeys, ForeignSignature, open_keys
from handlers.elections.public_numbers import move_building
from handlers.elections.use_cases import open_election
from storage import buildings, elections
from storage.buildings import BuildingRow
from storage.elections import Candidate, CandidateRow, Election, ElectionRow, Signature


@dataclass(frozen=True)
class OwnView:
    """An election as one person may see it: with whom they signed for themselves."""

    election: ElectionRow
    signed_for: CandidateRow | None
    # Where one may live, by the chat's list; it may be empty.
    buildings: tuple[BuildingRow, ...] = ()

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
    listed = buildings.of_chat(work.session, election.chat_id)
    view = OwnView(
        elections.row_of(work.session, election), None, tuple(map(buildings.row_of, listed))
    )
    if standing is None:
        return view
    return replace(view, signed_for=view.candidate(standing.candidate_id))


def sign(
    work: UnitOfWork,
    person: Person,
    place: Place,
    election_id: int,
    candidate_id: int,
    building_id: int | None = None,
) -> None:
    """Sign for a candidate as somebody from this building; a second time changes nothing.

    `building_id` is None for a building that isn't listed. Raises `Refused` where this person's
    signature stands for another candidate.
    """
    election = open_election(work, person, place, election_id)
    candidate = _candidate_of(work, election_id, candidate_id)
    if building_id is not None:
        _require_building(work, election, building_id)
    keys = open_keys(work, election)
    standing = _own_signature(work, keys, election_id, person)
    if standing is not None:
        if standing.candidate_id != candidate_id:
            raise Refused("elections.refused.signed_for_other")
        return
    signature = keys.signature(keys.signer_tag(person), candidate_id, building_id)
    if elections.add_signature(work.session, signature):
        move_count(work, election, candidate, by=1)
        move_building(work, election_id, candidate_id, building_id, by=1)


def withdraw(work: UnitOfWork, person: Person, place: Place, election_id: int) -> None:
    """Take one's signature back; where there is none, nothing changes."""
    election = open_election(work, person, place, election_id)
    standing = _own_signature(work, open_keys(work, election), election_id, person)
    if standing is None:
        return
    candidate = _candidate_of(work, election_id, standing.candidate_id)
    elections.remove_signature(work.session, standing)
    move_count(work, election, candidate, by=-1)
    move_building(work, election_id, standing.candidate_id, standing.building_id, by=-1)


def _own_signature(
    work: UnitOfWork, keys: ElectionKeys, election_id: int, person: Person
) -> Signature | None:
    signature = elections.signature_of(work.session, election_id, keys.signer_tag(person))
    if signature is not None and not keys.is_genuine(signature):
        raise ForeignSignature
    return signature


def _candidate_of(work: UnitOfWork, election_id: int, candidate_id: int) -> Candidate:
    candidate = elections.candidate(work.session, candidate_id)
    if candidate is None or candidate.election_id != election_id:
        raise Refused("frame.refused.unknown_thing")
    return candidate


def _require_building(work: UnitOfWork, election: Election, building_id: int) -> None:
    building = buildings.get(work.session, building_id)
    if building is None or building.chat_id != election.chat_id:
        raise Refused("frame.refused.unknown_thing")
