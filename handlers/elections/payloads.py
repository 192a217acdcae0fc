"""What the buttons of elections carry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from bot.callback_data import AtMost, Payload


@dataclass(frozen=True)
class PreviewPage(Payload, code="e.preview"):
    """The rule in words and what it means, with Publish and Cancel."""

    draft: int


@dataclass(frozen=True)
class RulePage(Payload, code="e.rule"):
    """The rules to choose from, and whom the base counts."""

    draft: int


@dataclass(frozen=True)
class ChooseRule(Payload, code="e.rule!"):
    draft: int
    preset: Annotated[str, AtMost(20)]


@dataclass(frozen=True)
class ChooseCounted(Payload, code="e.counted!"):
    draft: int
    counted: Annotated[str, AtMost(20)]


@dataclass(frozen=True)
class Publish(Payload, code="e.publish"):
    draft: int


@dataclass(frozen=True)
class DropDraft(Payload, code="e.drop"):
    draft: int


@dataclass(frozen=True)
class StandPage(Payload, code="e.stand", private=True):
    """Asks in which election, where there are several; otherwise whether they really want it."""

    draft: int


@dataclass(frozen=True)
class StandInPage(Payload, code="e.standin", private=True):
    """Asks whether they really want to stand in this election."""

    draft: int
    election: int


@dataclass(frozen=True)
class Stand(Payload, code="e.stand!"):
    draft: int
    election: int


@dataclass(frozen=True)
class SignPage(Payload, code="e.sign", private=True):
    """Where this person stands: whom they signed for, or whom they could sign for."""

    election: int


@dataclass(frozen=True)
class ConfirmPage(Payload, code="e.confirm", private=True):
    """Whom and what, in one sentence, before it counts."""

    election: int
    candidate: int


@dataclass(frozen=True)
class BuildingsPage(Payload, code="e.houses", private=True):
    """The same with more of the buildings, where they don't fit at once."""

    election: int
    candidate: int
    page: int


@dataclass(frozen=True)
class Sign(Payload, code="e.sign!"):
    """Without a building, or from one that isn't listed."""

    election: int
    candidate: int


@dataclass(frozen=True)
class SignInBuilding(Payload, code="e.signin!"):
    election: int
    candidate: int
    building: int


@dataclass(frozen=True)
class Withdraw(Payload, code="e.withdraw"):
    election: int


@dataclass(frozen=True)
class ManagePage(Payload, code="e.manage"):
    """What organisers can do with an election."""

    election: int


@dataclass(frozen=True)
class FreezePage(Payload, code="e.freeze"):
    """Asks once more before the base becomes final."""

    election: int


@dataclass(frozen=True)
class FreezeBase(Payload, code="e.freeze!"):
    election: int


@dataclass(frozen=True)
class ClosePage(Payload, code="e.close"):
    """Asks once more before an election is closed."""

    election: int


@dataclass(frozen=True)
class CloseElection(Payload, code="e.close!"):
    election: int
