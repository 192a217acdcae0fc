"""What the buttons of buildings carry."""

from __future__ import annotations

from dataclasses import dataclass

from bot.message.payload import Payload


@dataclass(frozen=True)
class ListPage(Payload, code="b.list"):
    """The buildings and what they make together."""

    chat: int


@dataclass(frozen=True)
class HowPage(Payload, code="b.how"):
    """How a building is added or changed."""

    chat: int


@dataclass(frozen=True)
class RemovePage(Payload, code="b.remove"):
    """Which building to remove."""

    chat: int
    page: int


@dataclass(frozen=True)
class RemoveBuilding(Payload, code="b.remove!"):
    chat: int
    building: int
