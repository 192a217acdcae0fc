"""What the buttons of representatives carry."""

from __future__ import annotations

from typing import Annotated

from bot.message.payload import AtMost, Payload


class ListPage(Payload, code="rep.list"):
    """Who represents this chat; `page` counts from 0."""

    chat: int
    page: int


class PastPage(Payload, code="rep.past"):
    """Who did before."""

    chat: int
    page: int


class OfficePage(Payload, code="rep.office", private=True):
    """One office, with what this person may do about it. Private: it knows its holder."""

    office: int


class AddPage(Payload, code="rep.add"):
    """Whom elections of this chat brought enough signatures."""

    chat: int
    page: int


class OfferPage(Payload, code="rep.offer", private=True):
    """For how long is the office?"""

    candidate: int


class UntilPage(Payload, code="rep.until", typing=True):
    """Asks for the last day of the term, in the private chat."""

    candidate: int


class LeaveUntil(Payload, code="rep.until!"):
    """No last day of one's own after all."""

    draft: int


class OfferUntilPage(Payload, code="rep.offer2", private=True):
    """The term in full, before it counts. `until` is an ISO date, or nothing where there is no end."""

    candidate: int
    until: Annotated[str, AtMost(10)]


class OfferOffice(Payload, code="rep.offer!"):
    """`until` as above."""

    candidate: int
    until: Annotated[str, AtMost(10)]


class HolderPage(Payload, code="rep.who"):
    """Which of the offered offices is for the neighbour to whom an organiser replied?"""

    draft: int


class NameHolder(Payload, code="rep.who!"):
    draft: int
    office: int


class DropDraft(Payload, code="rep.drop", ends=True):
    draft: int


class TakeOffice(Payload, code="rep.take!"):
    office: int


class DeclineOffice(Payload, code="rep.decline!"):
    office: int


class WithdrawPage(Payload, code="rep.undo", private=True):
    """Asks once more before an offer is taken back."""

    office: int


class WithdrawOffer(Payload, code="rep.undo!"):
    office: int


class StepDownPage(Payload, code="rep.leave", private=True):
    """Asks once more before a representative steps down."""

    office: int


class StepDown(Payload, code="rep.leave!"):
    office: int


class BuildingsPage(Payload, code="rep.houses", private=True):
    """For which of the buildings is the office?"""

    office: int
    page: int


class ChooseBuilding(Payload, code="rep.house!"):
    """`chosen` says what is wanted, so that a tap that comes twice changes nothing."""

    office: int
    building: int
    chosen: bool
    page: int


class ChooseAllBuildings(Payload, code="rep.all!"):
    office: int


class ForgetPage(Payload, code="rep.forget", private=True):
    """Asks once more before the line of a past office is erased."""

    office: int


class ForgetOffice(Payload, code="rep.forget!"):
    office: int


class RecallPage(Payload, code="rep.recall", private=True):
    """The rule of a recall, before neighbours are asked to sign."""

    office: int


class BeginRecall(Payload, code="rep.recall!"):
    office: int
