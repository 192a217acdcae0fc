"""What the buttons of a draft carry: an announcement before it is one, or a change before it is saved."""

from __future__ import annotations

from typing import Annotated

from bot.message.payload import AtMost, Payload


class PreviewPage(Payload, code="a.preview"):
    """The announcement as it will be."""

    draft: int


class DayPage(Payload, code="a.day"):
    """Which day; `page` counts fortnights."""

    draft: int
    page: int


class ChooseDay(Payload, code="a.day!"):
    """`day` is written as 2026-10-24."""

    draft: int
    day: Annotated[str, AtMost(10)]


class HourPage(Payload, code="a.hour"):
    """At which hour: full ones or half past, those of the day or of the night."""

    draft: int
    halves: bool
    nightly: bool


class ChooseHour(Payload, code="a.hour!"):
    draft: int
    hour: int
    minute: int


class ChooseReading(Payload, code="a.reading"):
    """ "19.10" was meant as a time or as a date."""

    draft: int
    reading: Annotated[str, AtMost(20)]


class AskWords(Payload, code="a.words!"):
    """The next thing that is typed is the title, perhaps with its description."""

    draft: int


class WordsPage(Payload, code="a.words", typing=True):
    draft: int


class AskPlace(Payload, code="a.place!"):
    """The next thing that is typed is where it is."""

    draft: int


class PlacePage(Payload, code="a.place", typing=True):
    draft: int


class LeaveOutPlace(Payload, code="a.noplace!"):
    draft: int


class AskCapacity(Payload, code="a.capacity!"):
    """The next thing that is typed is for how many there is room; or a number is tapped."""

    draft: int


class CapacityPage(Payload, code="a.capacity"):
    draft: int


class ChooseCapacity(Payload, code="a.room!"):
    """0 is for as many as come."""

    draft: int
    capacity: int


class TypeCapacityPage(Payload, code="a.howmany", typing=True):
    """Asks for a number that isn't among those."""

    draft: int


class StopAsking(Payload, code="a.stop!"):
    """Back to the announcement without having typed anything."""

    draft: int


class DropDraft(Payload, code="a.drop", ends=True):
    draft: int
