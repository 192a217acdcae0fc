"""What the buttons around signing carry."""

from __future__ import annotations

from bot.message.payload import Payload


class LetNewcomers(Payload, code="ec.let!"):
    """Whether those who joined after an election opened sign in it, while it is under way."""

    election: int
    may: bool


class WithdrawFrom(Payload, code="ec.withdraw"):
    """Takes back the signature for one candidate, where each has signatures of their own."""

    election: int
    candidate: int


class SignPage(Payload, code="e.sign", private=True):
    """Where this person stands: whom they signed for, or whom they could sign for."""

    election: int


class ConfirmPage(Payload, code="e.confirm", private=True):
    """Whom and what, in one sentence, before it counts."""

    election: int
    candidate: int


class BuildingsPage(Payload, code="e.houses", private=True):
    """The same with more of the buildings, where they don't fit at once."""

    election: int
    candidate: int
    page: int


class Sign(Payload, code="e.sign!"):
    """Without a building, or from one that isn't listed."""

    election: int
    candidate: int


class SignInBuilding(Payload, code="e.signin!"):
    election: int
    candidate: int
    building: int


class Withdraw(Payload, code="e.withdraw"):
    election: int


class WithdrawnPage(Payload, code="e.withdrawn", private=True):
    """One's signature is taken back: the way on, and no button that would give it again by a second tap."""

    election: int
