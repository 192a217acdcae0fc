"""What the buttons of what waits carry. `page` is where the list stood, so that one comes back there."""

from __future__ import annotations

from typing import Annotated

from bot.message.payload import AtMost, Payload


class ListPage(Payload, code="r.list"):
    """What waits in a chat; `page` counts from 0."""

    chat: int
    page: int


class ItemPage(Payload, code="r.item", private=True):
    """One reminder, and what an organiser can do with it: who set it isn't everybody's business."""

    chat: int
    reminder: int
    page: int


class Pause(Payload, code="r.pause"):
    chat: int
    reminder: int
    page: int


class Resume(Payload, code="r.resume"):
    chat: int
    reminder: int
    page: int


class SkipNext(Payload, code="r.skip"):
    chat: int
    reminder: int
    page: int


class DeleteReminder(Payload, code="r.delete"):
    chat: int
    reminder: int
    page: int


class Undo(Payload, code="r.undo"):
    """Takes a deletion or a skip back, for a minute."""

    chat: int
    reminder: int
    page: int


class PostNowPage(Payload, code="r.now", private=True):
    """Asks once more: what everyone has seen can't be taken back."""

    chat: int
    reminder: int
    page: int


class PostNow(Payload, code="r.now!"):
    chat: int
    reminder: int
    page: int


class SwitchOf(Payload, code="r.turn"):
    """Turns a setting of a reminder over: one of `drafted.SETTINGS`."""

    chat: int
    reminder: int
    page: int
    setting: Annotated[str, AtMost(20)]


class MoveHere(Payload, code="r.here"):
    """From now on it comes in the topic where this was tapped."""

    chat: int
    reminder: int
    page: int


class EditPage(Payload, code="r.edit", private=True, typing=True):
    """Asks for a new text, time or label ("text", "when", "label"), in the private chat."""

    chat: int
    reminder: int
    what: Annotated[str, AtMost(20)]


class ChangePage(Payload, code="r.change", private=True):
    """The reminder as it will be, with Save and Cancel."""

    draft: int


class ChooseNewReading(Payload, code="r.newly"):
    """ "19.10" was meant as a time or as a date."""

    draft: int
    reading: Annotated[str, AtMost(20)]


class SaveChange(Payload, code="r.save"):
    draft: int


class DropChange(Payload, code="r.leave", ends=True):
    draft: int
