"""Where an action has room for so many: who finds a place, who waits in the line, and who moves up."""

from __future__ import annotations

from bot.domain.actions.parties import fits
from bot.domain.actions.parties import let_in as next_in_line
from bot.domain.refusal import Refused
from bot.store import PersonalWork, UnitOfWork
from storage import answers
from storage.answers import Answering


def place_for(work: PersonalWork, action: Answering, people: int) -> int | None:
    """The place in the line for so many; None where they find room. Raises `Refused` for somebody who has
    room already, and none for more: they would lose it."""
    if action.capacity is None:
        return None
    if people <= action.seats:
        return None  # their places are theirs, also where there is room for fewer by now
    others = answers.taken(work.session, action.id) - action.seats
    if fits(people, others, action.capacity):
        return None
    if action.seats and action.is_careful:
        raise Refused("actions.refused.no_room_careful")  # how many are free would tell of each tap
    if action.seats:
        raise Refused("actions.refused.no_room", most=max(action.capacity - others, action.seats))
    return action.in_line or answers.last_in_line(work.session, action.id) + 1


def let_in(work: UnitOfWork, action_id: int, capacity: int | None) -> None:
    """Places may have come free: who waits for one moves up by itself."""
    line = answers.line(work.session, action_id)
    if line:
        taken = answers.taken(work.session, action_id)
        answers.let_in(work.session, action_id, next_in_line(line, taken, capacity))
