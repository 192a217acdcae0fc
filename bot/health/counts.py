"""What happened since the start, in whole numbers, and when others may see it.

Somebody who keeps these figures must not learn when a neighbour tapped. So what people cause is shown as it
stood when a crowd had passed, or an hour: see docs/decisions/0029-health.md.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, field

CROWD = 100
"""So many updates more hide each of them."""
LONGEST_SECONDS = 3600.0
"""After so long the figures move, however few passed: the database keeps the hour too."""
BOUNDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
"""In seconds: an answer is counted under the first that it took no longer than."""


@dataclass
class Counts:
    """What people cause. Counting is all that the hot path does for it."""

    taken: Counter[str] = field(default_factory=Counter)
    """Updates by kind."""
    answered: Counter[str] = field(default_factory=Counter)
    within: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))
    """Answers by `BOUNDS`; the last for those that took longer."""
    seconds: float = 0.0
    """That all answers took."""
    calls: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Requests to Telegram, by method and by what came of it."""
    commits: int = 0
    use_cases: int = 0

    def note_answer(self, kind: str, seconds: float) -> None:
        """An update is done, and all is said."""
        self.answered[kind] += 1
        self.within[bisect_left(BOUNDS, seconds)] += 1
        self.seconds += seconds


class Shown:
    """The counts as others may see them."""

    def __init__(self, counts: Counts, now: float) -> None:
        self._counts = counts
        self._shown = deepcopy(counts)
        self._next_at = now + LONGEST_SECONDS

    def at(self, now: float) -> Counts:
        """Return what is shown at a moment of the clock that never runs backwards."""
        passed = self._counts.taken.total() - self._shown.taken.total()
        if passed >= CROWD or now >= self._next_at:
            self._shown = deepcopy(self._counts)
            self._next_at = now + LONGEST_SECONDS
        return self._shown
