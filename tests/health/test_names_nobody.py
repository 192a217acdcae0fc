"""What is told of the bot names nobody: no id, name, word, chat or token, and no label that people choose."""

from __future__ import annotations

from datetime import timedelta

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.health.counts import BOUNDS
from bot.intake.polling.intake import ALLOWED_UPDATES
from playground.methods.registry import all_methods
from tests.frame.day import NEVER_PUBLISHED, call_by_full_names, live_through
from tests.health.asking import asked
from tests.yard import Yard

pytestmark = pytest.mark.databases("sqlite", "postgresql")

CHOSEN_BY_US = {
    "version": {"checkout"},
    "task": {"delivery", "intake"},
    "state": {"open", "held"},
    "level": {"warning", "error"},
    "kind": set(ALLOWED_UPDATES),
    "le": {*map(str, BOUNDS), "+Inf"},
    "outcome": {"done", "refused", "wait", "conflict", "failed", "no_answer"},
}
"""The values of each label, but for the names of Telegram's methods."""


async def test_after_a_busy_day_nobody_is_named(bare_yard: Yard, port: int) -> None:
    day = call_by_full_names(bare_yard)
    await bare_yard.start()
    await live_through(day)
    bare_yard.clock.turn(timedelta(hours=1))
    metrics, condition = await asked(port, "/metrics"), await asked(port, "/healthz")

    methods = {method.name for method in all_methods().values()}
    samples = [s for f in text_string_to_metric_families(metrics.text) for s in f.samples]
    for sample in samples:
        for label, value in sample.labels.items():
            assert value in (methods if label == "method" else CHOSEN_BY_US[label]), sample
    calls = [sample.labels["method"] for sample in samples if "method" in sample.labels]
    assert {"answerCallbackQuery", "sendMessage", "editMessageText"} <= {*calls}
    assert any(s.name == "dvor_log_lines_total" and s.value > 0 for s in samples), "faults too"

    yard, told = bare_yard, (metrics.text + condition.text).lower()
    numbers = [*day.ids, yard.group.id, abs(yard.group.id) - 10**12]
    written = [form for number in numbers for form in (str(number), f"{abs(number):x}")]
    token = yard.world.bot.token
    words = [*day.names, *day.published, NEVER_PUBLISHED, yard.group.title, token]
    secrets = [*written, *words, token.partition(":")[2], yard.world.bot.username or "", "stumble"]
    assert [each for each in secrets if each.lower() in told] == []
