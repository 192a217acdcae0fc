"""A candidate's own words, and leaving. Plain functions on a unit of work.

Standing is in `standing.py`, proposing a neighbour in `nominating.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.chores import Found, some
from bot.domain.elections.acts import Act
from bot.domain.elections.candidacies import Candidacy, read_candidacy
from bot.domain.elections.names import look_alike
from bot.domain.refusal import Refused
from bot.person.drafts import OpenDraft, change_draft, end_draft, keep_draft, open_draft
from bot.safety.codes import is_genuine, vouch
from bot.safety.lookalikes import prototype
from bot.store import PersonalWork, UnitOfWork
from handlers.elections.candidates.standing import WORDS_FLOW, require_free, where_to_stand
from handlers.elections.heart.acts.pending import find
from handlers.elections.heart.candidacies import say_farewell
from handlers.elections.heart.keys import open_keys
from handlers.elections.heart.reach import link_in_private, open_election, open_row
from storage.elections import candidates, elections, electors
from storage.elections.candidates import CandidateRow
from storage.elections.elections import Election, ElectionRow

_NAME_KEPT = timedelta(days=7)
_FORGOTTEN_AT_ONCE = 200


@dataclass(frozen=True)
class Own:
    """A candidacy as the candidate sees it."""

    election: Election
    candidacy: Candidacy
    is_frozen: bool
    # To the card, where the page stands elsewhere.
    link: str | None


@dataclass(frozen=True)
class Change:
    """Other words of a candidate, before they are saved."""

    draft_id: int
    election: Election
    candidacy: Candidacy


@dataclass(frozen=True)
class Farewell:
    """Who no longer stands, and where."""

    name: str
    title: str


def own_candidacies(work: PersonalWork) -> tuple[Election, ...]:
    """The open elections of this group in which the person stands."""
    chat = work.find_chat_here()
    return _where_standing(work, chat.id) if chat else ()


def candidacies_in(work: PersonalWork, chat_id: int) -> tuple[Election, ...]:
    """The same, asked from a page. Raises `Refused` where that chat can't be reached from here."""
    return _where_standing(work, work.reach(chat_id).id)


def own_candidacy(work: PersonalWork, election_id: int) -> Own:
    """How this person stands in an election. Raises `Refused` where they don't."""
    election, candidate = _own(work, election_id)
    words = Candidacy(candidate.name, candidate.statement)
    plain, link = elections.plain(work.session, election), link_in_private(work, election)
    return Own(plain, words, candidate.is_frozen, link)


def begin_change(work: PersonalWork, election_id: int) -> Own:
    """The candidate's next private message will be their new words."""
    own = own_candidacy(work, election_id)
    if own.is_frozen:
        raise Refused("candidates.refused.frozen")
    chat_id = own.election.chat_id
    data = {"election": election_id, "is_new": False}
    keep_draft(work, chat_id, WORDS_FLOW, data, awaits_typing=True)
    return own


def begin_standing(work: PersonalWork, election_id: int) -> Election:
    """The next private message of whoever wants to be a candidate will be their name. Raises `Refused`."""
    election = require_free(work, election_id).election
    data = {"election": election_id, "is_new": True}
    keep_draft(work, election.chat_id, WORDS_FLOW, data, awaits_typing=True)
    return elections.plain(work.session, election)


def may_stand(work: PersonalWork, election_id: int) -> None:
    """Go on only for whoever may become a candidate, before they are led into the private chat."""
    require_free(work, election_id)


def chat_to_stand_in(work: PersonalWork) -> int:
    """Our id of this chat, where this person may become a candidate in an election. Raises `Refused`."""
    chat = work.find_chat_here()
    if chat is None:
        raise Refused("elections.refused.none_open")
    where_to_stand(work, chat.id)
    return chat.id


def free_to_stand(work: PersonalWork, chat_id: int) -> tuple[Election, ...]:
    """The open elections in which they may, one at least. Raises `Refused`."""
    return where_to_stand(work, work.reach(chat_id).id)


def take_words(work: PersonalWork, draft_id: int, typed: str) -> int | None:
    """Keep what a candidate wants neighbours to read, to be looked at once more; typed again it replaces
    that. Gives the election's id for somebody who isn't a candidate yet."""
    draft = open_draft(work, draft_id, WORDS_FLOW)
    words = read_candidacy(typed)
    data = {**draft.data, "name": words.name, "statement": words.statement}
    change_draft(work, draft, data, awaits_typing=True)
    return int(draft.data["election"]) if draft.data["is_new"] else None


