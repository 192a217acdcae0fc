"""What the buttons on the way to an announcement carry."""

from __future__ import annotations

from bot.message.payload import Payload


class Begin(Payload, code="a.new!"):
    """Announce something in this chat, step by step."""

    chat: int


class Publish(Payload, code="a.publish"):
    draft: int
