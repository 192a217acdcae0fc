"""What the buttons beneath delivery's question carry."""

from __future__ import annotations

from dataclasses import dataclass

from bot.message.payload import Payload


@dataclass(frozen=True)
class SendAgain(Payload, code="dl.again"):
    """It isn't there: say it again. `row` is the outbox's."""

    row: int


@dataclass(frozen=True)
class TryNow(Payload, code="dl.try"):
    """Telegram refused it, and somebody thinks that it takes it now."""

    row: int


@dataclass(frozen=True)
class Arrived(Payload, code="dl.there"):
    """It is there."""

    row: int
