"""What the buttons about progress carry."""

from __future__ import annotations

from typing import Annotated

from bot.message.payload import AtMost, Payload

FIRST_LOOK = "dark"
"""The look in which others show the picture first."""


class ListPage(Payload, code="ep.list"):
    """Where the elections of this chat stand, in words."""


class PicturePage(Payload, code="ep.pic"):
    """Where one election stands, as a picture; `look` is a `Look`."""

    election: int
    look: Annotated[str, AtMost(20)]


class ShowEveryone(Payload, code="ep.show!"):
    election: int


class Remind(Payload, code="ep.remind"):
    """For organisers: on to setting a reminder of it."""

    election: int


class PrintSheets(Payload, code="ep.sheets"):
    """For organisers: on to printing sheets for it."""

    election: int
