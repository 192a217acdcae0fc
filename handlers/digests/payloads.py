"""What the buttons of digests carry."""

from __future__ import annotations

from typing import Annotated

from bot.message.payload import AtMost, Payload


class DigestPage(Payload, code="dg.page"):
    """When the digest comes, and what can be changed."""

    chat: int


class LookPage(Payload, code="dg.look"):
    """The digest as it would look now."""

    chat: int


class HourPage(Payload, code="dg.hour"):
    """The hour for a day that was typed without one; full hours or half past, the day's or the night's."""

    chat: int
    day: Annotated[str, AtMost(10)]
    halves: bool
    nightly: bool


class SetDigest(Payload, code="dg.set"):
    """`day` is a weekday, 0 for Monday, or "daily"; `hour` is "1800"."""

    chat: int
    day: Annotated[str, AtMost(10)]
    hour: Annotated[str, AtMost(4)]


class StopDigest(Payload, code="dg.stop"):
    chat: int


class RemoveLast(Payload, code="dg.tidy"):
    """Whether the one before goes when the next one stands."""

    chat: int
    removes: bool
