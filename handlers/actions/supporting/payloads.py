"""What a representative's buttons about an action carry."""

from __future__ import annotations

from bot.message.payload import Payload


class GiveSupport(Payload, code="a.support!"):
    action: int


class TakeSupportBack(Payload, code="a.unsupport!"):
    action: int
