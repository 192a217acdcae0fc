"""A representative, while in office, lends an action their name, or takes it back."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.refusal import Refused
from bot.store import PersonalWork
from handlers.actions.reach import changeable
from storage import actions
from storage.elections import representatives


@dataclass(frozen=True)
class Support:
    """What a representative can do about an action: give their support, or take it back."""

    name: str
    is_given: bool


def own_support(work: PersonalWork, action_id: int) -> Support | None:
    """Return None for a neighbour who isn't a representative here at this moment."""
    action = changeable(work, action_id)
    office = representatives.held_by(work.session, action.chat_id, work.tag)
    if office is None:
        return None
    office_id = office.id
    return Support(office.name, representatives.is_endorsed(work.session, action_id, office_id))


def give_support(work: PersonalWork, action_id: int) -> None:
    """Name the representative on the action's card; a second time changes nothing."""
    office_id = _require_office(work, action_id)
    if representatives.endorse(work.session, action_id, office_id):
        work.later.redraw(actions.CARD, action_id)


def take_support_back(work: PersonalWork, action_id: int) -> None:
    office_id = _require_office(work, action_id)
    representatives.withdraw_endorsement(work.session, action_id, office_id)
    work.later.redraw(actions.CARD, action_id)


def _require_office(work: PersonalWork, action_id: int) -> int:
    action = changeable(work, action_id)
    office = representatives.held_by(work.session, action.chat_id, work.tag)
    if office is None:
        raise Refused("representatives.refused.not_in_office")
    return office.id
