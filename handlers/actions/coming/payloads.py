"""What leads to the list of what is coming."""

from __future__ import annotations

from bot.message.payload import Payload


class ListPage(Payload, code="a.list"):
    """What is coming in this chat."""
