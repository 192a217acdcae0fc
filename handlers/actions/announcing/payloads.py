"""What the buttons on the way to an announcement carry."""

from __future__ import annotations

from bot.message.payload import Payload


class Begin(Payload, code="a.new!"):
    """Announce something, step by step."""


class Publish(Payload, code="a.publish"):
    draft: int
