"""The figures: what they count, and when others may see it."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import Engine, event

from bot.health.counts import CROWD, LONGEST_SECONDS, Counts, Shown
from playground.faults import FaultKind
from tests.actions.announce import announce
from tests.health.asking import asked, figures
from tests.source import ROOT
from tests.yard import Yard

HOUR = timedelta(hours=1)
TAPS = "dvor_updates_taken_total,kind=callback_query"


@pytest.mark.databases("sqlite", "postgresql")
async def test_what_people_cause_is_counted(bare_yard: Yard, port: int) -> None:
    await bare_yard.move_in()
    before = len(bare_yard.world.calls)
    card = await announce(bare_yard, bare_yard.tom)
    for person in (bare_yard.vera, bare_yard.ales, bare_yard.nina):
        await bare_yard.tap(person, card, (0, 0))
    await bare_yard.quiet()
    bare_yard.clock.turn(HOUR)
    shown = await figures(port)
    assert shown[TAPS] == shown["dvor_updates_answered_total,kind=callback_query"] == 4
    assert shown["dvor_updates_taken_total,kind=my_chat_member"] == 1
    answers = sum(value for name, value in shown.items() if "dvor_updates_answered" in name)
    assert shown["dvor_answer_seconds_count"] == answers
    assert shown["dvor_answer_seconds_bucket,le=+Inf"] == answers
    answered = [c for c in bare_yard.world.calls[before:] if c.method == "answerCallbackQuery"]
    assert (
        shown["dvor_telegram_calls_total,method=answerCallbackQuery,outcome=done"]
        == len(answered)
        == 4
    )
    assert shown["dvor_use_cases_total"] >= shown["dvor_commits_total"] > 4
    assert shown["dvor_database_size_bytes"] >= 2**20
    assert shown["dvor_database_size_bytes"] % 2**20 == 0


async def test_nobody_sees_when_a_neighbour_tapped(bare_yard: Yard, port: int) -> None:
    """Whoever keeps the figures of each second learns the hour, or which hundred were before."""
    await bare_yard.move_in()
    card = await announce(bare_yard, bare_yard.tom)
    bare_yard.clock.turn(HOUR)
    still = _steady((await asked(port, "/metrics")).text)
    await bare_yard.tap(bare_yard.nina, card, (0, 0))
    await bare_yard.quiet()
    assert _steady((await asked(port, "/metrics")).text) == still
    bare_yard.clock.turn(HOUR)
    assert _steady((await asked(port, "/metrics")).text) != still


def _steady(text: str) -> list[str]:
    """All lines but those of the hourly work, which runs by the clock alone."""
    return [line for line in text.splitlines() if not line.startswith("dvor_chores")]


def test_in_a_crowd_nobody_waits_for_the_hour() -> None:
    counts = Counts()
    shown = Shown(counts, 0.0)
    for number in range(1, 3 * CROWD):
        counts.taken["message"] += 1
        counts.note_answer("message", 0.1)
        so_far = shown.at(number / 1000)
        assert so_far.taken.total() == so_far.answered.total() == number // CROWD * CROWD
    assert shown.at(LONGEST_SECONDS + 1).taken.total() == 3 * CROWD - 1


async def test_what_telegram_answers_is_told_apart(bare_yard: Yard, port: int) -> None:
    yard = bare_yard
    await yard.move_in()
    private = yard.world.private(yard.tom)
    yard.world.start(yard.tom)
    kinds: tuple[FaultKind, ...] = ("429", "502", "500", "error")
    for kind in kinds:
        fault = yard.server.faults.add("sendMessage", kind, code=403, description="Forbidden: no")
        yard.say(yard.tom, "/help", chat=private)
        await yard.world.until(partial(getattr, fault, "struck"))
        await yard.quiet()
    yard.clock.turn(HOUR)
    shown = await figures(port)
    calls = "dvor_telegram_calls_total,method=sendMessage,outcome="
    outcomes = {
        name.removeprefix(calls): value for name, value in shown.items() if name.startswith(calls)
    }
    assert outcomes.pop("done") >= 1
    assert outcomes == {"wait": 1, "no_answer": 1, "failed": 1, "refused": 1}
    assert shown["dvor_log_lines_total,level=warning"] > 0


async def test_the_database_is_asked_seldom(bare_yard: Yard, port: int) -> None:
    await bare_yard.move_in()
    sizes: list[str] = []

    def note(_connection: object, _cursor: object, sql: str, *_: object) -> None:
        if "pragma_page_size" in sql or "pg_database_size" in sql:
            sizes.append(sql)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        for _ in range(20):
            await figures(port)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert len(sizes) == 1


async def test_a_document_explains_each_figure_and_no_other(bare_yard: Yard, port: int) -> None:
    await bare_yard.move_in()
    text = (await asked(port, "/metrics")).text
    shown = {name for name, _ in re.findall(r"^# TYPE (\w+) (\w+)$", text, re.MULTILINE)}
    document = (ROOT / "docs" / "metrics.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"^\| `(dvor_\w+)`", document, re.MULTILINE))
    assert explained == shown
    used = set(re.findall(r"\bdvor_\w+", document))
    assert {re.sub(r"_(bucket|count|sum)$", "", name) for name in used} == shown
