"""What the buttons beneath an election's card carry that no other part has."""

from __future__ import annotations

from bot.message.payload import Payload


class MorePage(Payload, code="e.more", private=True):
    """What this reader can do with an election, beside what the card offers everybody."""

    election: int


class NumbersPage(Payload, code="e.numbers", private=True):
    """What the public numbers mean, and by what they can be checked."""

    election: int


class ManagePage(Payload, code="e.manage", private=True):
    """What organisers can do with an election."""

    election: int
