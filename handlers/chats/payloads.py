"""What the buttons of setting up carry."""

from __future__ import annotations

from typing import Annotated

from bot.message.payload import AtMost, Payload


class How(Payload, code="c.how"):
    """How one of the jobs goes: somebody else tells."""

    job: Annotated[str, AtMost(10)]


class SettingsPage(Payload, code="c.settings"):
    """How the chat is set up; organisers may change it."""

    chat: int


class SetLanguage(Payload, code="c.language"):
    chat: int
    language: Annotated[str, AtMost(8)]


class ZonePage(Payload, code="c.zones"):
    """Time zones to choose from."""

    chat: int


class QuietPage(Payload, code="q.page"):
    """Quiet hours to choose from."""

    chat: int


class SetQuiet(Payload, code="q.set"):
    """`begins` and `ends` as "2200"; equal for no quiet hours."""

    chat: int
    begins: Annotated[str, AtMost(4)]
    ends: Annotated[str, AtMost(4)]


class CarefulPage(Payload, code="c.careful"):
    """How the numbers of actions move."""

    chat: int


class SetCareful(Payload, code="c.careful!"):
    chat: int
    careful: bool


class SetZone(Payload, code="c.zone"):
    chat: int
    zone: Annotated[str, AtMost(40)]
