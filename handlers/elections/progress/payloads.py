"""What the buttons about progress carry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from bot.message.payload import AtMost, Payload


@dataclass(frozen=True)
class ListPage(Payload, code="ep.list"):
    """Where the elections of this chat stand, in words."""


@dataclass(frozen=True)
class PicturePage(Payload, code="ep.pic"):
    """Where one election stands, as a picture; `look` is one of `bot.progress_picture.Look`."""

    election: int
    look: Annotated[str, AtMost(20)]


@dataclass(frozen=True)
class ShowEveryone(Payload, code="ep.show!"):
    election: int


@dataclass(frozen=True)
class Remind(Payload, code="ep.remind"):
    """For organisers: on to setting a reminder of it."""

    election: int


@dataclass(frozen=True)
class PrintSheets(Payload, code="ep.sheets"):
    """For organisers: on to printing sheets for it."""

    election: int
