"""What the buttons of a sheet that is to be printed carry."""

from __future__ import annotations

from bot.message.payload import Payload


class OrderPage(Payload, code="p.order"):
    """What is left to be chosen of a sheet that is to be printed."""

    draft: int


class OrderGuidePage(Payload, code="p.guide"):
    """The guide for those who collect, on the way to a sheet."""

    draft: int


class GuidePage(Payload, code="p.collect"):
    """The same on its own, beneath a sheet that is there."""


class OrderSheet(Payload, code="p.new!"):
    """A sheet for this election is wanted."""

    election: int


class ForElection(Payload, code="p.for!"):
    """What the sheet is for, where several elections are under way."""

    draft: int
    election: int


class ForCandidate(Payload, code="p.whom!"):
    """Whose sheet it is to be, where several stand."""

    draft: int
    candidate: int


class ForRows(Payload, code="p.rows!"):
    """How many rows it is to have."""

    draft: int
    rows: int


class IssueSheet(Payload, code="p.issue!"):
    """That is all, for this building of the list; 0 for what was typed, or the whole neighbourhood."""

    draft: int
    election: int
    building: int


class DropOrder(Payload, code="p.drop", ends=True):
    draft: int


class SentPage(Payload, code="p.sent"):
    """The sheet is in the private chat; and what is next."""

    sheet: int


class ToPrivatePage(Payload, code="p.private"):
    """The way to a sheet for somebody to whom the bot may not write first."""

    sheet: int


class FilePage(Payload, code="p.file", private=True, typing=True):
    """The file of a sheet. It is to be kept: only the private chat will do, as if something were typed."""

    sheet: int


class SendSheet(Payload, code="p.send!"):
    """The file of a sheet, once more."""

    sheet: int
