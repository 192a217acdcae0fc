"""Which offices and candidacies can be touched from here, and by whom."""

from __future__ import annotations

from bot.domain.refusal import Refused
from bot.person.place import Person
from bot.safety.codes import ForeignRow, is_genuine
from bot.safety.keys import same
from bot.store import PersonalWork, UnitOfWork
from handlers.elections.heart.keys import open_keys
from storage.elections import candidates, elections, representatives
from storage.elections.candidates import Candidate
from storage.elections.elections import ElectionRow
from storage.elections.representatives import OfficeRow, OfficeState


def office_at(work: PersonalWork, office_id: int) -> OfficeRow:
    """The office, where it can be touched from here and, while it is in force, nobody else wrote it."""
    office = representatives.get(work.session, office_id)
    if office is None:
        raise Refused("frame.refused.unknown_thing")
    work.reach(office.chat_id)
    if office.state != OfficeState.ENDED and not is_genuine(work.keys, office):
        raise ForeignRow(office, office_id)
    return office


def office_in_force(work: PersonalWork, office_id: int) -> OfficeRow:
    """The same, where it is held or offered."""
    office = office_at(work, office_id)
    if office.state == OfficeState.ENDED:
        raise Refused("representatives.refused.ended")
    return office


def elected(work: PersonalWork, candidate_id: int) -> tuple[ElectionRow, Candidate]:
    """A candidate with enough signatures, by what the public sees, and the election."""
    candidate = candidates.get(work.session, candidate_id)
    election = elections.get(work.session, candidate.election_id) if candidate else None
    if election is None or election.recalled_office_id is not None:
        raise Refused("frame.refused.unknown_thing")
    work.reach(election.chat_id)
    found = elections.plain(work.session, election).candidate(candidate_id)
    if found is None or not found.reached:
        raise Refused("representatives.refused.not_elected")
    return election, found


def require_own_offer(work: PersonalWork, office: OfficeRow) -> None:
    """Go on only if the office is offered, and to this person."""
    if office.state != OfficeState.OFFERED:
        raise Refused("representatives.refused.not_offered")
    if office.holder_tag is None and has_stood(work, work.person, office) is None:
        raise Refused("representatives.refused.record_erased")
    if not is_offered_to(work, office):
        raise Refused("representatives.refused.not_you")


def is_offered_to(work: PersonalWork, office: OfficeRow) -> bool:
    """Whether this person may take an offered office: an organiser showed them, or they stood."""
    if office.holder_tag is not None:
        return representatives.is_held_by(office, work.tag)
    return bool(has_stood(work, work.person, office))


def has_stood(work: UnitOfWork, person: Person, office: OfficeRow) -> bool | None:
    """Whether this person is the candidate on whom the office rests.

    None where nobody can tell any more: the election has forgotten who stood.
    """
    candidate = candidates.get(work.session, office.candidate_id)
    election = elections.get(work.session, office.election_id)
    if candidate is None or candidate.person_tag is None:
        return None
    if election is None or election.wrapped_key is None:
        return None
    return is_genuine(work.keys, candidate) and same(
        candidate.person_tag, open_keys(work, election).candidate_tag(person)
    )