def change_in(work: PersonalWork, draft_id: int) -> Change:
    """The new words in a draft."""
    draft, words = _words_in(work, draft_id)
    return Change(draft_id, open_election(work, int(draft.data["election"])), words)


def save_words(work: PersonalWork, draft_id: int) -> int:
    """Stand under other words; gives the election's id. Raises `Refused` once somebody has signed for the
    old ones.

    It is a new candidacy in place of the old one, so that a button which showed the old words can't sign
    for the new ones.
    """
    draft, words = _words_in(work, draft_id)
    election, old = _own(work, int(draft.data["election"]))
    if old.is_frozen:
        raise Refused("candidates.refused.frozen")
    election_id = election.id
    others = [row for row in candidates.of_election(work.session, election_id) if row is not old]
    if find(work, election_id, Act.STRIKE, old.id):
        # Under other words it would be another candidate, and what is wanted would come to nothing.
        raise Refused("candidates.refused.strike_waits")
    if any(look_alike(words.name, other.name, prototype) for other in others):
        raise Refused("elections.refused.same_name")
    end_draft(work, draft)
    person_tag = old.person_tag
    old.name, old.statement, old.left_at = "", "", work.now
    old.person_tag = old.mac = None
    work.session.add(old)
    work.session.flush()
    new = CandidateRow(
        election_id=election_id, person_tag=person_tag, name=words.name, statement=words.statement
    )
    candidates.add(work.session, new)
    vouch(work.keys, new)
    work.later.redraw(elections.CARD, election_id)
    return election_id


def drop_words(work: PersonalWork, draft_id: int) -> None:
    """Leave the words as they are."""
    end_draft(work, open_draft(work, draft_id, WORDS_FLOW), is_dropped=True)


def leave(work: PersonalWork, election_id: int) -> None:
    """Stand no longer: the signatures are erased, and the chat is told by the name that was chosen."""
    election, candidate = _own(work, election_id)
    say_farewell(work, election, candidate)


def load_farewell(work: UnitOfWork, candidate_id: int) -> Farewell | None:
    """None where the name is erased already."""
    candidate = candidates.get(work.session, candidate_id)
    election = elections.get(work.session, candidate.election_id) if candidate else None
    if candidate is None or election is None or not candidate.name:
        return None
    return Farewell(candidate.name, election.title)


def find_unanswered(work: UnitOfWork, _after: int | None) -> Found[int]:
    """Nominations that nobody answered."""
    found = electors.nominations_before(work.session, work.now, _FORGOTTEN_AT_ONCE)
    return some(found, _FORGOTTEN_AT_ONCE)


def forget_unanswered(work: UnitOfWork, ids: Sequence[int]) -> None:
    electors.forget_nominations(work.session, ids)


def find_left(work: UnitOfWork, _after: int | None) -> Found[int]:
    """Those who stopped standing, once the chat was told by their names."""
    found = candidates.left_before(work.session, work.now - _NAME_KEPT, _FORGOTTEN_AT_ONCE)
    return some(found, _FORGOTTEN_AT_ONCE)


def forget_left(work: UnitOfWork, ids: Sequence[int]) -> None:
    """Erase their names."""
    candidates.forget_words(work.session, ids)


def _words_in(work: PersonalWork, draft_id: int) -> tuple[OpenDraft, Candidacy]:
    draft = open_draft(work, draft_id, WORDS_FLOW)
    if "name" not in draft.data:
        raise Refused("frame.refused.draft_over")
    return draft, Candidacy(draft.data["name"], draft.data["statement"])


def _own(work: PersonalWork, election_id: int) -> tuple[ElectionRow, CandidateRow]:
    election = open_row(work, election_id)
    tag = open_keys(work, election).candidate_tag(work.person)
    candidate = candidates.of_person(work.session, election_id, tag)
    if candidate is None or not is_genuine(work.keys, candidate):
        raise Refused("candidates.refused.not_standing")
    return election, candidate


def _where_standing(work: PersonalWork, chat_id: int) -> tuple[Election, ...]:
    return tuple(
        elections.plain(work.session, election)
        for election in elections.open_in(work.session, chat_id)
        if candidates.of_person(
            work.session,
            election.id,
            open_keys(work, election).candidate_tag(work.person),
        )
    )
