"""How a neighbour becomes a representative, and stops being one. Plain functions on a unit of work.

An organiser offers the office to whom an election brought enough signatures; the neighbour who stood
under that name takes it. They are recognised by the election's own record, and where that is erased
already, by an organiser's reply to them, of which the chat is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.chores import Found, some
from bot.domain.elections.terms import end_of, read_last_day, require_term
from bot.domain.refusal import Refused
from bot.person.drafts import end_draft, keep_draft, open_draft
from bot.person.place import Person
from bot.safety.codes import vouch
from bot.store import PersonalWork, UnitOfWork
from handlers.elections.heart.offices import end_office, post_of_office
from handlers.elections.representatives.last_day import read_until
from handlers.elections.representatives.reach import (
    elected,
    has_stood,
    office_at,
    office_in_force,
    require_own_offer,
)
from handlers.elections.representatives.recalling import close_recalls
from storage import actions
from storage.elections import buildings, elections, representatives
from storage.elections.representatives import Office, OfficeEnd, OfficeRow, OfficeState

OFFERED_POST = "representatives.offered"
NAMED_POST = "representatives.named"
TAKEN_POST = "representatives.taken"

HOLDER_FLOW = "representatives.holder"
UNTIL_FLOW = "representatives.until"

MOST_OFFICES = 30
_REMEMBER_UNTAKEN = timedelta(days=7)
_AT_ONCE = 5


@dataclass(frozen=True)
class Offered:
    """The offices that a neighbour could take, kept in a draft."""

    draft_id: int
    offices: tuple[Office, ...]


@dataclass(frozen=True)
class Awaited:
    """A term of which the last day is to be typed, and whose it is."""

    draft_id: int
    name: str
    # Of the day that is shown as an example.
    year: int


def offer(work: PersonalWork, candidate_id: int, until: str) -> int:
    """Offer the office to a candidate with enough signatures. Gives the office's id.

    `until` is its last day as a button carries it. A second time, from another device, changes nothing.
    """
    last_day = read_until(until)
    election, candidate = elected(work, candidate_id)
    office_already = representatives.of_candidacy(work.session, candidate_id)
    if office_already is not None:
        return office_already.id
    if len(representatives.in_force(work.session, election.chat_id)) >= MOST_OFFICES:
        raise Refused("representatives.refused.too_many", most=MOST_OFFICES)
    zone = work.zone(election.chat_id)
    if last_day is not None:
        require_term(last_day, today=work.now.astimezone(zone).date())
    office = OfficeRow(
        chat_id=election.chat_id,
        thread_id=work.thread_in(election.chat_id),
        election_id=election.id,
        candidate_id=candidate_id,
        name=candidate.name,
        title=election.title,
        rule=election.rule,
        base=election.base,
        is_base_typed=election.is_base_typed,
        is_provisional=election.is_provisional,
        until=last_day,
        timezone=zone.key if last_day else None,
        term_ends_at=end_of(last_day, zone) if last_day else None,
    )
    office_id = representatives.add(work.session, office)
    vouch(work.keys, office)
    post_of_office(work, office, OFFERED_POST, key=f"{OFFERED_POST}:{office_id}")
    return office_id


def take_office(work: PersonalWork, office_id: int) -> None:
    """Accept an office; only the neighbour who stood under that name may."""
    office = office_at(work, office_id)
    if representatives.is_held_by(office, work.tag) and office.state == OfficeState.HELD:
        return
    require_own_offer(work, office)
    _require_still_elected(work, office)
    office.holder_tag = representatives.holder_tag(office_id, work.tag)
    office.state = OfficeState.HELD
    office.since = work.today(office.chat_id)
    vouch(work.keys, office)
    work.session.add(office)
    post_of_office(work, office, TAKEN_POST, key=f"{TAKEN_POST}:{office_id}")


def decline_office(work: PersonalWork, office_id: int) -> None:
    """Say no to an office; it may be offered again."""
    office = office_at(work, office_id)
    require_own_offer(work, office)
    end_office(work, office, OfficeEnd.DECLINED)


def withdraw_offer(work: PersonalWork, office_id: int) -> None:
    """Take back an offer that nobody has accepted yet."""
    office = office_at(work, office_id)
    if office.state != OfficeState.OFFERED:
        raise Refused("representatives.refused.not_offered")
    end_office(work, office, OfficeEnd.WITHDRAWN)


def step_down(work: PersonalWork, office_id: int) -> None:
    """Leave office of one's own will."""
    office = office_at(work, office_id)
    if office.state != OfficeState.HELD or not representatives.is_held_by(office, work.tag):
        raise Refused("representatives.refused.not_you")
    end_office(work, office, OfficeEnd.STEPPED_DOWN)
    close_recalls(work, office)


def draft_holder(work: PersonalWork, neighbour: int) -> int:
    """Keep to whom an organiser replied, as a tag for each office it could be. Gives the draft's id.

    Where an election still knows who stood, a neighbour who isn't that one is refused.
    """
    chat = work.chat_here()
    offered = [
        office
        for office in representatives.in_force(work.session, chat.id)
        if office.state == OfficeState.OFFERED
    ]
    if not offered:
        raise Refused("representatives.refused.none_offered")
    them = Person(neighbour)
    tags = {
        office.id: representatives.holder_tag(
            office.id, lambda purpose: work.keys.tag(purpose, neighbour)
        )
        for office in offered
        if has_stood(work, them, office) is not False
    }
    if not tags:
        raise Refused("representatives.refused.other_neighbour")
    data = {str(office_id): tag.hex() for office_id, tag in tags.items()}
    return keep_draft(work, chat.id, HOLDER_FLOW, data)


