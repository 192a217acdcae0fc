"""What the public sees of how many signed in a building.

The target is no building's, so there is no crossing to show at once: a building's number only steps.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.elections.thresholds import STEP, whole_steps


@dataclass(frozen=True, slots=True)
class BuildingNumber:
    """A building's number as it may be told: `shown`, and whether it may be more than that."""

    shown: int
    or_more: bool = False


def stepped(shown_before: int, actual: int) -> int:
    """The number to keep when `actual` people have signed and `shown_before` was kept last.

    It stays until the actual one is STEP or more away, and then becomes the multiple of STEP at or below
    it. So whoever signs and withdraws again and again moves it once at most, and no difference of two
    public numbers, nor of one number at two times, is one person.
    """
    return shown_before if abs(actual - shown_before) < STEP else whole_steps(actual)


def most_told(eligible: int) -> int:
    """The largest number that can be told of a building where `eligible` people may sign; 0 for none.

    Where nearly everyone has signed, a number would tell of each neighbour that they did. So it stops STEP
    short of everyone.
    """
    return max(0, whole_steps(eligible - STEP))


def told(shown: int, eligible: int | None) -> BuildingNumber | None:
    """The number as the public is told it, of a building where `eligible` people may sign.

    None where so few live that no number can be told at all.
    """
    if eligible is None:
        return BuildingNumber(shown)
    most = most_told(eligible)
    return BuildingNumber(min(shown, most), or_more=shown >= most) if most else None
