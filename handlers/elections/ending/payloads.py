"""What the buttons around the end of an election carry."""

from __future__ import annotations

from typing import Annotated

from bot.message.payload import AtMost, Payload


class ConfirmAct(Payload, code="ee.yes!"):
    """A second organiser agrees to an act that can't be undone."""

    act: int


class StopAct(Payload, code="ee.stop!"):
    act: int


class ActPage(Payload, code="ee.act", private=True):
    """What is decided there and by whom, for whoever doesn't."""

    act: int


class DeadlinePage(Payload, code="ee.when", private=True):
    """When signing ends, and when else it could."""

    election: int


class SetDeadline(Payload, code="ee.when!"):
    election: int
    preset: Annotated[str, AtMost(20)]


class TypeDeadlinePage(Payload, code="ee.type", typing=True):
    """Asks for a moment of one's own."""

    election: int


class TypedDeadlinePage(Payload, code="ee.typed"):
    """The moment that was typed, spelled out, before it counts."""

    draft: int


class LeaveTyping(Payload, code="ee.untyped!"):
    """No moment of one's own after all."""

    draft: int


class SaveDeadline(Payload, code="ee.typed!"):
    draft: int


class FilePage(Payload, code="ee.file", private=True):
    """Asks whether the signatures for a candidate were really filed."""

    candidate: int


class FileCandidate(Payload, code="ee.file!"):
    candidate: int


class CertificatePage(Payload, code="ee.paper", private=True):
    """In which language the certificate is wanted."""

    election: int


class Certificate(Payload, code="ee.pdf", private=True):
    """The certificate itself."""

    election: int
    language: Annotated[str, AtMost(8)]


class KeepPage(Payload, code="ee.keep", private=True):
    """How long who signed is remembered after the end."""

    election: int


class SetKept(Payload, code="ee.keep!"):
    election: int
    days: int


class StrikePage(Payload, code="ee.strike", private=True):
    """Which of the candidates two organisers may take off the list."""

    election: int


class StrikeNamePage(Payload, code="ee.name", private=True):
    """Asks once more before that is wanted."""

    candidate: int


class Strike(Payload, code="ee.name!"):
    candidate: int


class ErasePage(Payload, code="ee.erase"):
    """Which of the past elections is to forget who signed."""


class ForgetPage(Payload, code="ee.forget", private=True):
    """Asks once more before who signed is forgotten."""

    election: int


class Forget(Payload, code="ee.forget!"):
    election: int


class DeletePage(Payload, code="ee.delete", private=True):
    """Asks once more before an election is deleted."""

    election: int


class DeleteElection(Payload, code="ee.delete!"):
    election: int


class FreezePage(Payload, code="e.freeze", private=True):
    """Asks once more before the base becomes final."""

    election: int


class FreezeBase(Payload, code="e.freeze!"):
    election: int


class ClosePage(Payload, code="e.close", private=True):
    """Asks once more before an election is closed."""

    election: int


class CloseElection(Payload, code="e.close!"):
    election: int


class ClosedPage(Payload, code="e.closed", private=True):
    """What comes next for this reader, once an election is closed."""

    election: int
