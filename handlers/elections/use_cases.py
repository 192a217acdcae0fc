"""How elections are begun, stood in and looked at. Plain functions on a unit of work.

Signing is in `signing.py`, the end of an election in `closing.py`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

from bot.domain.elections import (
    MOST_CANDIDATES,
    MOST_OPEN,
    USUAL_RULE,
    Plan,
    is_same_name,
    read_name,
    read_plan,
)
from bot.domain.refusal import Refused
from bot.domain.thresholds import Threshold
from bot.drafts import end_draft, keep_draft, open_draft
from bot.message_links import card_link
from bot.place import Person, Place, chat_here, find_chat_here, link_thread, require_reach
from bot.store import UnitOfWork
from handlers.elections.election_keys import new_wrapped_key, open_keys
from storage import chats, drafts, elections
from storage.elections import Candidate, CandidateRow, Election, ElectionRow, ElectionState

CARD = "elections.card"
REACHED_POST = "elections.reached"
RESULT_POST = "elections.result"

NEW_FLOW = "elections.new"
STAND_FLOW = "elections.stand"


@dataclass(frozen=True)
class Preview:
    """An election before it is one."""

    draft_id: int
    plan: Plan
    rule: Threshold


@dataclass(frozen=True)
class Standing:
    """A name, and the open elections in which it could stand."""

    draft_id: int
    name: str
    elections: tuple[ElectionRow, ...]


@dataclass(frozen=True)
class Reached:
    """A candidate with enough signatures."""

    election: ElectionRow
    candidate: CandidateRow


@dataclass(frozen=True)
class Listed:
    """An election and a link to its card, where there is one."""

    election: ElectionRow
    link: str | None


def draft_election(work: UnitOfWork, person: Person, place: Place, typed: str) -> int:
    """Read what was typed after /elect and keep it for the preview. Gives the draft's id."""
    chat_id = chats.id_of(chat_here(work, place))
    plan = read_plan(typed)
    _require_room(work, chat_id)
    return keep_draft(work, person, chat_id, NEW_FLOW, asdict(plan))


def preview(work: UnitOfWork, person: Person, place: Place, draft_id: int) -> Preview:
    """The election in a draft."""
    draft = open_draft(work, person, place, draft_id, NEW_FLOW, is_organiser=True)
    return Preview(draft_id, Plan(**draft.data), USUAL_RULE)


def chat_of_draft(work: UnitOfWork, draft_id: int) -> int | None:
    """Our id of the chat that a draft belongs to, None where the draft is over."""
    draft = drafts.get(work.session, draft_id)
    return draft.chat_id if draft else None


def publish(work: UnitOfWork, person: Person, place: Place, draft_id: int) -> int:
    """Make the draft an election and post its card. Gives the election's id."""
    draft = open_draft(work, person, place, draft_id, NEW_FLOW, is_organiser=True)
    plan = Plan(**draft.data)
    chat_id = chats.id_of(draft.chat)
    _require_room(work, chat_id)
    end_draft(work, draft)
    election = Election(
        chat_id=chat_id,
        thread_id=link_thread(work, person, place, chat_id),
        title=plan.title,
        base=plan.base,
        numerator=USUAL_RULE.numerator,
        denominator=USUAL_RULE.denominator,
        strict=USUAL_RULE.strict,
    )
    election_id = elections.add(work.session, election)
    election.wrapped_key = new_wrapped_key(work, election_id)
    post(work, election, CARD, election_id, key=f"{CARD}:{election_id}")
    return election_id


def drop_draft(
    work: UnitOfWork, person: Person, place: Place, draft_id: int, is_organiser: bool
) -> None:
    """Think better of it."""
    flows = (NEW_FLOW, STAND_FLOW)
    end_draft(work, open_draft(work, person, place, draft_id, *flows, is_organiser=is_organiser))


def draft_standing(work: UnitOfWork, person: Person, place: Place, typed: str) -> int:
    """Keep the name after /stand until its owner confirms. Gives the draft's id."""
    if person.id is None:
        raise Refused("frame.refused.anonymous")
    chat_id = chats.id_of(chat_here(work, place))
    name = read_name(typed)
    _where_to_stand(work, person, chat_id)
    return keep_draft(work, person, chat_id, STAND_FLOW, {"name": name})


def standing(work: UnitOfWork, person: Person, place: Place, draft_id: int) -> Standing:
    """The name in a draft and where it could stand, one election at least."""
    draft = open_draft(work, person, place, draft_id, STAND_FLOW)
    return Standing(
        draft_id, draft.data["name"], _where_to_stand(work, person, chats.id_of(draft.chat))
    )


