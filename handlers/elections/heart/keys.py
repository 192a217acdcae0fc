"""The key of one election: who signed and who stands can be recognised only while it exists.

It is random, and MASTER wraps it in the election's row. Tags of signers and of candidates are made
for purposes of their own, so that a candidate's own signature can't be picked out. Where there is one
signature for each candidate, each is made for its candidate alone: nobody can tell which ones belong
to the same person, and one more for the same candidate has nowhere to go.
"""

from __future__ import annotations

import secrets

from bot.domain.elections.bulletins.proof_codes import CODE_BYTES
from bot.domain.refusal import Refused
from bot.person.place import Person
from bot.safety.keys import KEY_BYTES, Keys, mac, same
from bot.safety.rotation.carrying import Rotation
from bot.store import UnitOfWork
from storage.elections.elections import ElectionRow
from storage.elections.signatures import Signature, SignatureRow

_WRAPPING = "election-key"
_SIGNERS = "signature"
_CANDIDATES = "candidate"
_JOINERS = "joiner"
_NOMINATED = "nomination"
_ROWS = "signature-rows"
_PROOFS = "proof-codes"


class ElectionKeys:
    """What can be told of people while an election is open."""

    def __init__(self, election_id: int, key: bytes, *, for_each: bool = False) -> None:
        self._election_id = election_id
        self._keys = Keys(key)
        self._for_each = for_each

    def candidate_tag(self, person: Person) -> bytes:
        return self._keys.tag(_CANDIDATES, person.require_id())

    def nominee_tag(self, person: Person) -> bytes:
        return self._keys.tag(_NOMINATED, person.require_id())

    def joiner_tag(self, person: Person) -> bytes:
        return self._keys.tag(_JOINERS, person.require_id())

    def signer_tag(self, person: Person, candidate_id: int | None = None) -> bytes:
        """Under what a person signs, or signs for this candidate where each has signatures of their own."""
        if not self._for_each:
            return self._keys.tag(_SIGNERS, person.require_id())
        if candidate_id is None:
            raise ValueError("here a signature is one candidate's")
        return self._keys.tag(f"{_SIGNERS}:{candidate_id}", person.require_id())

    def signature(
        self, person_tag: bytes, candidate_id: int, building_id: int | None = None
    ) -> Signature:
        """A signature as it is stored: no name, no time, no order."""
        return Signature(
            election_id=self._election_id,
            person_tag=person_tag,
            candidate_id=candidate_id,
            building_id=building_id,
            mac=self._mac(person_tag, candidate_id, building_id),
        )

    def is_genuine(self, signature: Signature | SignatureRow) -> bool:
        """Whether the bot itself wrote this signature; write access to the database isn't enough."""
        wanted = self._mac(signature.person_tag, signature.candidate_id, signature.building_id)
        return same(signature.mac, wanted)

    def proof(self, signature: Signature | SignatureRow) -> bytes:
        """What its signer can find this signature by in a bulletin; made anew each time, never kept."""
        building = () if signature.building_id is None else (signature.building_id,)
        about = (self._election_id, signature.person_tag, signature.candidate_id, *building)
        return mac(self._keys.derive(_PROOFS), *about)[:CODE_BYTES]

    def _mac(self, person_tag: bytes, candidate_id: int, building_id: int | None) -> bytes:
        # Without a building as signatures were written before there were any: those stay genuine.
        building = () if building_id is None else (building_id,)
        key = self._keys.derive(_ROWS)
        return mac(key, self._election_id, person_tag, candidate_id, *building)


def new_wrapped_key(work: UnitOfWork, election_id: int, *, for_each: bool = False) -> bytes:
    """A fresh key, as the election's row keeps it. It opens only with the setting that it was made for:
    who could change that in the database would let everyone sign a second time."""
    key = secrets.token_bytes(KEY_BYTES)
    return work.keys.seal(_WRAPPING, key, row=_row(election_id, for_each=for_each))


def open_keys(work: UnitOfWork, election: ElectionRow) -> ElectionKeys:
    """The key of an election that is open. Raises `Refused` once it is over and the key gone."""
    if election.wrapped_key is None:
        raise Refused("elections.refused.closed")
    row = _row(election.id, for_each=election.for_each)
    key = work.keys.unseal(_WRAPPING, election.wrapped_key, row=row)
    return ElectionKeys(election.id, key, for_each=election.for_each)


def carry_key(rotation: Rotation, election: ElectionRow) -> None:
    """Have the new MASTER wrap an election's key. The key itself stays, and with it all that it made: tags of
    signatures, codes of rows, and the proof codes that are printed."""
    if election.wrapped_key is not None:
        row = _row(election.id, for_each=election.for_each)
        election.wrapped_key = rotation.sealed_anew(_WRAPPING, election.wrapped_key, row=row)


def _row(election_id: int, *, for_each: bool) -> str:
    return f"election:{election_id}:for-each" if for_each else f"election:{election_id}"
