"""Whether all is well: what healthz answers, and when somebody had better look.

Not well is what starting the process anew may mend, or only its operator can. Bad weather at Telegram's
isn't, nor is standing by.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.health.observer import Observer
from bot.health.readings import Reading, Readings
from storage.duty import Duty, Task

MOST_UPDATE_SECONDS = 300.0
"""Nothing that the bot waits for takes longer: Telegram's limits let everybody speak within a minute."""
MOST_OUTBOX_SECONDS = 900.0
"""What is due at one hour in ten thousand groups goes out sooner."""


@dataclass(frozen=True)
class Condition:
    """How the bot is at a moment; times in seconds."""

    problems: tuple[str, ...]
    """In words; none where all is well."""
    duty: Mapping[str, bool]
    """Which of the tasks that only one process does are this one's, by name."""
    oldest_update: float
    telegram_silence: float
    outbox: float
    """For how long posts have been due that nothing but our own doing keeps."""
    reading: Reading | None
    """None where the database doesn't answer."""

    @property
    def is_well(self) -> bool:
        return not self.problems

    def as_json(self) -> dict[str, Any]:
        """Return what healthz says."""
        return {
            "well": self.is_well,
            "problems": self.problems,
            "duty": self.duty,
            "oldest_update_minutes": minutes(self.oldest_update),
            "outbox_minutes": minutes(self.outbox),
            "telegram_silent_minutes": minutes(self.telegram_silence),
        }


class Examination:
    """Finds out how the bot is."""

    def __init__(self, observer: Observer, readings: Readings, duties: Sequence[Duty]) -> None:
        self._observer = observer
        self._readings = readings
        self._duties = duties
        self.is_at_work = False
        """Whether the start is over."""

    async def condition(self) -> Condition:
        """Return how it is now."""
        reading = await self._readings.latest()
        held = {each.task for each in self._duties if each.is_held}
        outbox = self._outbox(reading) if Task.DELIVERY in held else 0.0
        return Condition(
            tuple(self._problems(reading, outbox)),
            {each.task.name.lower(): each.task in held for each in self._duties},
            self._observer.oldest_update,
            self._observer.telegram_silence,
            outbox,
            reading,
        )

    def _outbox(self, reading: Reading | None) -> float:
        """For how long they could have been sent: not before the start, nor in Telegram's bad weather."""
        if reading is None:
            return 0.0
        return min(reading.open_seconds, self._observer.fair_weather)

    def _problems(self, reading: Reading | None, outbox: float) -> list[str]:
        problems = []
        if not self.is_at_work:
            problems.append("it is starting, and waits for Telegram")
        if reading is None:
            problems.append("the database doesn't answer")
        if not self._readings.can_write:
            problems.append("the database can't be written")
        if (oldest := self._observer.oldest_update) >= MOST_UPDATE_SECONDS:
            problems.append(f"an update has waited for its answer for {minutes(oldest)} minutes")
        if outbox >= MOST_OUTBOX_SECONDS:
            problems.append(f"a post has been due for {minutes(outbox)} minutes")
        return problems


def minutes(seconds: float) -> int:
    """Whole ones, rounded down: they tell nobody the second at which something happened."""
    return int(seconds // 60)
