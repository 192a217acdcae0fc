"""The end of a candidacy: by the candidate, by two organisers, or by leaving the chat."""

from __future__ import annotations

from datetime import timedelta

from bot.person.place import Person
from bot.store import PersonalWork, UnitOfWork
from handlers.elections.heart.count.counting import drop_candidate
from handlers.elections.heart.keys import open_keys
from handlers.elections.heart.posts import FAREWELL_POST, post
from storage.elections import candidates, elections, signatures
from storage.elections.candidates import CandidateRow
from storage.elections.elections import ElectionRow

_FAREWELLS_A_DAY = 5
"""Somebody who stands and leaves again and again doesn't fill the chat with it."""


def end_candidacy(work: UnitOfWork, election: ElectionRow, candidate: CandidateRow) -> None:
    """They stand no longer, and the signatures for them are erased: whoever gave one may sign for another."""
    signatures.remove_all_for(work.session, election.id, candidate.id)
    drop_candidate(work, election, candidate)
    candidate.person_tag = candidate.mac = None  # the code was made over the tag
    candidate.left_at, candidate.statement = work.now, ""
    work.session.add(candidate)
    work.later.redraw(elections.CARD, election.id)


def say_farewell(work: UnitOfWork, election: ElectionRow, candidate: CandidateRow) -> None:
    """End a candidacy and tell the chat by the name that was chosen, a few times a day at most."""
    since = work.now - timedelta(days=1)
    is_told = candidates.left_since(work.session, election.id, since) < _FAREWELLS_A_DAY
    end_candidacy(work, election, candidate)
    if is_told:
        key = f"{FAREWELL_POST}:{candidate.id}"
        post(work, election, FAREWELL_POST, candidate.id, key=key)


def has_left_chat(work: PersonalWork, person: Person) -> None:
    """Somebody left this chat, or was made to. Where nobody can see a signature for them yet, they stand no
    longer. Otherwise neighbours rely on the name: it stays, but keeps nobody else off the list. Coming
    back changes nothing.
    """
    chat = work.find_chat_here()
    if chat is None:
        return
    for election in elections.open_in(work.session, chat.id):
        tag = open_keys(work, election).candidate_tag(person)
        candidate = candidates.of_person(work.session, election.id, tag)
        if candidate is None or candidate.is_away:
            continue
        if candidate.shown or candidate.on_paper:
            candidate.is_away = True
            work.session.add(candidate)
        else:
            say_farewell(work, election, candidate)
