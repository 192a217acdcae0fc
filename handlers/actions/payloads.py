"""What the buttons of actions carry."""

from __future__ import annotations

from typing import Annotated

from bot.message.payload import AtMost, Payload


class GiveAnswer(Payload, code="a.answer"):
    action: int
    answer: Annotated[str, AtMost(20)]


class PreviewPage(Payload, code="a.preview"):
    """The announcement as it will be, with Publish and Cancel."""

    draft: int


class ChooseReading(Payload, code="a.reading"):
    """ "19.10" was meant as a time or as a date."""

    draft: int
    reading: Annotated[str, AtMost(20)]


class Publish(Payload, code="a.publish"):
    draft: int


class SaveEdit(Payload, code="a.save"):
    draft: int


class DropDraft(Payload, code="a.drop", ends=True):
    draft: int


class ChangePage(Payload, code="a.change"):
    """What its author and organisers can do with an action."""

    action: int


class EditPage(Payload, code="a.edit", typing=True):
    """Asks for the new line, in the private chat."""

    action: int


class CancelPage(Payload, code="a.cancel"):
    """Asks once more before an action is cancelled."""

    action: int


class CancelAction(Payload, code="a.cancel!"):
    action: int


class GiveSupport(Payload, code="a.support!"):
    """A representative lends the action their name."""

    action: int


class TakeSupportBack(Payload, code="a.unsupport!"):
    action: int


class ListPage(Payload, code="a.list"):
    """What is coming in this chat."""
