"""What the buttons of paper's ledger carry."""

from __future__ import annotations

from typing import Annotated

from bot.message.payload import AtMost, Payload


class ChoicePage(Payload, code="p.which"):
    """Which election's ledger, where there are several."""

    chat: int


class AcceptedPage(Payload, code="p.acc"):
    """For whom so many signatures were officially accepted."""

    number: int


class SetAccepted(Payload, code="p.acc!"):
    candidate: int
    number: int


class LedgerPage(Payload, code="p.ledger", private=True):
    """The ledger of an election; `page` of its sheets counts from 0."""

    election: int
    page: int


class SheetPage(Payload, code="p.sheet", private=True):
    """One sheet and what can be entered for it."""

    sheet: int


class FilledPage(Payload, code="p.filled", private=True):
    """It came back: how many rows are filled?"""

    sheet: int


class ValidPage(Payload, code="p.valid", private=True):
    """It was checked: how many rows are valid?"""

    sheet: int


class CheckPage(Payload, code="p.check", private=True):
    """And why were the others rejected? The button carries what was said so far, `packed_check`, and which
    reason `last`."""

    sheet: int
    counts: Annotated[str, AtMost(20)]
    last: Annotated[str, AtMost(9)]


class EnterOut(Payload, code="p.out!"):
    sheet: int


class EnterReturned(Payload, code="p.filled!"):
    sheet: int
    filled: int


class EnterCheck(Payload, code="p.check!"):
    sheet: int
    counts: Annotated[str, AtMost(20)]


class EnterVoid(Payload, code="p.void!"):
    sheet: int


class SettingsPage(Payload, code="p.settings", private=True):
    election: int


class SetCountedBy(Payload, code="p.count!"):
    election: int
    counted_by: Annotated[str, AtMost(20)]


class SetValidity(Payload, code="p.expect!"):
    election: int
    percent: int


class SetIdentity(Payload, code="p.identity!"):
    """Whether a column asks for identity numbers."""

    election: int
    asks: bool
