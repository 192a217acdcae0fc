"""What the buttons around candidates carry."""

from __future__ import annotations

from bot.message.payload import Payload


class WhoPage(Payload, code="ec.who"):
    """Who stands, in their own words; a few at a time."""

    election: int
    page: int


class CandidaciesPage(Payload, code="ec.mine", private=True):
    """Where this person stands, of several elections in a chat."""

    chat: int


class CandidacyPage(Payload, code="ec.own", private=True):
    """A candidate's own page: what neighbours read, and what can still be done about it."""

    election: int


class WordsPage(Payload, code="ec.words", private=True, typing=True):
    """Asks a candidate for other words, in the private chat."""

    election: int


class ChangePage(Payload, code="ec.change", private=True):
    """The new words before they are saved."""

    draft: int


class SaveWords(Payload, code="ec.change!"):
    draft: int


class DropWords(Payload, code="ec.drop", ends=True):
    draft: int


class LeavePage(Payload, code="ec.leave", private=True):
    """Asks once more before somebody stops standing."""

    election: int


class Leave(Payload, code="ec.leave!"):
    election: int


class NominatePage(Payload, code="ec.propose"):
    """Asks for which election a neighbour is proposed, where there are several."""

    draft: int


class Nominate(Payload, code="ec.propose!"):
    draft: int
    election: int


class Accept(Payload, code="ec.accept!"):
    nomination: int


class AcceptPage(Payload, code="ec.accept", private=True, typing=True):
    """Asks whoever was proposed for their words, in the private chat."""

    nomination: int


class Decline(Payload, code="ec.decline"):
    nomination: int


class StandPage(Payload, code="e.stand", private=True):
    """Asks in which election, where there are several; otherwise whether they really want it."""

    draft: int


class StandInPage(Payload, code="e.standin", private=True):
    """Asks whether they really want to stand in this election."""

    draft: int
    election: int


class DropStanding(Payload, code="es.drop", ends=True):
    draft: int


class Stand(Payload, code="e.stand!"):
    draft: int
    election: int
