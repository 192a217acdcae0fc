"""What the buttons of the help carry."""

from __future__ import annotations

from typing import Annotated

from bot.message.payload import AtMost, Payload


class StartPage(Payload, code="h.start"):
    """What the bot is for."""


class HowPage(Payload, code="h.how"):
    """How one of its jobs goes."""

    job: Annotated[str, AtMost(10)]


class Begin(Payload, code="h.begin"):
    """The first step of a job."""

    job: Annotated[str, AtMost(10)]


class OrganisersPage(Payload, code="h.org"):
    """What only organisers can do."""


class OpenSettings(Payload, code="h.settings"):
    """How the chat is set up."""


class CommandsPage(Payload, code="h.all"):
    """Every command that this reader may use."""
