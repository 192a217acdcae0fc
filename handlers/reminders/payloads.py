"""What the buttons of setting a reminder carry."""

from __future__ import annotations

from typing import Annotated

from bot.message.payload import AtMost, Payload


class PreviewPage(Payload, code="r.preview"):
    """The reminder as it will be, with Set and Cancel."""

    draft: int


class ChooseReading(Payload, code="r.reading"):
    """ "19.10" was meant as a time or as a date."""

    draft: int
    reading: Annotated[str, AtMost(20)]


class Switch(Payload, code="r.switch"):
    """Turns a setting of a draft over: one of `drafted.SETTINGS`."""

    draft: int
    setting: Annotated[str, AtMost(20)]


class LabelPage(Payload, code="r.sign", private=True, typing=True):
    """Asks how organisers are to read who set it, in the private chat."""

    draft: int


class TextPage(Payload, code="r.write", private=True, typing=True):
    """Asks for the text, in the private chat."""

    draft: int


class SetReminder(Payload, code="r.set"):
    draft: int


class DropDraft(Payload, code="r.drop", ends=True):
    draft: int
