"""Who holds an office: recognised when they act, by a tag, and never written in clear."""

from __future__ import annotations

from bot.person.place import Person
from bot.safety.keys import same
from bot.store import PersonalWork, UnitOfWork
from storage.elections import representatives
from storage.elections.representatives import OfficeRow

SUPPORTED_CARD = "actions.card"
"""The card of an action, which names the representatives who support it."""


def office_tag(work: UnitOfWork, office_id: int, user_id: int) -> bytes:
    """A person's tag under the key of one office: the tags of two offices can't be joined."""
    return work.keys.tag(f"office:{office_id}", user_id)


def is_holder(work: UnitOfWork, office: OfficeRow, person: Person) -> bool:
    """Whether the office's tag is this person's."""
    if person.id is None or office.holder_tag is None:
        return False
    tag = office_tag(work, representatives.id_of(office), person.id)
    return same(office.holder_tag, tag)


def office_held_by(work: PersonalWork, chat_id: int) -> OfficeRow | None:
    """The office that this person holds in a chat at this moment."""
    held = representatives.held_in(work.session, chat_id)
    return next((office for office in held if is_holder(work, office, work.person)), None)
