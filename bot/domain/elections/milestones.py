"""Stations on the way to the target that are worth a word to everyone."""

from __future__ import annotations

from bot.domain.fives import STEP

_BY_WORTH = (50, 25, 75)


def milestones(needed: int) -> dict[int, int]:
    """The stations below a target of `needed` signatures: percent, and the number that it takes.

    Only such as lie STEP or more from each other, from nothing and from the target: nearer ones would tell
    of a single step. Half of the way goes before a quarter.
    """
    taken = [0, needed]
    found: dict[int, int] = {}
    for percent in _BY_WORTH:
        at = -(-needed * percent // 100)
        if all(abs(at - other) >= STEP for other in taken):
            taken.append(at)
            found[percent] = at
    return dict(sorted(found.items()))


def passed(shown: int, needed: int) -> tuple[int, ...]:
    """The percents of the stations at or below the public number `shown`, in order."""
    return tuple(percent for percent, at in milestones(needed).items() if at <= shown)
