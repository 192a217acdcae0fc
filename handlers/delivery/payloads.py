"""What the buttons beneath delivery's question carry."""

from __future__ import annotations

from bot.message.payload import Payload


class SendAgain(Payload, code="dl.again"):
    """It isn't there: say it again. `row` is the outbox's."""

    row: int


class TryNow(Payload, code="dl.try"):
    """Telegram refused it, and somebody thinks that it takes it now."""

    row: int


class Arrived(Payload, code="dl.there"):
    """It is there."""

    row: int


class UnsaidPage(Payload, code="dl.about"):
    """What became of a post, and who decides, for whoever doesn't."""

    row: int
