"""What is seized says nothing of anyone: no id and no name of a neighbour, anywhere that the bot keeps."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest

from tests.frame.day import (
    CHOSEN_NAME,
    NEVER_PUBLISHED,
    NEW_TITLE,
    PLACE,
    REMINDER,
    Day,
    call_by_full_names,
    live_through,
)
from tests.safety.traces import kept_files, kept_rows, traces_of_id
from tests.yard import Yard

pytestmark = pytest.mark.databases("sqlite", "postgresql")

LIVED_THROUGH = (
    "action",
    "action_answer",
    "candidate",
    "card",
    "election",
    "handled_update",
    "outbox",
    "pending_deletion",
    "reminder",
    "short_lived",
    "signature",
)


async def test_a_day_leaves_nobody_behind(bare_yard: Yard) -> None:
    day = call_by_full_names(bare_yard)
    await bare_yard.start()
    await live_through(day)
    rows = kept_rows(bare_yard)
    assert all(rows[table] for table in LIVED_THROUGH), "the day left its traces"
    assert_nobody_in(day, at="work")
    bare_yard.clock.turn(timedelta(days=2))  # past the hour of erasing
    await bare_yard.settled()
    assert_nobody_in(day, at="night")
    await bare_yard.stop()
    assert_nobody_in(day, at="rest")
    assert_nobody_in_the_log(day)


def assert_nobody_in(day: Day, *, at: str) -> None:
    kept = {**kept_files(day.yard), **kept_rows(day.yard)}
    everything = b"\n".join(kept.values())
    _assert_the_search_can_see(day, everything)
    for id_ in day.ids:
        found = {
            (name, trace)
            for trace in traces_of_id(id_)
            if trace in everything
            for name, content in kept.items()
            if trace in content
        }
        assert found == set(), at
    for words in (*day.names, NEVER_PUBLISHED):
        where = [place for place, content in kept.items() if words.encode() in content]
        assert where == [], (at, words)


def assert_nobody_in_the_log(day: Day) -> None:
    """Nor does it repeat what was said, even in public; and no word of the token."""
    log = "\n".join(day.yard.log.lines).lower()
    assert "fault" in log, "the log is being kept"
    assert " debug telegram" not in log, "nor when somebody did something"
    for id_ in (*day.ids, day.yard.group.id, abs(day.yard.group.id) - 10**12):
        assert str(id_) not in log
        assert f"{id_:x}" not in log
    said = [*day.published, NEVER_PUBLISHED, day.yard.group.title, day.yard.world.bot.token]
    assert [words for words in (*day.names, *said) if words.lower() in log] == []


def _assert_the_search_can_see(day: Day, everything: bytes) -> None:
    """It finds what people chose to show, and the number of the group, which has to be kept."""
    for words in (NEW_TITLE, PLACE, REMINDER, CHOSEN_NAME):
        assert words.encode() in everything
    assert str(day.yard.group.id).encode() in everything
    if day.yard.database_url.startswith("sqlite"):
        number = day.yard.group.id.to_bytes(6, "big", signed=True)
        assert number in everything


@pytest.mark.parametrize("user_id", [5_310_587_636, 1_203_004_567])
def test_a_trace_in_any_form_would_be_found(user_id: int) -> None:
    """The search is held against what a careless feature might write."""
    width = (user_id.bit_length() + 7) // 8
    careless = [
        str(user_id).encode(),
        f"user:{user_id}:draft".encode(),
        user_id.to_bytes(8, "big"),
        user_id.to_bytes(8, "little"),
        user_id.to_bytes(6, "big"),
        user_id.to_bytes(width, "big").hex().encode(),
        hashlib.sha256(str(user_id).encode()).digest(),
    ]
    for written in careless:
        assert any(trace in written for trace in traces_of_id(user_id))
