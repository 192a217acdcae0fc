"""What the buttons around candidates carry."""

from __future__ import annotations

from dataclasses import dataclass

from bot.message.payload import Payload


@dataclass(frozen=True)
class WhoPage(Payload, code="ec.who"):
    """Who stands, in their own words; a few at a time."""

    election: int
    page: int


@dataclass(frozen=True)
class CandidaciesPage(Payload, code="ec.mine", private=True):
    """Where this person stands, of several elections in a chat."""

    chat: int


@dataclass(frozen=True)
class CandidacyPage(Payload, code="ec.own", private=True):
    """A candidate's own page: what neighbours read, and what can still be done about it."""

    election: int


@dataclass(frozen=True)
class WordsPage(Payload, code="ec.words", private=True, typing=True):
    """Asks a candidate for other words, in the private chat."""

    election: int


@dataclass(frozen=True)
class ChangePage(Payload, code="ec.change", private=True):
    """The new words before they are saved."""

    draft: int


@dataclass(frozen=True)
class SaveWords(Payload, code="ec.change!"):
    draft: int


@dataclass(frozen=True)
class DropWords(Payload, code="ec.drop"):
    draft: int


@dataclass(frozen=True)
class LeavePage(Payload, code="ec.leave", private=True):
    """Asks once more before somebody stops standing."""

    election: int


@dataclass(frozen=True)
class Leave(Payload, code="ec.leave!"):
    election: int


@dataclass(frozen=True)
class NominatePage(Payload, code="ec.propose"):
    """Asks for which election a neighbour is proposed, where there are several."""

    draft: int


@dataclass(frozen=True)
class Nominate(Payload, code="ec.propose!"):
    draft: int
    election: int


@dataclass(frozen=True)
class Accept(Payload, code="ec.accept!"):
    nomination: int


@dataclass(frozen=True)
class AcceptPage(Payload, code="ec.accept", private=True, typing=True):
    """Asks whoever was proposed for their words, in the private chat."""

    nomination: int


@dataclass(frozen=True)
class Decline(Payload, code="ec.decline"):
    nomination: int


@dataclass(frozen=True)
class StandPage(Payload, code="e.stand", private=True):
    """Asks in which election, where there are several; otherwise whether they really want it."""

    draft: int


@dataclass(frozen=True)
class StandInPage(Payload, code="e.standin", private=True):
    """Asks whether they really want to stand in this election."""

    draft: int
    election: int


@dataclass(frozen=True)
class DropStanding(Payload, code="es.drop"):
    draft: int


@dataclass(frozen=True)
class Stand(Payload, code="e.stand!"):
    draft: int
    election: int
