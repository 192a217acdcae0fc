"""What was said to somebody a short while ago: in memory only, for as long as that matters."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import timedelta

from bot.clock import Clock


class Recently:
    """Remembers each thing for so long."""

    def __init__(self, clock: Clock, lasts: timedelta) -> None:
        self._clock = clock
        self._lasts = lasts.total_seconds()
        # The oldest first: nothing that is there is noted again.
        self._noted: dict[Hashable, float] = {}

    def note(self, thing: Hashable) -> bool:
        """Remember it from now on. Returns whether it is new."""
        if thing in self:
            return False
        self._noted[thing] = self._clock.monotonic()
        return True

    def __contains__(self, thing: Hashable) -> bool:
        now = self._clock.monotonic()
        while self._noted and now - next(iter(self._noted.values())) >= self._lasts:
            del self._noted[next(iter(self._noted))]
        return thing in self._noted

    def note_or_forget(self, thing: Hashable) -> bool:
        """The same; what is there already is forgotten."""
        is_new = self.note(thing)
        if not is_new:
            self.forget(thing)
        return is_new

    def forget(self, thing: Hashable) -> None:
        """It is as if it had never been said."""
        self._noted.pop(thing, None)

    def forget_all(self, *beginning: Hashable) -> None:
        """The same for each that is several, and begins so."""
        count = len(beginning)
        for thing in list(self._noted):
            if isinstance(thing, tuple) and thing[:count] == beginning:
                self.forget(thing)
