"""Who may sign, signing for a candidate, and withdrawing: plain functions on a unit of work.

The count and the signature move in one transaction; what the public sees moves at full hours, in steps.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.chores import Found, some
from bot.domain.refusal import Refused
from bot.domain.timekeeping.full_hours import next_full_hour
from bot.person.place import Person
from bot.safety.keys import Sealed
from bot.store import PersonalWork, UnitOfWork
from handlers.elections.heart.count.counting import move_count
from handlers.elections.heart.count.tallying import (
    clear_spoilt,
    is_right,
    look_through,
    recount,
)
from handlers.elections.heart.electors import elector_in, own_in, require_early
from handlers.elections.heart.keys import open_keys
from handlers.elections.heart.reach import link_in_private, plain_today
from storage.elections import buildings, candidates, elections, electors, signatures
from storage.elections.buildings import Building
from storage.elections.candidates import Candidacy, Candidate
from storage.elections.elections import Election, ElectionRow, ElectionState

_RECOUNT_EVERY = timedelta(days=1)
# A look takes so many rows, or an election more: about 50 ms beside the writer.
_ROWS_AT_ONCE = 5_000
_ROWS_AN_HOUR = 100_000
_ELECTIONS_AT_ONCE = 50


@dataclass(frozen=True)
class OwnView:
    """An election as one person may see it: with whom they signed for themselves."""

    election: Election
    # When the public numbers may move next, by the chat's clock.
    moves_at: datetime
    # The one candidate they signed for, where there is no other to sign for.
    signed_for: Candidate | None
    # All of them, by id.
    signed: frozenset[int] = frozenset()
    # Where one may live, by the chat's list, which may be empty; nobody asks who has signed for themselves.
    buildings: tuple[Building, ...] = ()
    # To the card, where the page stands elsewhere.
    link: str | None = None

    def candidate(self, candidate_id: int) -> Candidate:
        """One of the candidates. Raises `Refused` where it is none of this election's."""
        found = self.election.candidate(candidate_id)
        if found is None:
            raise Refused("frame.refused.unknown_thing")
        return found


def own_view(work: PersonalWork, election_id: int) -> OwnView:
    """Return where this person stands in an election. Raises `Refused` for a newcomer."""
    elector = elector_in(work, election_id)
    require_early(elector)
    return _view(work, elector.election, elector.own.candidates)


def _view(work: PersonalWork, election: ElectionRow, signed: frozenset[int]) -> OwnView:
    """The same of who signed for these candidates, by their ids."""
    link = link_in_private(work, election)
    moves_at = _moves_at(work, election)
    view = OwnView(plain_today(work, election), moves_at, None, signed, link=link)
    if signed and not (election.for_each and len(view.election.candidates) > 1):
        (only,) = signed
        return replace(view, signed_for=view.candidate(only))
    listed = buildings.of_chat(work.session, election.chat_id)
    return replace(view, buildings=tuple(map(buildings.plain, listed)))


def _moves_at(work: UnitOfWork, election: ElectionRow) -> datetime:
    """At the next full hour, or sooner at the end."""
    zone = work.zone(election.chat_id)
    at = next_full_hour(work.now, zone)
    return min(at, election.closes_at.astimezone(zone)) if election.closes_at else at


def require_elector(work: PersonalWork, election_id: int) -> int:
    """Return our id of the chat whose members sign. Raises `Refused` for a newcomer."""
    elector = elector_in(work, election_id)
    require_early(elector)
    return elector.election.chat_id


def note_joiner(work: PersonalWork, joiner: Person) -> None:
    """Somebody joined this chat: they don't sign in what opened before, unless they have already.

    That is noted also where newcomers may sign: this can be taken back, and then it is about them too. The
    bot can't know who came back, so whoever left and hadn't signed counts as a newcomer.
    """
    chat = work.find_chat_here()
    if chat is None:
        return
    for election in elections.open_in(work.session, chat.id):
        keys = open_keys(work, election)
        if own_in(work, keys, election, joiner).is_new:
            tag = keys.joiner_tag(joiner)
            electors.add_joiner(work.session, election.id, tag)


def has_election_open(work: PersonalWork) -> bool:
    """Whether it matters in this chat who comes."""
    chat = work.find_chat_here()
    return chat is not None and bool(elections.open_in(work.session, chat.id))


def sign(
    work: PersonalWork,
    election_id: int,
    candidate_id: int,
    building_id: int | None = None,
) -> OwnView:
    """Sign for a candidate as somebody from this building; a second time changes nothing. It replaces
    what somebody else spoilt. Returns where this person stands then.

    `building_id` is None for a building that isn't listed. Raises `Refused` where this person's only
    signature stands for another candidate, and for those who joined too late.
    """
    elector = elector_in(work, election_id)
    election, keys, own = elector.election, elector.keys, elector.own
    candidate = _require_candidacy(work, election_id, candidate_id)
    if building_id is not None:
        _require_building(work, election, building_id)
    if candidate_id in own.candidates:
        return _view(work, election, own.candidates)
    if own.signed and not election.for_each:
        raise Refused("elections.refused.signed_for_other")
    require_early(elector)
    clear_spoilt(work, election, own.spoilt)
    tag = keys.signer_tag(work.person, candidate_id)
    if signatures.add(work.session, keys.signature(tag, candidate_id, building_id)):
        if not candidate.is_frozen:
            candidates.freeze(work.session, candidate_id)
        move_count(work, election, candidate_id, by=1, building_id=building_id)
    return _view(work, election, own.candidates | {candidate_id})


