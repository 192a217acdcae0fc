"""What the buttons of a sheet that is to be printed carry."""

from __future__ import annotations

from bot.message.payload import Payload


class OrderPage(Payload, code="p.order"):
    """For which election a sheet is to be printed, and with how many rows."""

    draft: int


class OrderForPage(Payload, code="p.for"):
    """The same, once the election was chosen."""

    draft: int
    election: int


class OrderGuidePage(Payload, code="p.guide"):
    """The guide for those who collect, on the way to a sheet."""

    draft: int
    election: int


class GuidePage(Payload, code="p.collect"):
    """The same on its own, beneath a sheet that is there."""


class ForCandidate(Payload, code="p.whom!"):
    """Whose sheet it is to be, where several stand."""

    draft: int
    candidate: int


class ForBuilding(Payload, code="p.where!"):
    """For which building of the list; 0 for the whole neighbourhood."""

    draft: int
    election: int
    building: int


class IssueSheet(Payload, code="p.issue!"):
    draft: int
    election: int
    rows: int


class DropOrder(Payload, code="p.drop", ends=True):
    draft: int


class ToPrivatePage(Payload, code="p.private", typing=True):
    """The way to a sheet for somebody to whom the bot may not write first: only a private chat will do."""

    sheet: int


class SendSheet(Payload, code="p.send!"):
    """The file of a sheet, once more."""

    sheet: int