def standing_in(
    work: UnitOfWork, person: Person, place: Place, draft_id: int, election_id: int
) -> Standing:
    """The same, for the one election that was chosen."""
    found = standing(work, person, place, draft_id)
    chosen = tuple(election for election in found.elections if election.id == election_id)
    if not chosen:
        raise Refused("frame.refused.unknown_thing")
    return Standing(draft_id, found.name, chosen)


def stand(work: UnitOfWork, person: Person, place: Place, draft_id: int, election_id: int) -> None:
    """Become a candidate under the name in the draft."""
    draft = open_draft(work, person, place, draft_id, STAND_FLOW)
    name = draft.data["name"]
    election = open_election(work, person, place, election_id)
    if election.chat_id != draft.chat.id:
        raise Refused("frame.refused.unknown_thing")
    if _stands_in(work, person, election):
        raise Refused("elections.refused.stands_already")
    standing_already = elections.candidates(work.session, election_id)
    if any(is_same_name(name, other.name) for other in standing_already):
        raise Refused("elections.refused.same_name")
    if len(standing_already) >= MOST_CANDIDATES:
        raise Refused("elections.refused.too_many_candidates", most=MOST_CANDIDATES)
    end_draft(work, draft)
    tag = open_keys(work, election).candidate_tag(person)
    row = Candidate(election_id=election_id, person_tag=tag, name=name)
    elections.add_candidate(work.session, row)
    work.later.redraw(CARD, election_id)


def chat_of(work: UnitOfWork, election_id: int) -> int:
    """Our id of the chat that an election belongs to."""
    election = elections.get(work.session, election_id)
    if election is None:
        raise Refused("frame.refused.unknown_thing")
    return election.chat_id


def open_row(work: UnitOfWork, person: Person, place: Place, election_id: int) -> ElectionRow:
    """The election, where it is open and can be touched from here."""
    return elections.row_of(work.session, open_election(work, person, place, election_id))


def under_way(work: UnitOfWork, place: Place) -> list[Listed]:
    """The open elections of this chat, the newest first."""
    chat = find_chat_here(work, place)
    if chat is None:
        return []
    are_open = elections.open_in(work.session, chats.id_of(chat))
    rows = [elections.row_of(work.session, election) for election in are_open]
    return [Listed(row, card_link(work, row.chat_id, CARD, row.id)) for row in rows]


def load_card(work: UnitOfWork, election_id: int) -> ElectionRow | None:
    election = elections.get(work.session, election_id)
    return elections.row_of(work.session, election) if election else None


def load_reached(work: UnitOfWork, candidate_id: int) -> Reached | None:
    """None where signatures were withdrawn before the post was sent: it would no longer be true."""
    row = elections.candidate(work.session, candidate_id)
    election = load_card(work, row.election_id) if row else None
    if election is None:
        return None
    candidate = next(found for found in election.candidates if found.id == candidate_id)
    return Reached(election, candidate) if candidate.reached else None


def open_election(work: UnitOfWork, person: Person, place: Place, election_id: int) -> Election:
    """The stored election, where it is open and this person may touch it from here."""
    election = elections.get(work.session, election_id)
    if election is None:
        raise Refused("frame.refused.unknown_thing")
    require_reach(work, person, place, election.chat_id)
    if election.state != ElectionState.OPEN.value:
        raise Refused("elections.refused.closed")
    return election


def post(work: UnitOfWork, election: Election, kind: str, ref: int, *, key: str) -> None:
    """Say something where the election's card stands."""
    work.later.post(kind, ref, chat_id=election.chat_id, thread_id=election.thread_id, key=key)


def _require_room(work: UnitOfWork, chat_id: int) -> None:
    if len(elections.open_in(work.session, chat_id)) >= MOST_OPEN:
        raise Refused("elections.refused.too_many_open", most=MOST_OPEN)


def _where_to_stand(work: UnitOfWork, person: Person, chat_id: int) -> tuple[ElectionRow, ...]:
    """The open elections in which this person isn't standing yet, one at least. Raises `Refused`."""
    are_open = elections.open_in(work.session, chat_id)
    if not are_open:
        raise Refused("elections.refused.none_open")
    free = tuple(
        elections.row_of(work.session, election)
        for election in are_open
        if not _stands_in(work, person, election)
    )
    if not free:
        raise Refused("elections.refused.stands_already")
    return free


def _stands_in(work: UnitOfWork, person: Person, election: Election) -> bool:
    tag = open_keys(work, election).candidate_tag(person)
    election_id = elections.id_of(election)
    return elections.candidate_of(work.session, election_id, tag) is not None
