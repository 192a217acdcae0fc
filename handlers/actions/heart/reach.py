"""Which actions a person may touch from here, and for how long."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.refusal import Refused
from bot.message.addresses import card_link
from bot.person.place import Person
from bot.store import PersonalWork, UnitOfWork
from storage import action_reminders, actions, answers
from storage.actions import Action, ActionRow, ActionState
from storage.answers import Answering

ANSWERS_KEPT = timedelta(hours=24)
"""After its beginning; then an action is over, and who answered is erased."""


def author_purpose(action_id: int) -> str:
    """Return by which key an action knows its author."""
    return f"action-author:{action_id}"


def answers_purpose(action_id: int) -> str:
    """Return by which key it knows who answered."""
    return f"action-answers:{action_id}"


def forget_people(work: UnitOfWork, action: ActionRow) -> None:
    """It is over: keep its numbers, and nothing by which anybody is known in it; remind of it no more."""
    work.forget_former(author_purpose(action.id), answers_purpose(action.id))
    answers.erase_people(work.session, action)
    action_reminders.take_away(work.session, action.id)


def author_tag(work: UnitOfWork, action_id: int, person: Person) -> bytes | None:
    """Return how an action knows a person as its author; None for an anonymous administrator.

    Apart from the answers' tags, or the author's answer could be picked out.
    """
    if person.id is None:
        return None
    return work.keys.tag(author_purpose(action_id), person.id)


def is_over(work: UnitOfWork, action: ActionRow | Answering) -> bool:
    """Whether an action takes no answers and no changes any more."""
    return action.starts_at + ANSWERS_KEPT <= work.now


def reach_action(work: PersonalWork, action_id: int) -> ActionRow:
    """Return an action of a chat that can be reached from here. Raises `Refused`."""
    action = actions.get(work.session, action_id)
    if action is None:
        raise Refused("frame.refused.unknown_thing")
    work.reach(action.chat_id)
    return action


def reach_coming_action(work: PersonalWork, action_id: int) -> ActionRow:
    """Return the same where it is neither called off nor over. Raises `Refused`."""
    action = reach_action(work, action_id)
    require_coming(work, action)
    return action


def require_coming(work: PersonalWork, action: ActionRow | Answering) -> None:
    """Go on only where an action is neither called off nor over. Raises `Refused`."""
    if action.state == ActionState.CANCELLED:
        raise Refused("actions.refused.cancelled")
    if is_over(work, action):
        raise Refused("actions.refused.over")


def changeable(work: PersonalWork, action_id: int) -> Action:
    """Return an action as it stands, where it can still be changed. Raises `Refused`."""
    return actions.plain(reach_coming_action(work, action_id))


def card_link_from(work: PersonalWork, action: Action) -> str | None:
    """A link to an action's card, for whoever isn't in the chat where it stands."""
    if work.place.is_group:
        return None
    return card_link(work, action.chat_id, actions.CARD, action.id)


def is_author(work: PersonalWork, action_id: int) -> bool:
    """Whether this person announced it. Raises `Refused` where the action can't be touched from here."""
    action = reach_action(work, action_id)
    if action.state == ActionState.CANCELLED:
        # Who announced it is forgotten, and for everybody it is the same.
        raise Refused("actions.refused.cancelled")
    return work.person.id is not None and action.author_tag == author_tag(
        work, action_id, work.person
    )


def chat_of(work: UnitOfWork, action_id: int) -> int:
    """Return our id of the chat that an action belongs to. Raises `Refused`."""
    action = actions.get(work.session, action_id)
    if action is None:
        raise Refused("frame.refused.unknown_thing")
    return action.chat_id
