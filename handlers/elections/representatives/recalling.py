"""How a recall is begun. Signing in it is like in any election; what it comes to is in
`heart/offices.py`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.domain.elections.acts import DeadlinePreset
from bot.domain.elections.buildings import Count
from bot.domain.elections.plan import MOST_OPEN
from bot.domain.elections.rule import Rule, rule_from_json
from bot.domain.refusal import Refused
from bot.domain.timekeeping.moment import Moment
from bot.later import first_key
from bot.safety.codes import vouch
from bot.store import PersonalWork, UnitOfWork
from handlers.elections.heart.closing import finish
from handlers.elections.heart.count.counting import keep_base
from handlers.elections.heart.count.publishing import begin
from handlers.elections.heart.deadlines import preset_moment, put_deadline
from handlers.elections.heart.keys import new_wrapped_key
from handlers.elections.heart.posts import post
from handlers.elections.representatives.reach import office_at
from storage import chats
from storage.elections import buildings, candidates, elections
from storage.elections.candidates import CandidateRow
from storage.elections.elections import ElectionRow
from storage.elections.representatives import OfficeRow, OfficeState


@dataclass(frozen=True)
class Recall:
    """A recall before it is one; `language` is the chat's."""

    office_id: int
    name: str
    rule: Rule
    count: Count
    language: str
    # When signing ends, unless organisers move that afterwards.
    closes: Moment | None
    today: date


def recall_of(work: PersonalWork, office_id: int) -> Recall:
    """By which rule, and among how many, this representative could be recalled now."""
    office = _held_office(work, office_id)
    return Recall(
        office_id,
        office.name,
        rule_from_json(office.rule),
        _count(work, office),
        language=chats.get(work.session, office.chat_id).language,
        closes=_deadline(work, office),
        today=work.today(office.chat_id),
    )


def begin_recall(work: PersonalWork, office_id: int, title: str, choice: str) -> None:
    """Let neighbours sign for a recall, by the rule of the election that the office rests on.

    `title` and `choice` (what one signs for) are what the card says, in the language of the chat, as
    an organiser would have typed them.
    """
    office = _held_office(work, office_id)
    _require_room(work, office, office_id)
    count = _count(work, office)
    election = ElectionRow(
        chat_id=office.chat_id,
        thread_id=work.thread_in(office.chat_id),
        title=title,
        base=count.base,
        is_base_typed=office.is_base_typed,
        is_provisional=count.is_provisional,
        rule=office.rule,
        recalled_office_id=office_id,
    )
    election_id = elections.add(work.session, election)
    election.wrapped_key = new_wrapped_key(work, election_id)
    vouch(work.keys, election)
    put_deadline(work, election, _deadline(work, office))
    keep_base(work, election)
    begin(work, election)
    candidates.add(work.session, CandidateRow(election_id=election_id, name=choice))
    post(work, election, elections.CARD, election_id, key=first_key(elections.CARD, election_id))


def _deadline(work: UnitOfWork, office: OfficeRow) -> Moment | None:
    """A recall is nothing to hang over anybody for ever."""
    return preset_moment(DeadlinePreset.MONTH, work.now, work.zone(office.chat_id))


def close_recalls(work: UnitOfWork, office: OfficeRow) -> None:
    """The office is over, and with it what there was to sign for."""
    office_id = office.id
    for election in elections.recalls_under_way(work.session, office.chat_id, office_id):
        finish(work, election)


def _held_office(work: PersonalWork, office_id: int) -> OfficeRow:
    office = office_at(work, office_id)
    if office.state != OfficeState.HELD:
        raise Refused("recall.refused.not_in_office")
    return office


def _count(work: UnitOfWork, office: OfficeRow) -> Count:
    """Where the election counted the buildings, they are counted as they are now."""
    as_elected = Count(office.base, office.is_provisional)
    if office.is_base_typed:
        return as_elected
    return buildings.count(work.session, office.chat_id) or Count(office.base, True)


def _require_room(work: UnitOfWork, office: OfficeRow, office_id: int) -> None:
    if elections.recalls_under_way(work.session, office.chat_id, office_id):
        raise Refused("recall.refused.under_way")
    if len(elections.open_in(work.session, office.chat_id)) >= MOST_OPEN:
        raise Refused("elections.refused.too_many_open", most=MOST_OPEN)
