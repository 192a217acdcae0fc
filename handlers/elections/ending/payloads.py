"""What the buttons around the end of an election carry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from bot.message.payload import AtMost, Payload


@dataclass(frozen=True)
class ConfirmAct(Payload, code="ee.yes!"):
    """A second organiser agrees to an act that can't be undone."""

    act: int


@dataclass(frozen=True)
class StopAct(Payload, code="ee.stop!"):
    act: int


@dataclass(frozen=True)
class DeadlinePage(Payload, code="ee.when"):
    """When signing ends, and when else it could."""

    election: int


@dataclass(frozen=True)
class SetDeadline(Payload, code="ee.when!"):
    election: int
    preset: Annotated[str, AtMost(20)]


@dataclass(frozen=True)
class TypeDeadlinePage(Payload, code="ee.type", typing=True):
    """Asks for a moment of one's own."""

    election: int


@dataclass(frozen=True)
class TypedDeadlinePage(Payload, code="ee.typed"):
    """The moment that was typed, spelled out, before it counts."""

    draft: int


@dataclass(frozen=True)
class SaveDeadline(Payload, code="ee.typed!"):
    draft: int


@dataclass(frozen=True)
class FilePage(Payload, code="ee.file"):
    """Asks whether the signatures for a candidate were really filed."""

    candidate: int


@dataclass(frozen=True)
class FileCandidate(Payload, code="ee.file!"):
    candidate: int


@dataclass(frozen=True)
class CertificatePage(Payload, code="ee.paper"):
    """In which language the certificate is wanted."""

    election: int


@dataclass(frozen=True)
class Certificate(Payload, code="ee.pdf"):
    """The certificate itself."""

    election: int
    language: Annotated[str, AtMost(8)]


@dataclass(frozen=True)
class KeepPage(Payload, code="ee.keep"):
    """How long who signed is remembered after the end."""

    election: int


@dataclass(frozen=True)
class SetKept(Payload, code="ee.keep!"):
    election: int
    days: int


@dataclass(frozen=True)
class StrikePage(Payload, code="ee.strike"):
    """Which of the candidates two organisers may take off the list."""

    election: int


@dataclass(frozen=True)
class StrikeNamePage(Payload, code="ee.name"):
    """Asks once more before that is wanted."""

    candidate: int


@dataclass(frozen=True)
class Strike(Payload, code="ee.name!"):
    candidate: int


@dataclass(frozen=True)
class ErasePage(Payload, code="ee.erase"):
    """Which of the past elections is to forget who signed."""


@dataclass(frozen=True)
class ForgetPage(Payload, code="ee.forget"):
    """Asks once more before who signed is forgotten."""

    election: int


@dataclass(frozen=True)
class Forget(Payload, code="ee.forget!"):
    election: int


@dataclass(frozen=True)
class DeletePage(Payload, code="ee.delete"):
    """Asks once more before an election is deleted."""

    election: int


@dataclass(frozen=True)
class DeleteElection(Payload, code="ee.delete!"):
    election: int


@dataclass(frozen=True)
class FreezePage(Payload, code="e.freeze"):
    """Asks once more before the base becomes final."""

    election: int


@dataclass(frozen=True)
class FreezeBase(Payload, code="e.freeze!"):
    election: int


@dataclass(frozen=True)
class ClosePage(Payload, code="e.close"):
    """Asks once more before an election is closed."""

    election: int


@dataclass(frozen=True)
class CloseElection(Payload, code="e.close!"):
    election: int
