"""The figures for Prometheus, in its format. docs/metrics.md says what each means."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from itertools import accumulate

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    InfoMetricFamily,
    Metric,
    SummaryMetricFamily,
)
from prometheus_client.registry import Collector

from bot.clock import Clock
from bot.health.condition import Condition, minutes
from bot.health.counts import BOUNDS, Counts, Shown
from bot.health.observer import LEVELS, Observer
from bot.intake.polling.intake import ALLOWED_UPDATES

CONTENT_TYPE = CONTENT_TYPE_LATEST
_MEGABYTE = 2**20


class Metrics:
    """Writes the figures down when somebody asks."""

    def __init__(self, observer: Observer, clock: Clock) -> None:
        self._observer = observer
        self._clock = clock
        self._started_at = clock.now().timestamp()
        self._shown = Shown(observer.counts, clock.monotonic())

    def text(self, condition: Condition) -> bytes:
        """Return all of them, each whole, as they are in this condition."""
        # One of its own: the library's own tells when the process was busy, and so when somebody tapped.
        registry = CollectorRegistry(auto_describe=False)
        registry.register(_Families(self._families(condition)))
        return generate_latest(registry)

    def _families(self, condition: Condition) -> Iterator[Metric]:
        yield InfoMetricFamily("dvor_build", "Version of Dvor", {"version": _version()})
        yield _gauge("start_time_seconds", "Unix time of the start", self._started_at)
        yield from _of_condition(condition)
        yield from _of_people(self._shown.at(self._clock.monotonic()))
        lines = CounterMetricFamily("dvor_log_lines", "Lines of the log", labels=["level"])
        for level in LEVELS:
            lines.add_metric([level], self._observer.lines.counted[level])
        yield lines
        yield SummaryMetricFamily(
            "dvor_chores_seconds",
            "Rounds of the hourly work",
            self._observer.rounds,
            self._observer.round_seconds,
        )


class _Families(Collector):
    def __init__(self, families: Iterator[Metric]) -> None:
        self._families = families

    def collect(self) -> Iterator[Metric]:
        return self._families


def _of_condition(condition: Condition) -> Iterator[Metric]:
    yield _gauge("well", "1 where healthz answers 200", condition.is_well)
    duty = GaugeMetricFamily("dvor_duty", "1 where the task is this process's", labels=["task"])
    for task, is_held in condition.duty.items():
        duty.add_metric([task], is_held)
    yield duty
    for name, meaning, seconds in (
        ("oldest_update_seconds", "Age of the oldest unanswered update", condition.oldest_update),
        ("outbox_age_seconds", "For how long an open post has been due", condition.outbox),
        ("telegram_silence_seconds", "Since Telegram answers nothing", condition.telegram_silence),
    ):
        yield _gauge(name, f"{meaning}, in whole minutes", 60 * minutes(seconds))
    if condition.reading is not None:
        backlog, size = condition.reading.backlog, condition.reading.database_bytes
        posts = GaugeMetricFamily("dvor_outbox_posts", "Posts that are due", labels=["state"])
        posts.add_metric(["open"], backlog.open)
        posts.add_metric(["held"], backlog.held)
        yield posts
        yield _gauge("outbox_tried_posts", "Posts that are due and were tried", backlog.tried)
        whole = -(-size // _MEGABYTE) * _MEGABYTE
        yield _gauge("database_size_bytes", "Size of the database, in whole megabytes", whole)


def _of_people(counts: Counts) -> Iterator[Metric]:
    taken = CounterMetricFamily("dvor_updates_taken", "Updates let in", labels=["kind"])
    answered = CounterMetricFamily("dvor_updates_answered", "Updates answered", labels=["kind"])
    for kind in ALLOWED_UPDATES:
        taken.add_metric([kind], counts.taken[kind])
        answered.add_metric([kind], counts.answered[kind])
    yield taken
    yield answered
    bounds = [*map(str, BOUNDS), "+Inf"]
    within = list(zip(bounds, accumulate(counts.within), strict=True))
    yield HistogramMetricFamily(
        "dvor_answer_seconds", "From taking an update to the last word", within, counts.seconds
    )
    calls = CounterMetricFamily(
        "dvor_telegram_calls", "Requests to Telegram", labels=["method", "outcome"]
    )
    for (method, outcome), number in sorted(counts.calls.items()):
        calls.add_metric([method, outcome], number)
    yield calls
    yield CounterMetricFamily("dvor_commits", "Commits", counts.commits)
    yield CounterMetricFamily("dvor_use_cases", "Use cases committed", counts.use_cases)


def _gauge(name: str, meaning: str, value: float) -> Metric:
    return GaugeMetricFamily(f"dvor_{name}", meaning, value)


def _version() -> str:
    try:
        return version("dvor")
    except PackageNotFoundError:
        return "checkout"
