"""Who may sign in an election, and so stand in it: one rule. And what stands under one person's tags."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.refusal import Refused
from bot.person.place import Person
from bot.store import PersonalWork, UnitOfWork
from handlers.elections.heart.codes import newcomers_may_sign
from handlers.elections.heart.keys import ElectionKeys, open_keys
from handlers.elections.heart.reach import open_row
from storage.elections import candidates, signatures
from storage.elections.elections import ElectionRow
from storage.elections.signatures import Signature


@dataclass(frozen=True)
class Own:
    """What stands under one person's tags: what they signed, and rows that somebody else spoilt, which
    count for nothing."""

    signed: tuple[Signature, ...]
    spoilt: tuple[Signature, ...]
    # They joined the chat after it opened.
    is_joiner: bool

    @property
    def candidates(self) -> frozenset[int]:
        """Whom they signed for, by their ids."""
        return frozenset(signature.candidate_id for signature in self.signed)

    @property
    def is_new(self) -> bool:
        """They never signed. A spoilt row tells that they did: nobody else could find its tag."""
        return not self.signed and not self.spoilt


@dataclass(frozen=True)
class Elector:
    """Somebody in an open election that they may touch from here, with the keys to recognise them."""

    election: ElectionRow
    keys: ElectionKeys
    own: Own
    # They joined it too late, and may not sign.
    is_late: bool


def elector_in(work: PersonalWork, election_id: int) -> Elector:
    """Who this person is in an open election, whether they may sign in it or not."""
    return as_elector(work, open_row(work, election_id))


def as_elector(work: PersonalWork, election: ElectionRow) -> Elector:
    """The same for an election that was found."""
    keys = open_keys(work, election)
    own = own_in(work, keys, election, work.person)
    is_late = own.is_new and own.is_joiner and not newcomers_may_sign(work, election)
    return Elector(election, keys, own, is_late)


def is_candidate(work: PersonalWork, elector: Elector) -> bool:
    """Whether this person is on the list of their election."""
    tag = elector.keys.candidate_tag(work.person)
    return candidates.of_person(work.session, elector.election.id, tag) is not None


def require_early(elector: Elector) -> None:
    """Raises `Refused` for a newcomer who may neither sign nor stand."""
    if elector.is_late:
        raise Refused("candidates.refused.newcomer")


def own_in(work: UnitOfWork, keys: ElectionKeys, election: ElectionRow, person: Person) -> Own:
    """What stands under this person's tags: one row at most, or one a candidate."""
    if election.for_each:
        all_who_stand = candidates.standing(work.session, election.id)
        tags = [keys.signer_tag(person, candidate.id) for candidate in all_who_stand]
    else:
        tags = [keys.signer_tag(person)]
    found = signatures.under_tags(
        work.session, election.id, tags, joiner_tag=keys.joiner_tag(person)
    )
    counts = [(row, stands and keys.is_genuine(row)) for row, stands in found.signatures]
    return Own(
        signed=tuple(row for row, does in counts if does),
        spoilt=tuple(row for row, does in counts if not does),
        is_joiner=found.is_joiner,
    )
