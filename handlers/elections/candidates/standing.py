"""Standing in an election, after a private question. Plain functions on a unit of work."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.domain.elections.candidacies import read_candidacy
from bot.domain.elections.names import look_alike
from bot.domain.elections.plan import MOST_CANDIDATES
from bot.domain.refusal import Refused
from bot.person.drafts import OpenDraft, end_draft, keep_draft, open_draft
from bot.safety.codes import vouch
from bot.safety.lookalikes import prototype
from bot.store import PersonalWork
from handlers.elections.heart.electors import (
    Elector,
    as_elector,
    is_candidate,
    require_early,
)
from handlers.elections.heart.reach import open_row
from storage.elections import candidates, elections
from storage.elections.candidates import CandidateRow
from storage.elections.elections import Election

STAND_FLOW = "elections.stand"
WORDS_FLOW = "candidates.words"
"""What a candidate, or whoever wants to be one, is asked for in the private chat."""


@dataclass(frozen=True)
class Standing:
    """A name, and the open elections in which it could stand."""

    draft_id: int
    name: str
    elections: tuple[Election, ...]
    statement: str = ""
    # It came in answer to a question, which goes on listening.
    is_awaited: bool = False


def draft_standing(work: PersonalWork, typed: str) -> int:
    """Keep name and statement after /stand until its owner confirms. Gives the draft's id."""
    work.person.require_id()
    chat_id = work.chat_here().id
    words = read_candidacy(typed)
    where_to_stand(work, chat_id)
    data = {"name": words.name, "statement": words.statement}
    return keep_draft(work, chat_id, STAND_FLOW, data)


def standing(work: PersonalWork, draft_id: int) -> Standing:
    """The name in a draft and where it could stand, one election at least."""
    draft = _open(work, draft_id)
    return Standing(
        draft_id,
        draft.data["name"],
        where_to_stand(work, draft.chat.id),
        draft.data.get("statement", ""),
        is_awaited=draft.flow == WORDS_FLOW,
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
    draft = _open(work, draft_id)
    elector = require_free(work, election_id)
    if elector.election.chat_id != draft.chat.id:
        raise Refused("frame.refused.unknown_thing")
    name = draft.data["name"]
    others = candidates.of_election(work.session, election_id)
    if any(look_alike(name, other.name, prototype) for other in others):
        raise Refused("elections.refused.same_name")
    end_draft(work, draft)
    tag = elector.keys.candidate_tag(work.person)
    statement = draft.data.get("statement", "")
    row = CandidateRow(election_id=election_id, person_tag=tag, name=name, statement=statement)
    candidates.add(work.session, row)
    vouch(work.keys, row)
    work.later.redraw(elections.CARD, election_id)


def drop_standing(work: PersonalWork, draft_id: int) -> None:
    """Think better of it."""
    end_draft(work, _open(work, draft_id), is_dropped=True)


def _open(work: PersonalWork, draft_id: int) -> OpenDraft:
    """A draft with a name in it: typed after the command, or in answer to the question for it."""
    draft = open_draft(work, draft_id, STAND_FLOW, WORDS_FLOW)
    if "name" not in draft.data:
        raise Refused("frame.refused.draft_over")
    return draft


def where_to_stand(work: PersonalWork, chat_id: int) -> tuple[Election, ...]:
    """The open elections in which this person may be a candidate and isn't yet, one at least. Raises
    `Refused`."""
    are_open = elections.to_stand_in(work.session, chat_id)
    if not are_open:
        raise Refused("elections.refused.none_open")
    electors = [as_elector(work, election) for election in are_open]
    free = [elector for elector in electors if not is_candidate(work, elector)]
    if not free:
        raise Refused("elections.refused.stands_already")
    may = [elector.election for elector in free if not elector.is_late]
    if not may:
        raise Refused("candidates.refused.newcomer")
    return tuple(elections.plain(work.session, election) for election in may)


def require_free(work: PersonalWork, election_id: int) -> Elector:
    """Go on only where this person may become a candidate. Raises `Refused`."""
    election = open_row(work, election_id)
    if election.recalled_office_id is not None:
        raise Refused("frame.refused.unknown_thing")
    elector = as_elector(work, election)
    if is_candidate(work, elector):
        raise Refused("elections.refused.stands_already")
    require_early(elector)
    if candidates.seats_taken(work.session, election_id) >= MOST_CANDIDATES:
        raise Refused("elections.refused.too_many_candidates", most=MOST_CANDIDATES)
    return elector
