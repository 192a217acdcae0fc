"""What the buttons of buildings carry."""

from __future__ import annotations

from bot.message.payload import Payload


class ListPage(Payload, code="b.list"):
    """The buildings and what they make together."""

    chat: int


class AddPage(Payload, code="b.add", typing=True):
    """Asks for buildings, in the private chat."""

    chat: int


class RemovePage(Payload, code="b.remove"):
    """Which building to remove."""

    chat: int
    page: int


class RemoveBuilding(Payload, code="b.remove!"):
    chat: int
    building: int
