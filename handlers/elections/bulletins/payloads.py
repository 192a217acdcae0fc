"""What the buttons around bulletins carry."""

from __future__ import annotations

from bot.message.payload import Payload


class ProofPage(Payload, code="eb.proof", private=True):
    """What a proof code is for and what it can do to its owner, before there is one."""

    election: int
    candidate: int


class GuidePage(Payload, code="eb.guide", private=True):
    """How bulletins and codes are used; with the way back to the page about one's code, or without a
    candidate to that about the numbers; zeros stand for nowhere."""

    election: int
    candidate: int


class CodePage(Payload, code="eb.code", private=True):
    """The proof code itself."""

    election: int
    candidate: int


class LookPage(Payload, code="eb.look", private=True):
    """Whether one's own signature stands in the latest bulletin: without copying a code."""

    election: int
    candidate: int
