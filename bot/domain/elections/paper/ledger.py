"""Signatures on paper: sheets that go out and come back, what is counted on them, and what that means.

Only numbers. Whoever signed on paper is known to the paper alone.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum

from bot.domain.elections.thresholds import MAX_BASE
from bot.domain.plain_text import clean_line, require_length
from bot.domain.refusal import Refused

USUAL_ROWS = 20
MOST_ROWS = 50
MOST_SHEETS = 999
BUILDING_LENGTH = 60

USUAL_VALIDITY = 79
"""Percent of collected signatures that prove valid, until a neighbourhood knows its own number."""

_NUMBER = re.compile(r"[0-9]{1,7}")


class SheetState(StrEnum):
    """Where a sheet is: with its collector, back, or not to be counted."""

    ISSUED = "issued"
    RETURNED = "returned"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Rejections:
    """How many filled rows were rejected, by reason."""

    resident: int = 0
    """Doesn't live here."""
    underage: int = 0
    double: int = 0
    """The same person again, here or on another sheet."""
    illegible: int = 0
    unsigned: int = 0
    """Without signature or date."""
    other: int = 0

    @property
    def total(self) -> int:
        return sum(asdict(self).values())


REASONS = tuple(field.name for field in fields(Rejections))


@dataclass(frozen=True, slots=True)
class Check:
    """What came out when the filled rows were looked at one by one."""

    valid: int
    rejected: Rejections = Rejections()

    @property
    def total(self) -> int:
        return self.valid + self.rejected.total


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet in the ledger. Always: checked rows <= filled rows <= rows; only a returned one has any."""

    rows: int
    state: SheetState = SheetState.ISSUED
    filled: int = 0
    check: Check | None = None

    def __post_init__(self) -> None:
        checked = self.check.total if self.check else 0
        is_counted = self.state is SheetState.RETURNED
        if not 0 <= checked <= self.filled <= self.rows or (self.filled and not is_counted):
            raise ValueError("a sheet can't hold more than its rows")

    @property
    def valid(self) -> int:
        return self.check.valid if self.check else 0


@dataclass(frozen=True, slots=True)
class Out:
    """It is with its collector after all."""


@dataclass(frozen=True, slots=True)
class Returned:
    """It came back with so many rows filled."""

    filled: int


@dataclass(frozen=True, slots=True)
class Voided:
    """It is lost or spoilt and doesn't count."""


Entry = Out | Returned | Check | Voided
"""What an organiser enters for a sheet. A wrong entry is undone by the right one."""


def enter(sheet: Sheet, entry: Entry) -> Sheet:
    """The sheet after an entry. Raises `Refused` where the numbers can't be."""
    if isinstance(entry, Check):
        return _checked(sheet, entry)
    if isinstance(entry, Returned):
        if not 0 <= entry.filled <= sheet.rows:
            raise Refused("paper.refused.rows", most=sheet.rows)
        # Counted anew, it has to be checked anew too.
        check = sheet.check if entry.filled == sheet.filled else None
        return Sheet(sheet.rows, SheetState.RETURNED, entry.filled, check)
    state = SheetState.VOID if isinstance(entry, Voided) else SheetState.ISSUED
    return Sheet(sheet.rows, state)


def _checked(sheet: Sheet, check: Check) -> Sheet:
    if sheet.state is not SheetState.RETURNED:
        raise Refused("paper.refused.not_returned")
    if min(check.valid, *asdict(check.rejected).values()) < 0 or check.total > sheet.filled:
        raise Refused("paper.refused.filled", most=sheet.filled)
    return replace(sheet, check=check)


class CountedBy(StrEnum):
    """Which of the four numbers the target counts."""

    ONLINE = "online"
    ONLINE_AND_CHECKED = "online_checked"
    ONLINE_AND_COLLECTED = "online_collected"
    CHECKED = "checked"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class Numbers:
    """A candidate's four numbers, which must never be taken for one another."""

    online: int
    """As the public sees it, rounded down."""
    collected: int
    """Rows filled on the sheets that came back."""
    checked: int
    """Of these, found valid."""
    accepted: int | None = None
    """By those with whom the paper was filed; None until they answered."""


def counts_online(by: CountedBy) -> bool:
    """Whether taps in the chat count towards the target."""
    return by not in (CountedBy.CHECKED, CountedBy.ACCEPTED)


def on_paper(numbers: Numbers, by: CountedBy) -> int:
    """How many signatures paper adds towards the target."""
    match by:
        case CountedBy.ONLINE:
            return 0
        case CountedBy.ONLINE_AND_CHECKED | CountedBy.CHECKED:
            return numbers.checked
        case CountedBy.ONLINE_AND_COLLECTED:
            return numbers.collected
        case CountedBy.ACCEPTED:
            return numbers.accepted or 0


def counted(numbers: Numbers, by: CountedBy) -> int:
    """How many signatures count towards the target."""
    return (numbers.online if counts_online(by) else 0) + on_paper(numbers, by)


UNREACHABLE = 10 * MAX_BASE
"""A target of the online number where it has none that could be crossed."""


def online_target(needed: int, paper: int, by: CountedBy, *, has_crossed: bool = False) -> int:
    """How many online signatures make the target whole: what `paper` leaves of `needed`.

    The crossing of this number shows at the next full hour. Organisers enter paper as they like, and by
    moving it to and fro they could have each single tap cross the line; so beside paper only the first
    crossing shows so (`has_crossed`), and later ones come in steps.
    """
    left = needed - paper
    if not counts_online(by) or left <= 0 or (paper and has_crossed):
        return UNREACHABLE
    return left


def to_collect(wanted: int, validity: int) -> int:
    """How many to collect so that `wanted` are valid, when `validity` percent prove so. Exact."""
    return -(-wanted * 100 // require_validity(validity))


def require_validity(percent: int) -> int:
    """Raises `Refused` outside 1..100."""
    if not 1 <= percent <= 100:
        raise Refused("paper.refused.validity")
    return percent


def require_rows(rows: int) -> int:
    """Raises `Refused` outside 1..MOST_ROWS."""
    if not 1 <= rows <= MOST_ROWS:
        raise Refused("paper.refused.sheet_rows", most=MOST_ROWS)
    return rows


def require_accepted(number: int) -> int:
    """Raises `Refused` for more than there can be residents."""
    if not 0 <= number <= MAX_BASE:
        raise Refused("paper.refused.accepted", most=MAX_BASE)
    return number


@dataclass(frozen=True, slots=True)
class Order:
    """A sheet to be printed, as far as was typed."""

    rows: int | None = None
    building: str | None = None


def read_order(typed: str) -> Order:
    """Take "20 Building 5" apart: rows, then a building; both may be left out. Raises `Refused`."""
    first, _, rest = clean_line(typed).partition(" ")
    if _NUMBER.fullmatch(first):
        rows, building = require_rows(int(first)), clean_line(rest)
    else:
        rows, building = None, f"{first} {rest}".strip()
    if not building:
        return Order(rows)
    return Order(rows, require_length(building, most=BUILDING_LENGTH, key="paper.refused.building"))
