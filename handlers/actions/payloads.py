"""What the buttons of actions carry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from bot.message.payload import AtMost, Payload


@dataclass(frozen=True)
class GiveAnswer(Payload, code="a.answer"):
    action: int
    answer: Annotated[str, AtMost(20)]


@dataclass(frozen=True)
class PreviewPage(Payload, code="a.preview"):
    """The announcement as it will be, with Publish and Cancel."""

    draft: int


@dataclass(frozen=True)
class ChooseReading(Payload, code="a.reading"):
    """ "19.10" was meant as a time or as a date."""

    draft: int
    reading: Annotated[str, AtMost(20)]


@dataclass(frozen=True)
class Publish(Payload, code="a.publish"):
    draft: int


@dataclass(frozen=True)
class SaveEdit(Payload, code="a.save"):
    draft: int


@dataclass(frozen=True)
class DropDraft(Payload, code="a.drop"):
    draft: int


@dataclass(frozen=True)
class ChangePage(Payload, code="a.change"):
    """What its author and organisers can do with an action."""

    action: int


@dataclass(frozen=True)
class EditPage(Payload, code="a.edit", typing=True):
    """Asks for the new line, in the private chat."""

    action: int


@dataclass(frozen=True)
class CancelPage(Payload, code="a.cancel"):
    """Asks once more before an action is cancelled."""

    action: int


@dataclass(frozen=True)
class CancelAction(Payload, code="a.cancel!"):
    action: int


@dataclass(frozen=True)
class GiveSupport(Payload, code="a.support!"):
    """A representative lends the action their name."""

    action: int


@dataclass(frozen=True)
class TakeSupportBack(Payload, code="a.unsupport!"):
    action: int


@dataclass(frozen=True)
class ListPage(Payload, code="a.list"):
    """What is coming in this chat."""
