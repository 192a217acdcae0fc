"""What the buttons of paper carry."""

from __future__ import annotations

import re
from dataclasses import astuple, dataclass
from typing import Annotated

from bot.domain.elections.paper.ledger import REASONS, Check, Rejections
from bot.domain.refusal import Refused
from bot.message.payload import AtMost, Payload

_COUNT = re.compile(r"[0-9]{1,2}")


@dataclass(frozen=True)
class OrderPage(Payload, code="p.order"):
    """For which election a sheet is to be printed, and with how many rows."""

    draft: int


@dataclass(frozen=True)
class OrderForPage(Payload, code="p.for"):
    """The same, once the election was chosen."""

    draft: int
    election: int


@dataclass(frozen=True)
class ForCandidate(Payload, code="p.whom!"):
    """Whose sheet it is to be, where several stand."""

    draft: int
    candidate: int


@dataclass(frozen=True)
class ForBuilding(Payload, code="p.where!"):
    """For which building of the list; 0 for the whole neighbourhood."""

    draft: int
    election: int
    building: int


@dataclass(frozen=True)
class IssueSheet(Payload, code="p.issue!"):
    draft: int
    election: int
    rows: int


@dataclass(frozen=True)
class DropOrder(Payload, code="p.drop"):
    draft: int


@dataclass(frozen=True)
class ToPrivatePage(Payload, code="p.private", typing=True):
    """The way to a sheet for somebody to whom the bot may not write first: only a private chat will do."""

    sheet: int


@dataclass(frozen=True)
class SendSheet(Payload, code="p.send!"):
    """The file of a sheet, once more."""

    sheet: int


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
    """And why were the others rejected? The button carries what was said so far: `pack_check`."""

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
    """Whether a column asks for identity numbers: 1 or 0."""

    election: int
    asks: int


def pack_check(check: Check) -> str:
    """The valid rows, then the rejected ones in the order of the reasons: "15-0-0-1-2-0-0"."""
    return "-".join(map(str, (check.valid, *astuple(check.rejected))))


def read_check(counts: str) -> Check:
    """The reverse. Raises `Refused` for anything else: a button may be forged."""
    numbers = counts.split("-")
    if len(numbers) != 1 + len(REASONS) or not all(map(_COUNT.fullmatch, numbers)):
        raise Refused("frame.refused.unknown_thing")
    valid, *rejected = map(int, numbers)
    return Check(valid, Rejections(*rejected))