def withdraw(
    work: PersonalWork,
    election_id: int,
    candidate_id: int | None = None,
) -> None:
    """Take one's signature for a candidate back, or all of one's own; without one nothing changes. What
    somebody else spoilt goes in any case."""
    elector = elector_in(work, election_id)
    election, own = elector.election, elector.own
    clear_spoilt(work, election, own.spoilt)
    for signature in own.signed:
        if candidate_id in (None, signature.candidate_id):
            signatures.remove(work.session, signature)
            building_id = signature.building_id
            move_count(work, election, signature.candidate_id, by=-1, building_id=building_id)


def withdraw_from(work: PersonalWork, election_id: int, candidate_id: int) -> OwnView | None:
    """Take one's signature for one of several back. Returns where this person stands then; None where they
    may not sign any more."""
    withdraw(work, election_id, candidate_id)
    elector = elector_in(work, election_id)
    return None if elector.is_late else _view(work, elector.election, elector.own.candidates)


@dataclass(frozen=True)
class Withdrawn:
    """An election in which somebody's signature doesn't stand any more."""

    election: Election
    may_sign: bool
    link: str | None


def withdrawn(work: PersonalWork, election_id: int) -> Withdrawn:
    """What is left to do then: newcomers who may not sign couldn't do so again either."""
    elector = elector_in(work, election_id)
    row = elector.election
    may_sign = not elector.is_late
    return Withdrawn(plain_today(work, row), may_sign, link_in_private(work, row))


def _require_candidacy(work: UnitOfWork, election_id: int, candidate_id: int) -> Candidacy:
    candidate = candidates.candidacy(work.session, candidate_id)
    if candidate is None or candidate.election_id != election_id:
        raise Refused("frame.refused.unknown_thing")
    if candidate.left_at is not None:
        raise Refused("candidates.refused.gone")
    return candidate


def _require_building(work: UnitOfWork, election: ElectionRow, building_id: int) -> None:
    building = buildings.get(work.session, building_id)
    if building is None or building.chat_id != election.chat_id:
        raise Refused("frame.refused.unknown_thing")


def find_miscounted(work: UnitOfWork, after: int | None) -> Found[int]:
    """Open elections whose running counts aren't the number of rows: the database compares them, of some at
    once, in an hour of all."""
    ids = [each.id for each in elections.open_after(work.session, after or 0, _ELECTIONS_AT_ONCE)]
    for election_id in signatures.miscounted(work.session, ids):
        election = elections.get(work.session, election_id)
        # Rows that the bot didn't write are in the database's number and not in ours.
        if election is not None and not _is_explained(work, election):
            return Found([election_id], go_on=election_id)
    return Found(go_on=some(ids, _ELECTIONS_AT_ONCE).go_on)


def recount_found(work: UnitOfWork, election_ids: Sequence[int]) -> None:
    """Hold their running counts against the signatures, and these against the key."""
    for election_id in election_ids:
        election = elections.get(work.session, election_id)
        if election is not None and election.state == ElectionState.OPEN:
            recount(work, election)


@dataclass(frozen=True)
class LookedThrough:
    """An election whose rows were looked through; where something wasn't right it is counted anew."""

    election_id: int
    is_right: bool


def look_through_some(work: UnitOfWork, rows_before: int | None) -> Found[LookedThrough]:
    """Look through the rows themselves, which costs more: every election has its turn, once a day at most,
    and so many rows an hour. Stops at one that isn't right."""
    rows, looked = 0, []
    since = work.now - _RECOUNT_EVERY
    for election in elections.uncounted_since(work.session, since, _ELECTIONS_AT_ONCE):
        try:
            counted = look_through(work, election)
            rows += counted.rows
            looked.append(LookedThrough(election.id, is_right(work, election, counted)))
        except Sealed:
            looked.append(LookedThrough(election.id, is_right=False))
        if rows >= _ROWS_AT_ONCE or not looked[-1].is_right:
            break
    so_far = (rows_before or 0) + rows
    return Found(looked, so_far if looked and so_far < _ROWS_AN_HOUR else None)


def note_looked_through(work: UnitOfWork, looked: Sequence[LookedThrough]) -> None:
    """Note that they had their turn, and put right what isn't."""
    elections.note_recounted(
        work.session, [each.election_id for each in looked if each.is_right], work.now
    )
    recount_found(work, [each.election_id for each in looked if not each.is_right])


def _is_explained(work: UnitOfWork, election: ElectionRow) -> bool:
    """Whether the rows known to be foreign make the difference, so that a recount would find the same."""
    if not election.foreign_rows:
        return False
    election_id = election.id
    counted = sum(row.signatures for row in candidates.of_election(work.session, election_id))
    written = sum(signatures.count_by_building(work.session, election_id).values())
    is_fresh = election.recounted_at and election.recounted_at > work.now - _RECOUNT_EVERY
    return bool(is_fresh) and written == counted + election.foreign_rows
