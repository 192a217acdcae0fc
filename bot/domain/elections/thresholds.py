"""How many signatures are needed, and how many of those given are shown to the public."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.fives import STEP, whole_steps
from bot.domain.refusal import Refused

MAX_BASE = 1_000_000


@dataclass(frozen=True, slots=True)
class Threshold:
    """A share of a base: "at least 25 percent" is 1/4, "more than a half" is 1/2 and strict.

    Raises `Refused("elections.refused.fraction")` for a share that is nothing or can't be reached.
    """

    numerator: int
    denominator: int
    strict: bool = False

    def __post_init__(self) -> None:
        whole = self.numerator == self.denominator
        if not 0 < self.numerator <= self.denominator or (whole and self.strict):
            raise Refused("elections.refused.fraction")

    def needed(self, base: int) -> int:
        """The smallest number of signatures that meets this threshold among `base` residents.

        Exact for every base; raises `Refused("elections.refused.base")` outside 1..MAX_BASE.
        """
        if not 1 <= base <= MAX_BASE:
            raise Refused("elections.refused.base", most=MAX_BASE)
        if self.strict:
            return base * self.numerator // self.denominator + 1
        return -(-base * self.numerator // self.denominator)


@dataclass(frozen=True, slots=True)
class PublicCount:
    """What the public sees of a count. Keep `shown`: the next count is decided from it."""

    shown: int
    reached: bool

    @property
    def is_few(self) -> bool:
        """Too few to name a number: say "fewer than 5"."""
        return self.shown == 0


def public_count(shown_before: int, actual: int, needed: int) -> PublicCount:
    """The number to show when `actual` signatures stand and `shown_before` was shown last.

    A number that ticks right after a seen tap names the one who tapped. So it is asked at full hours
    only, and stays until the actual number is STEP or more away from it; then it becomes the multiple
    of STEP at or below the actual one. It is therefore up to STEP - 1 off in either direction, and one
    person signing and withdrawing again and again moves it once at most.

    Reaching the threshold shows, and from there the steps are counted from `needed`. Once reached,
    `needed` stays shown until STEP signatures are missing, or nobody is left.

    Start from `shown_before` 0, and again from 0 whenever `needed` itself changes.
    """
    was_reached = shown_before >= needed
    stays_reached = was_reached and actual > max(0, needed - STEP)
    crosses = actual >= needed and not was_reached
    falls = was_reached and not stays_reached
    if not crosses and not falls and abs(actual - shown_before) < STEP:
        shown = shown_before
    elif crosses or stays_reached:
        shown = needed + whole_steps(max(0, actual - needed))
    else:
        shown = whole_steps(actual)
    return PublicCount(shown=shown, reached=shown >= needed)


def bar(shown: int, needed: int, width: int = 10) -> int:
    """How many of a progress bar's `width` cells are filled; all of them only at the threshold."""
    return min(width, shown * width // needed)