def offered_in_draft(work: PersonalWork, draft_id: int) -> Offered:
    """The offices that the neighbour in a draft could take."""
    draft = open_draft(work, draft_id, HOLDER_FLOW)
    found = (representatives.get(work.session, int(office_id)) for office_id in draft.data)
    offices = (representatives.plain(work.session, office) for office in found if office)
    return Offered(draft_id, tuple(offices))


def name_holder(work: PersonalWork, draft_id: int, office_id: int) -> None:
    """The neighbour in a draft may take this office; the chat is told that an organiser said so."""
    draft = open_draft(work, draft_id, HOLDER_FLOW)
    tag = draft.data.get(str(office_id))
    office = office_at(work, office_id)
    if tag is None or office.state != OfficeState.OFFERED:
        raise Refused("representatives.refused.not_offered")
    end_draft(work, draft)
    office.holder_tag = bytes.fromhex(tag)
    vouch(work.keys, office)
    work.session.add(office)
    post_of_office(work, office, NAMED_POST, key=f"{NAMED_POST}:{office_id}:{draft_id}")


def drop_draft(work: PersonalWork, draft_id: int) -> None:
    """Think better of it."""
    end_draft(work, open_draft(work, draft_id, HOLDER_FLOW), is_dropped=True)


def begin_until(work: PersonalWork, candidate_id: int) -> Awaited:
    """Ask for the last day of the term: the organiser's next private message is the answer."""
    election, candidate = elected(work, candidate_id)
    data = {"candidate": candidate_id}
    draft_id = keep_draft(work, election.chat_id, UNTIL_FLOW, data, awaits_typing=True)
    year = work.today(election.chat_id).year + 1
    return Awaited(draft_id, candidate.name, year)


def leave_until(work: PersonalWork, draft_id: int) -> int:
    """Wait for it no longer. Gives the candidate's id."""
    draft = open_draft(work, draft_id, UNTIL_FLOW)
    end_draft(work, draft, is_dropped=True)
    return int(draft.data["candidate"])


def note_until(work: PersonalWork, draft_id: int, typed: str) -> tuple[int, date]:
    """The last day came. Gives the candidate and the day; the draft is over."""
    draft = open_draft(work, draft_id, UNTIL_FLOW)
    last_day = read_last_day(typed, now=work.now, zone=ZoneInfo(draft.chat.timezone))
    end_draft(work, draft)
    return int(draft.data["candidate"]), last_day


def choose_building(work: PersonalWork, office_id: int, building_id: int, chosen: bool) -> None:
    """An office is for this building, or isn't any longer."""
    office = office_in_force(work, office_id)
    building = buildings.get(work.session, building_id)
    if building is None or building.chat_id != office.chat_id:
        raise Refused("frame.refused.unknown_thing")
    if chosen:
        representatives.choose_building(work.session, office, building_id)
    else:
        representatives.leave_building(work.session, office, building_id)


def choose_all_buildings(work: PersonalWork, office_id: int) -> None:
    office = office_in_force(work, office_id)
    representatives.choose_all_buildings(work.session, office)


def forget_office(work: PersonalWork, office_id: int) -> None:
    """Erase the public line of an office that is over, also from the actions it supported."""
    office = office_at(work, office_id)
    if office.state != OfficeState.ENDED:
        raise Refused("representatives.refused.in_force")
    for action_id in representatives.endorsed_by(work.session, office_id):
        work.later.redraw(actions.CARD, action_id)
    representatives.forget(work.session, office)


def load_offered(work: UnitOfWork, office_id: int) -> Office | None:
    """None where the offer is over before its post was sent."""
    return _load(work, office_id, OfficeState.OFFERED)


def load_taken(work: UnitOfWork, office_id: int) -> Office | None:
    return _load(work, office_id, OfficeState.HELD)


def load_ended(work: UnitOfWork, office_id: int) -> Office | None:
    return _load(work, office_id, OfficeState.ENDED)


def end_terms(work: UnitOfWork) -> None:
    """End the offices whose term is over, taken or not."""
    for office in representatives.with_term_over(work.session, work.now, _AT_ONCE):
        end_office(work, office, OfficeEnd.TERM)
        close_recalls(work, office)


def keep_last_day(work: UnitOfWork, office: OfficeRow) -> None:
    """The term is over with its last day there, whatever the zone's rules are by now."""
    if office.until is not None and office.timezone is not None:
        office.term_ends_at = end_of(office.until, ZoneInfo(office.timezone))
        work.session.add(office)


def next_term_end(work: UnitOfWork) -> datetime | None:
    return representatives.next_term_end(work.session)


def find_untaken(work: UnitOfWork, after: int | None) -> Found[int]:
    """Offers that came to nothing, once the chat has been told."""
    day = (work.now - _REMEMBER_UNTAKEN).date()
    found = representatives.never_taken_before(work.session, day, after or 0, _AT_ONCE)
    return some(found, _AT_ONCE)


def forget_untaken(work: UnitOfWork, office_ids: Sequence[int]) -> None:
    """Erase them: an offer that is over stays so."""
    for office_id in office_ids:
        office = representatives.get(work.session, office_id)
        if office is not None:
            representatives.forget(work.session, office)


def _require_still_elected(work: UnitOfWork, office: OfficeRow) -> None:
    """Signatures may have been withdrawn since the offer. Where the election is deleted nobody can tell."""
    election = elections.get(work.session, office.election_id)
    row = elections.plain(work.session, election) if election else None
    candidates = row.candidates if row and not row.is_deleted else ()
    if any(each.id == office.candidate_id and not each.reached for each in candidates):
        raise Refused("representatives.refused.lost")


def _load(work: UnitOfWork, office_id: int, state: OfficeState) -> Office | None:
    office = representatives.get(work.session, office_id)
    if office is None or office.state != state:
        return None
    return representatives.plain(work.session, office)
