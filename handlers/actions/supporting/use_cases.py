"""A representative, while in office, lends an action their name, or takes it back."""

from __future__ import annotations

from bot.domain.refusal import Refused
from bot.safety.codes import ForeignRow, is_genuine
from bot.store import PersonalWork
from handlers.actions.heart.reach import changeable
from storage import actions
from storage.elections import representatives
from storage.elections.representatives import OfficeRow


def gives_support(work: PersonalWork, action_id: int) -> bool | None:
    """Whether a representative supports an action; None for who isn't one here at this moment."""
    office = _office(work, action_id)
    return representatives.is_endorsed(work.session, action_id, office.id) if office else None


def give_support(work: PersonalWork, action_id: int) -> None:
    """Name the representative on the action's card; a second time changes nothing."""
    office_id = _require_office(work, action_id)
    if representatives.endorse(work.session, action_id, office_id):
        work.later.redraw(actions.CARD, action_id)


def take_support_back(work: PersonalWork, action_id: int) -> None:
    office_id = _require_office(work, action_id)
    representatives.withdraw_endorsement(work.session, action_id, office_id)
    work.later.redraw(actions.CARD, action_id)


def _office(work: PersonalWork, action_id: int) -> OfficeRow | None:
    action = changeable(work, action_id)
    office = representatives.held_by(work.session, action.chat_id, work.tag)
    if office is not None and not is_genuine(work.keys, office):
        raise ForeignRow(office, office.id)
    return office


def _require_office(work: PersonalWork, action_id: int) -> int:
    office = _office(work, action_id)
    if office is None:
        raise Refused("representatives.refused.not_in_office")
    return office.id
