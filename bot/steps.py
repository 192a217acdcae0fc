"""What one feature offers to begin in another, so that neither has to know the other.

    await context.begin(SheetStep(election=7))

Who takes a step asks for the rights that it wants: the one who offers it may know nothing of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.message.words import Html


class Step:
    """Base of every step. A feature takes it by naming its kind in `Feature.steps`."""


@dataclass(frozen=True)
class ReminderStep(Step):
    """Setting a reminder whose words are ready, in the language of the chat; organisers may change them.

    `about` names the thing: who begins twice about the same goes on with the same draft. No day after
    `last_on` is offered, where there is one, and nothing repeats beyond it.
    """

    chat_id: int
    about: str
    text: Html
    last_on: date | None = None


@dataclass(frozen=True)
class SheetStep(Step):
    """Printing a sheet to sign by hand, for this election."""

    election: int


@dataclass(frozen=True)
class AnnounceStep(Step):
    """Announcing an action by buttons, in the group that this is about."""


@dataclass(frozen=True)
class RemindStep(Step):
    """Setting a reminder step by step, in the group that this is about."""


@dataclass(frozen=True)
class SignaturesStep(Step):
    """Elections of the group that this is about: how far they are, and for organisers to begin one."""
