"""Proposing a neighbour, who alone can answer. Plain functions on a unit of work.

Who was proposed is a tag under the election's key; what they answered isn't kept at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.domain.elections.plan import MOST_CANDIDATES
from bot.domain.refusal import Refused
from bot.person.drafts import OpenDraft, end_draft, keep_draft, open_draft
from bot.person.place import Person
from bot.safety.keys import same
from bot.store import PersonalWork, UnitOfWork
from handlers.elections.candidates.standing import WORDS_FLOW
from handlers.elections.heart.electors import as_elector, require_early
from handlers.elections.heart.keys import open_keys
from handlers.elections.heart.reach import open_row
from storage import chats
from storage.elections import candidates, elections, electors
from storage.elections.elections import Election, ElectionRow
from storage.elections.electors import NominationRow

NOMINATE_FLOW = "candidates.nominate"

LASTS = timedelta(hours=46)
"""How long the question stands. A bot can take its own message away for 48 hours only."""


@dataclass(frozen=True)
class Nominated:
    """Somebody is to be asked, in reply to a message of theirs."""

    id: int
    election: Election
    message_id: int
    # What the chat speaks: everyone will see it.
    language: str


@dataclass(frozen=True)
class Choice:
    """Somebody is proposed, and the elections for which that can be."""

    draft_id: int
    elections: tuple[Election, ...]


@dataclass(frozen=True)
class _Tags:
    """A neighbour in one election: as somebody proposed, and as a candidate."""

    nominee: bytes
    candidate: bytes


def propose(work: PersonalWork, nominee: Person, message_id: int) -> Nominated | int:
    """Propose the neighbour who wrote a message. Where several elections are open: the id of a draft
    that asks for which. Raises `Refused`."""
    if nominee.id == work.person.id:
        raise Refused("candidates.refused.yourself")
    chat_id = work.chat_here().id
    are_open = elections.to_stand_in(work.session, chat_id)
    if not are_open:
        raise Refused("elections.refused.none_open")
    tags = {election.id: _tags(work, nominee, election) for election in are_open}
    if len(are_open) == 1:
        require_early(as_elector(work, are_open[0]))
        return _ask(work, are_open[0], tags[are_open[0].id], message_id)
    kept = {str(id_): [found.nominee.hex(), found.candidate.hex()] for id_, found in tags.items()}
    data = {"message": message_id, "tags": kept}
    return keep_draft(work, chat_id, NOMINATE_FLOW, data)


def where_to_propose(work: PersonalWork, draft_id: int) -> Choice:
    """The elections among which to choose."""
    draft = open_draft(work, draft_id, NOMINATE_FLOW)
    are_open = elections.to_stand_in(work.session, draft.chat.id)
    rows = [elections.plain(work.session, election) for election in are_open]
    return Choice(draft_id, tuple(row for row in rows if str(row.id) in draft.data["tags"]))


def propose_in(work: PersonalWork, draft_id: int, election_id: int) -> Nominated:
    """Propose the neighbour of a draft for this election."""
    draft = open_draft(work, draft_id, NOMINATE_FLOW)
    election = open_row(work, election_id)
    require_early(as_elector(work, election))
    nominated = _ask(work, election, _tags_in(draft, election_id), int(draft.data["message"]))
    end_draft(work, draft)
    return nominated


def require_nominee(work: PersonalWork, nomination_id: int) -> int:
    """Go on only for whoever was proposed, while it may be answered. Gives the election's id."""
    return _answerable(work, nomination_id).id


def begin_accepting(work: PersonalWork, nomination_id: int) -> Election:
    """The next private message of whoever was proposed will be their words."""
    election = _answerable(work, nomination_id)
    data = {"election": election.id, "is_new": True}
    keep_draft(work, election.chat_id, WORDS_FLOW, data, awaits_typing=True)
    return elections.plain(work.session, election)


def _answerable(work: PersonalWork, nomination_id: int) -> ElectionRow:
    row = electors.nomination(work.session, nomination_id, work.now)
    if row is None:
        raise Refused("candidates.refused.nomination_over")
    election = open_row(work, row.election_id)
    elector = as_elector(work, election)
    keys = elector.keys
    if not same(row.person_tag, keys.nominee_tag(work.person)):
        raise Refused("candidates.refused.not_asked")
    if candidates.of_person(work.session, row.election_id, keys.candidate_tag(work.person)):
        raise Refused("elections.refused.stands_already")
    require_early(elector)
    return election


def _ask(work: UnitOfWork, election: ElectionRow, tags: _Tags, message_id: int) -> Nominated:
    """Write the nomination down, where this person can still be asked."""
    election_id = election.id
    if candidates.of_person(work.session, election_id, tags.candidate):
        raise Refused("candidates.refused.stands")
    if candidates.seats_taken(work.session, election_id) >= MOST_CANDIDATES:
        raise Refused("elections.refused.too_many_candidates", most=MOST_CANDIDATES)
    electors.forget_nominations_before(work.session, election_id, work.now)
    if electors.nomination_of(work.session, election_id, tags.nominee):
        raise Refused("candidates.refused.asked_lately")
    if electors.nominations_in(work.session, election_id) >= MOST_CANDIDATES:
        raise Refused("candidates.refused.many_asked")
    row = NominationRow(
        election_id=election_id, person_tag=tags.nominee, expires_at=work.now + LASTS
    )
    nomination_id = electors.add_nomination(work.session, row)
    language = chats.get(work.session, election.chat_id).language
    row_of_election = elections.plain(work.session, election)
    return Nominated(nomination_id, row_of_election, message_id, language)


def _tags(work: UnitOfWork, nominee: Person, election: ElectionRow) -> _Tags:
    keys = open_keys(work, election)
    return _Tags(keys.nominee_tag(nominee), keys.candidate_tag(nominee))


def _tags_in(draft: OpenDraft, election_id: int) -> _Tags:
    kept = draft.data["tags"].get(str(election_id))
    if kept is None:
        raise Refused("frame.refused.unknown_thing")
    return _Tags(*map(bytes.fromhex, kept))
