"""What the public sees of how many signed in a building.

The target is no building's, so there is no crossing to show: a building's number only steps.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.fives import STEP, whole_steps


@dataclass(frozen=True, slots=True)
class BuildingNumber:
    """A building's number as it may be told: `shown`, and whether it may be more than that.

    `paper` are the signatures on paper, which everyone may know; `shown` is None where they leave so few
    people that of these none can be told.
    """

    shown: int | None
    or_more: bool = False
    paper: int = 0

    @property
    def sure(self) -> int:
        """How many at least, in the chat and on paper."""
        return (self.shown or 0) + self.paper


def most_told(eligible: int) -> int:
    """The largest number that can be told of a building where `eligible` people may sign; 0 for none.

    Where nearly everyone has signed, a number would tell of each neighbour that they did. So it stops STEP
    short of everyone.
    """
    return max(0, whole_steps(eligible - STEP))


def told(shown: int, eligible: int | None, paper: int = 0) -> BuildingNumber | None:
    """The number as the public is told it, of a building where `eligible` people may sign, `paper` of whom
    did so by hand. That they did leaves fewer among whom the others could hide.

    None where so few live that no number can be told at all.
    """
    if eligible is None:
        return BuildingNumber(shown, paper=paper)
    most = most_told(eligible - paper)
    if not most:
        return BuildingNumber(None, paper=paper) if paper else None
    return BuildingNumber(min(shown, most), or_more=shown >= most, paper=paper)
