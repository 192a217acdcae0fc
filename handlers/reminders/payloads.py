"""What the buttons of reminders carry."""

from __future__ import annotations

from dataclasses import dataclass

from bot.callback_data import Payload


@dataclass(frozen=True)
class PreviewPage(Payload, code="r.preview"):
    """The reminder as it will be, with Set and Cancel."""

    draft: int


@dataclass(frozen=True)
class ChooseReading(Payload, code="r.reading"):
    """ "19.10" was meant as a time or as a date."""

    draft: int
    reading: str


@dataclass(frozen=True)
class SetReminder(Payload, code="r.set"):
    draft: int


@dataclass(frozen=True)
class DropDraft(Payload, code="r.drop"):
    draft: int


@dataclass(frozen=True)
class ListPage(Payload, code="r.list"):
    """What waits in a chat; `page` counts from 0."""

    chat: int
    page: int


@dataclass(frozen=True)
class DeleteReminder(Payload, code="r.delete"):
    """`page` is where the list stood, so that it stays there."""

    chat: int
    reminder: int
    page: int
