"""How a plain model of an election counts: what is enough, what is shown, what a sheet of paper holds.

Nothing here is taken from the code that it is held against.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count

STEP = 5


@dataclass(frozen=True)
class Share:
    """At least so many of the whole, or more than that."""

    part: int
    whole: int
    more_than: bool = False

    @property
    def typed(self) -> str:
        return f"{'>' if self.more_than else ''}{self.part}/{self.whole}"

    def needed(self, base: int) -> int:
        """The smallest number that is enough, found by trying."""
        return next(n for n in count(1) if self._is_enough(n, base))

    def _is_enough(self, number: int, base: int) -> bool:
        surplus = number * self.whole - base * self.part
        return surplus > 0 or (surplus == 0 and not self.more_than)


@dataclass
class Sheet:
    """A sheet of paper with rows for one candidate."""

    candidate: int
    rows: int
    state: str = "issued"
    filled: int = 0
    valid: int | None = None
    rejected: dict[str, int] = field(default_factory=dict)

    def returned(self, filled: int) -> str | None:
        if filled > self.rows:
            return "paper.refused.rows"
        if filled != self.filled:
            self.valid, self.rejected = None, {}
        self.state, self.filled = "returned", filled
        return None

    def checked(self, valid: int, rejected: dict[str, int]) -> str | None:
        if self.state != "returned":
            return "paper.refused.not_returned"
        if valid + sum(rejected.values()) > self.filled:
            return "paper.refused.filled"
        self.valid, self.rejected = valid, rejected
        return None

    def doesnt_count(self, state: str) -> None:
        self.state, self.filled, self.valid, self.rejected = state, 0, None, {}


def step(shown: int, true: int, line: int | None) -> int:
    """What is shown next, of a number that moves by five: across the line at once, and back when five are
    missing or nobody is left."""
    was_across = line is not None and shown >= line
    if line is not None and true >= line and not was_across:
        return line + _fives(true - line)
    if line is not None and was_across:
        if true == 0 or true <= line - STEP:
            return _fives(true)
        return shown if abs(true - shown) < STEP else line + _fives(max(0, true - line))
    return shown if abs(true - shown) < STEP else _fives(true)


def _fives(number: int) -> int:
    return number - number % STEP
