"""What the buttons beneath an election's card carry that no other part has."""

from __future__ import annotations

from bot.message.payload import Payload


class ManagePage(Payload, code="e.manage"):
    """What organisers can do with an election."""

    election: int
