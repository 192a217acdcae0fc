"""What the buttons that change an action carry."""

from __future__ import annotations

from typing import Annotated

from bot.message.payload import AtMost, Payload

FIELDS = ("time", "words", "place", "capacity")
"""What can be changed of an action, each alone."""


class Change(Payload, code="a.alter"):
    """`field` is one of FIELDS."""

    action: int
    field: Annotated[str, AtMost(8)]


class SaveEdit(Payload, code="a.save"):
    draft: int


class SavedPage(Payload, code="a.saved"):
    """What was changed is known to the chat, or nothing was."""

    action: int
    is_changed: bool


class CancelPage(Payload, code="a.cancel", private=True):
    """Asks once more before an action is cancelled."""

    action: int


class WhyPage(Payload, code="a.why", typing=True):
    """The next thing that is typed says why it is called off."""

    action: int


class CancelForPage(Payload, code="a.cancelfor"):
    """Asks once more, with the reason as everybody will read it."""

    draft: int


class CancelFor(Payload, code="a.cancelfor!"):
    draft: int


class CancelAction(Payload, code="a.cancel!"):
    action: int
