"""What the parts of the bot tell of themselves while they work: noted, and nothing done about it."""

from __future__ import annotations

import itertools
import logging
from collections import Counter
from collections.abc import Callable
from functools import partial
from http import HTTPStatus

from bot.clock import Clock
from bot.health.counts import Counts
from bot.intake.polling.intake import ALLOWED_UPDATES
from bot.intake.reading import Incoming
from bot.intake.tap import IncomingTap

_BAD_WEATHER_SECONDS = 120.0
_OUTCOMES: dict[int, str] = {
    HTTPStatus.TOO_MANY_REQUESTS: "wait",
    HTTPStatus.CONFLICT: "conflict",
}
LEVELS = ("warning", "error")
"""A crash counts as an error."""


class Observer:
    """Hears of updates, of requests to Telegram, of commits, of chores and of lines in the log."""

    def __init__(self, clock: Clock) -> None:
        self.counts = Counts()
        self.rounds = 0
        self.round_seconds = 0.0
        self.lines = LineCounter()
        self._clock = clock
        self._numbers = itertools.count()
        # When each update came that isn't answered, the oldest first.
        self._unanswered: dict[int, float] = {}
        # Since when no request was answered, and since when they are again.
        self._failing_since: float | None = None
        self._answering_since = clock.monotonic()

    def note_taken(self, update: Incoming) -> Callable[[], None]:
        """An update is let in. What is returned is called once all is done and said."""
        kind, number, now = kind_of(update), next(self._numbers), self._clock.monotonic()
        self.counts.taken[kind] += 1
        self._unanswered[number] = now
        return partial(self._note_answered, kind, number)

    def note_call(self, method: str, status: int | None) -> None:
        """A request to Telegram was answered with a status; None where no answer came."""
        if not method.isalpha():
            return  # a file's name, and none of ours
        self.counts.calls[method, outcome_of(status)] += 1
        now = self._clock.monotonic()
        if status is None or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            self._failing_since = now if self._failing_since is None else self._failing_since
        elif self._failing_since is not None:
            if self.telegram_silence >= _BAD_WEATHER_SECONDS:
                self._answering_since = now
            self._failing_since = None

    def note_commit(self, use_cases: int) -> None:
        """So many use cases shared a commit. From the writer's thread."""
        self.counts.commits += 1
        self.counts.use_cases += use_cases

    def note_round(self, seconds: float) -> None:
        """The chores' round took so long."""
        self.rounds += 1
        self.round_seconds += seconds

    @property
    def oldest_update(self) -> float:
        """Seconds since the oldest update came that isn't answered; 0 where none waits."""
        first = next(iter(self._unanswered.values()), None)
        return 0.0 if first is None else self._clock.monotonic() - first

    @property
    def telegram_silence(self) -> float:
        """Seconds for which every request to Telegram went unanswered; 0 where the last one was answered."""
        since = self._failing_since
        return 0.0 if since is None else self._clock.monotonic() - since

    @property
    def fair_weather(self) -> float:
        """Seconds for which Telegram has answered without a long break; 0 where it doesn't now."""
        if self.telegram_silence >= _BAD_WEATHER_SECONDS:
            return 0.0
        return self._clock.monotonic() - self._answering_since

    def _note_answered(self, kind: str, number: int) -> None:
        self.counts.note_answer(kind, self._clock.monotonic() - self._unanswered.pop(number))


class LineCounter(logging.Handler):
    """Counts lines of the log by their level; what they say it doesn't look at."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.counted: Counter[str] = Counter()

    def emit(self, record: logging.LogRecord) -> None:
        self.counted[LEVELS[record.levelno >= logging.ERROR]] += 1


def kind_of(update: Incoming) -> str:
    """Return one of `ALLOWED_UPDATES`, or "other" for what Telegram may yet invent."""
    if isinstance(update, IncomingTap):
        return "callback_query"
    return next((kind for kind in ALLOWED_UPDATES if getattr(update, kind) is not None), "other")


def outcome_of(status: int | None) -> str:
    """Return what came of a request, in a word of a few."""
    if status is None:
        return "no_answer"
    if status < HTTPStatus.BAD_REQUEST:
        return "done"
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return "failed"
    return _OUTCOMES.get(status, "refused")
