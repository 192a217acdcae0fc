"""What the buttons of an action's card carry."""

from __future__ import annotations

from typing import Annotated

from bot.message.payload import AtMost, Payload


class GiveAnswer(Payload, code="a.answer"):
    action: int
    answer: Annotated[str, AtMost(20)]


class ComeWith(Payload, code="a.with!"):
    """Come, with so many guests."""

    action: int
    guests: int


class MorePage(Payload, code="a.change", private=True):
    """What this reader may do with an action, beside answering, and what they answered."""

    action: int
