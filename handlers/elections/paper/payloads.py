"""What the buttons of paper's ledger carry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from bot.message.payload import AtMost, Payload


@dataclass(frozen=True)
class ChoicePage(Payload, code="p.which"):
    """Which election's ledger, where there are several."""


@dataclass(frozen=True)
class AcceptedPage(Payload, code="p.acc"):
    """For whom so many signatures were officially accepted."""

    number: int


@dataclass(frozen=True)
class SetAccepted(Payload, code="p.acc!"):
    candidate: int
    number: int


@dataclass(frozen=True)
class LedgerPage(Payload, code="p.ledger"):
    """The ledger of an election; `page` of its sheets counts from 0."""

    election: int
    page: int


@dataclass(frozen=True)
class SheetPage(Payload, code="p.sheet"):
    """One sheet and what can be entered for it."""

    sheet: int


@dataclass(frozen=True)
class FilledPage(Payload, code="p.filled"):
    """It came back: how many rows are filled?"""

    sheet: int


@dataclass(frozen=True)
class ValidPage(Payload, code="p.valid"):
    """It was checked: how many rows are valid?"""

    sheet: int


@dataclass(frozen=True)
class CheckPage(Payload, code="p.check"):
    """And why were the others rejected? The button carries what was said so far: `packed_check`."""

    sheet: int
    counts: Annotated[str, AtMost(20)]


@dataclass(frozen=True)
class EnterOut(Payload, code="p.out!"):
    sheet: int


@dataclass(frozen=True)
class EnterReturned(Payload, code="p.filled!"):
    sheet: int
    filled: int


@dataclass(frozen=True)
class EnterCheck(Payload, code="p.check!"):
    sheet: int
    counts: Annotated[str, AtMost(20)]


@dataclass(frozen=True)
class EnterVoid(Payload, code="p.void!"):
    sheet: int


@dataclass(frozen=True)
class SettingsPage(Payload, code="p.settings"):
    election: int


@dataclass(frozen=True)
class SetCountedBy(Payload, code="p.count!"):
    election: int
    counted_by: Annotated[str, AtMost(20)]


@dataclass(frozen=True)
class SetValidity(Payload, code="p.expect!"):
    election: int
    percent: int


@dataclass(frozen=True)
class SetIdentity(Payload, code="p.identity!"):
    """Whether a column asks for identity numbers."""

    election: int
    asks: bool
