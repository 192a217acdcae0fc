"""What stays of an election that is over: its result with all that a certificate says, and what comes next.
On a unit of work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.domain.elections.acts import Act, ActState
from bot.domain.elections.paper.ledger import Numbers
from bot.domain.refusal import Refused
from bot.message.addresses import card_link
from bot.store import PersonalWork, UnitOfWork
from handlers.elections.heart.count.publishing import key_shown
from handlers.elections.heart.offices import without_office
from handlers.elections.heart.reach import load_card, seen_election, seen_row
from storage.elections import acts, bases, buildings, bulletins, elections, paper
from storage.elections.candidates import Candidate
from storage.elections.elections import Election, ElectionState


@dataclass(frozen=True)
class LastBulletin:
    """By what the last bulletin of an election is recognised; `key` is what signed it, in short."""

    number: int
    head: str
    key: str | None


@dataclass(frozen=True)
class Outcome:
    """Everything that a certificate says, in plain values."""

    election: Election
    numbers: dict[int, Numbers]
    opened_on: date | None
    # The names of the buildings that make the base; none where it was typed, or the list is another by now.
    buildings: tuple[str, ...]
    link: str | None
    # None where none came out.
    bulletin: LastBulletin | None


@dataclass(frozen=True)
class Closed:
    """An election that is over, and whom it brought enough signatures who has no office from it yet."""

    election: Election
    to_offer: tuple[Candidate, ...]


def over(work: PersonalWork, election_id: int) -> Election:
    """The election, where signing has ended."""
    election = seen_election(work, election_id)
    if election.is_open:
        raise Refused("ending.refused.still_open")
    return election


def closed(work: PersonalWork, election_id: int) -> Closed:
    """An election that was closed just now, and what could come next."""
    election = over(work, election_id)
    return Closed(election, without_office(work, election))


def closed_by(work: PersonalWork, act_id: int) -> int | None:
    """The election that this act closed, where somebody could be offered the office; else None."""
    row = acts.get(work.session, act_id)
    if row is None or row.act != Act.CLOSE or row.state != ActState.DONE:
        return None
    return row.election_id if closed(work, row.election_id).to_offer else None


def outcome(work: PersonalWork, election_id: int) -> Outcome:
    """The certificate of an election that is over."""
    election = seen_row(work, election_id)
    found = load_outcome(work, election_id)
    if found is None or election.state != ElectionState.CLOSED:
        raise Refused("ending.refused.still_open")
    return found


def load_outcome(work: UnitOfWork, election_id: int) -> Outcome | None:
    row = load_card(work, election_id)
    if row is None or row.is_deleted or row.is_open:
        return None
    return Outcome(
        election=row,
        numbers=paper.numbers(work.session, election_id),
        opened_on=bases.opened_on(work.session, election_id),
        buildings=_buildings_of(work, row),
        link=card_link(work, row.chat_id, elections.CARD, election_id),
        bulletin=_last_bulletin(work, election_id),
    )


def _buildings_of(work: UnitOfWork, election: Election) -> tuple[str, ...]:
    listed = buildings.of_chat(work.session, election.chat_id)
    count = buildings.count(work.session, election.chat_id)
    if election.is_base_typed or count is None or count.base != election.base:
        return ()
    return tuple(building.name for building in listed)


def _last_bulletin(work: UnitOfWork, election_id: int) -> LastBulletin | None:
    latest = bulletins.latest_head(work.session, election_id)
    if latest is None:
        return None
    return LastBulletin(latest.number, latest.head, key_shown(work, election_id))
