"""How elections are stood in and looked at. Plain functions on a unit of work.

Their beginning is in `beginning.py`, signing in `signing.py`, the end of an election in `closing.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.elections.candidacies import read_candidacy
from bot.domain.elections.plan import MOST_CANDIDATES, is_same_name
from bot.domain.refusal import Refused
from bot.person.drafts import end_draft, keep_draft, open_draft
from bot.store import PersonalWork, UnitOfWork
from handlers.elections.counting import count_base_anew
from handlers.elections.election_keys import open_keys
from handlers.elections.pending import ask_for_base
from handlers.elections.posting import CARD
from storage import chats
from storage.elections import bases, elections
from storage.elections.elections import (
    Candidate,
    CandidateRow,
    Election,
    ElectionRow,
    ElectionState,
)

NEW_FLOW = "elections.new"
STAND_FLOW = "elections.stand"


@dataclass(frozen=True)
class Standing:
    """A name, and the open elections in which it could stand."""

    draft_id: int
    name: str
    elections: tuple[Election, ...]
    statement: str = ""


@dataclass(frozen=True)
class Reached:
    """A candidate with enough signatures."""

    election: Election
    candidate: Candidate


def drop_draft(work: PersonalWork, draft_id: int) -> None:
    """Think better of it."""
    flows = (NEW_FLOW, STAND_FLOW)
    end_draft(work, open_draft(work, draft_id, *flows))


def draft_standing(work: PersonalWork, typed: str) -> int:
    """Keep name and statement after /stand until its owner confirms. Gives the draft's id."""
    work.person.require_id()
    chat_id = chats.id_of(work.chat_here())
    words = read_candidacy(typed)
    _where_to_stand(work, chat_id)
    data = {"name": words.name, "statement": words.statement}
    return keep_draft(work, chat_id, STAND_FLOW, data)


def standing(work: PersonalWork, draft_id: int) -> Standing:
    """The name in a draft and where it could stand, one election at least."""
    draft = open_draft(work, draft_id, STAND_FLOW)
    return Standing(
        draft_id,
        draft.data["name"],
        _where_to_stand(work, chats.id_of(draft.chat)),
        draft.data.get("statement", ""),
    )


def standing_in(work: PersonalWork, draft_id: int, election_id: int) -> Standing:
    """The same, for the one election that was chosen."""
    found = standing(work, draft_id)
    chosen = tuple(election for election in found.elections if election.id == election_id)
    if not chosen:
        raise Refused("frame.refused.unknown_thing")
    return replace(found, elections=chosen)


def stand(work: PersonalWork, draft_id: int, election_id: int) -> None:
    """Become a candidate under the name, and with the statement, in the draft."""
    draft = open_draft(work, draft_id, STAND_FLOW)
    name = draft.data["name"]
    election = open_election(work, election_id)
    if election.chat_id != draft.chat.id or election.recalled_office_id is not None:
        raise Refused("frame.refused.unknown_thing")
    if _stands_in(work, election):
        raise Refused("elections.refused.stands_already")
    standing_already = elections.candidates(work.session, election_id)
    if any(is_same_name(name, other.name) for other in standing_already):
        raise Refused("elections.refused.same_name")
    if len(standing_already) >= MOST_CANDIDATES:
        raise Refused("elections.refused.too_many_candidates", most=MOST_CANDIDATES)
    end_draft(work, draft)
    tag = open_keys(work, election).candidate_tag(work.person)
    statement = draft.data.get("statement", "")
    row = CandidateRow(election_id=election_id, person_tag=tag, name=name, statement=statement)
    elections.add_candidate(work.session, row)
    work.later.redraw(CARD, election_id)


def chat_of(work: UnitOfWork, election_id: int) -> int:
    """Our id of the chat that an election belongs to."""
    election = elections.get(work.session, election_id)
    if election is None:
        raise Refused("frame.refused.unknown_thing")
    return election.chat_id


def open_row(work: PersonalWork, election_id: int) -> Election:
    """The election, where it is open and can be touched from here."""
    return elections.plain(work.session, open_election(work, election_id))


def seen_row(work: PersonalWork, election_id: int) -> Election:
    """The election, open or over, where it can be touched from here."""
    election = elections.get(work.session, election_id)
    if election is None or election.state == ElectionState.DELETED.value:
        raise Refused("frame.refused.unknown_thing")
    work.reach(election.chat_id)
    return elections.plain(work.session, election)


def load_card(work: UnitOfWork, election_id: int) -> Election | None:
    election = elections.get(work.session, election_id)
    return elections.plain(work.session, election) if election else None


def load_reached(work: UnitOfWork, candidate_id: int) -> Reached | None:
    """None where signatures were withdrawn before the post was sent, or the candidate left: it would no
    longer be true."""
    row = elections.candidate(work.session, candidate_id)
    election = load_card(work, row.election_id) if row else None
    if election is None:
        return None
    candidate = next((found for found in election.candidates if found.id == candidate_id), None)
    return Reached(election, candidate) if candidate and candidate.reached else None


def open_election(work: PersonalWork, election_id: int) -> ElectionRow:
    """The stored election, where it is open and this person may touch it from here."""
    election = elections.get(work.session, election_id)
    if election is None:
        raise Refused("frame.refused.unknown_thing")
    work.reach(election.chat_id)
    has_come = election.closes_at is not None and election.closes_at <= work.now
    if election.state != ElectionState.OPEN.value or has_come:
        raise Refused("elections.refused.closed")
    return election


def load_base(work: UnitOfWork, election_id: int) -> Election | None:
    """None where the election is over meanwhile."""
    row = load_card(work, election_id)
    return row if row and row.is_open else None


def move_due_bases(work: UnitOfWork) -> None:
    """Count the base again where buildings changed; at once only where nobody can have signed."""
    for election in bases.due(work.session, work.now):
        if not ask_for_base(work, election):
            count_base_anew(work, election)


def next_base_due(work: UnitOfWork) -> datetime | None:
    return bases.next_due(work.session)


def _where_to_stand(work: PersonalWork, chat_id: int) -> tuple[Election, ...]:
    """The open elections in which this person isn't standing yet, one at least. Raises `Refused`."""
    are_open = elections.to_stand_in(work.session, chat_id)
    if not are_open:
        raise Refused("elections.refused.none_open")
    free = tuple(
        elections.plain(work.session, election)
        for election in are_open
        if not _stands_in(work, election)
    )
    if not free:
        raise Refused("elections.refused.stands_already")
    return free


def _stands_in(work: PersonalWork, election: ElectionRow) -> bool:
    tag = open_keys(work, election).candidate_tag(work.person)
    election_id = elections.id_of(election)
    return elections.candidate_of(work.session, election_id, tag) is not None
