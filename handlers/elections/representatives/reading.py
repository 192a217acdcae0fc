"""What can be read of representatives, for the pages about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.domain.refusal import Refused
from bot.store import PersonalWork, UnitOfWork
from handlers.elections.representatives.reach import (
    elected,
    has_stood,
    is_offered_to,
    office_at,
)
from storage.elections import buildings, elections, representatives
from storage.elections.representatives import Office, OfficeState

_LOOKED_AT = 30
"""The newest elections of a chat; who was elected before them is in office or was."""


@dataclass(frozen=True)
class Listing:
    """The offices of a chat: those in force, or those that are over."""

    chat_id: int
    offices: tuple[Office, ...]
    has_past: bool


@dataclass(frozen=True)
class OfficeView:
    """One office as one person may see it."""

    office: Office
    # It is theirs: to take, or to leave.
    is_own: bool
    # Nobody can be recognised any more by the election's record, and no organiser has shown who it is.
    is_unknown: bool


@dataclass(frozen=True)
class Elected:
    """A candidate with enough signatures; a term begins on the day that is `today` there."""

    candidate_id: int
    chat_id: int
    name: str
    title: str
    today: date


@dataclass(frozen=True)
class Electable:
    """Whom elections of a chat brought enough signatures, and who has no office from it yet."""

    chat_id: int
    candidates: tuple[Elected, ...]


@dataclass(frozen=True)
class Choice:
    """An office, and the buildings it could be for: id, name, whether it is."""

    office: Office
    buildings: tuple[tuple[int, str, bool], ...]


def chat_at(work: PersonalWork) -> int:
    """Our id of the chat in which somebody is typing."""
    chat = work.find_chat_here()
    if chat is None:
        raise Refused("frame.refused.unknown_thing")
    return chat.id


def chat_of(work: UnitOfWork, office_id: int) -> int | None:
    """Return our id of the chat that an office belongs to, None where it is erased."""
    office = representatives.get(work.session, office_id)
    return office.chat_id if office else None


def listing(work: PersonalWork, chat_id: int) -> Listing:
    """Who represents a chat, and who is asked to."""
    work.reach(chat_id)
    rows = [
        representatives.plain(work.session, office)
        for office in representatives.in_force(work.session, chat_id)
    ]
    rows.sort(key=lambda row: row.state is OfficeState.OFFERED)
    has_past = bool(representatives.past_of(work.session, chat_id))
    return Listing(chat_id, tuple(rows), has_past)


def past(work: PersonalWork, chat_id: int) -> Listing:
    """Who represented a chat before."""
    work.reach(chat_id)
    offices = representatives.past_of(work.session, chat_id)
    rows = tuple(representatives.plain(work.session, office) for office in offices)
    return Listing(chat_id, rows, bool(rows))


def office_view(work: PersonalWork, office_id: int) -> OfficeView:
    """One office, and what it is to this person."""
    office = office_at(work, office_id)
    row = representatives.plain(work.session, office)
    if row.state is not OfficeState.OFFERED:
        return OfficeView(row, representatives.is_held_by(office, work.tag), is_unknown=False)
    is_known = office.holder_tag is not None or has_stood(work, work.person, office) is not None
    return OfficeView(row, is_offered_to(work, office), is_unknown=not is_known)


def office_of(work: PersonalWork, candidate_id: int) -> Office:
    """The office that rests on a candidacy."""
    office = representatives.of_candidacy(work.session, candidate_id)
    if office is None:
        raise Refused("frame.refused.unknown_thing")
    work.reach(office.chat_id)
    return representatives.plain(work.session, office)


def own_office(work: PersonalWork, office_id: int) -> OfficeView:
    """The same, where the office is this person's. Raises `Refused`."""
    view = office_view(work, office_id)
    if not view.is_own:
        raise Refused("representatives.refused.not_you")
    return view


def electable(work: PersonalWork, chat_id: int) -> Electable:
    """To whom an office could be offered, the newest election first."""
    work.reach(chat_id)
    today = work.today(chat_id)
    found = []
    for election in elections.latest_in(work.session, chat_id, _LOOKED_AT):
        row = elections.plain(work.session, election)
        found += [
            Elected(candidate.id, chat_id, candidate.name, row.title, today)
            for candidate in row.candidates
            if candidate.reached
            and representatives.of_candidacy(work.session, candidate.id) is None
        ]
    return Electable(chat_id, tuple(found))


def elected_one(work: PersonalWork, candidate_id: int) -> Elected:
    """One of them."""
    election, candidate = elected(work, candidate_id)
    chat_id = election.chat_id
    return Elected(candidate_id, chat_id, candidate.name, election.title, work.today(chat_id))


def building_choice(work: PersonalWork, office_id: int) -> Choice:
    """The buildings of the chat, and which of them an office is for."""
    office = office_at(work, office_id)
    row = representatives.plain(work.session, office)
    chosen = {building_id for building_id, _ in row.buildings or ()}
    listed = map(buildings.plain, buildings.of_chat(work.session, office.chat_id))
    return Choice(row, tuple((each.id, each.name, each.id in chosen) for each in listed))
