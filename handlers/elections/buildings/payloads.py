"""What the buttons of buildings carry."""

from __future__ import annotations

from bot.message.payload import Payload


class ListPage(Payload, code="b.list"):
    """The buildings and what they make together."""

    chat: int


class HowPage(Payload, code="b.how"):
    """How a building is added or changed."""

    chat: int


class RemovePage(Payload, code="b.remove"):
    """Which building to remove."""

    chat: int
    page: int


class RemoveBuilding(Payload, code="b.remove!"):
    chat: int
    building: int
