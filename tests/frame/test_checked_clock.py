"""A clock that jumps is seen through: the bot goes by Telegram's time, and says so in the log."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import MOST_DISAGREEMENT, CheckedClock, TurnableClock
from tests.yard import LogKeeper

START = datetime(2026, 10, 21, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


class JumpingClock(TurnableClock):
    """A machine's clock that somebody sets; seconds pass all the same."""

    def __init__(self) -> None:
        super().__init__(START, running=False)
        self.off = timedelta()

    def now(self) -> datetime:
        return super().now() + self.off


def heard(clock: CheckedClock, own: JumpingClock, *, takes: float = 0.0) -> None:
    """Telegram answers, by the right time."""
    asked_at = own.monotonic()
    own.turn(timedelta(seconds=takes))
    clock.hear(own.now() - own.off, asked_at=asked_at)


@pytest.mark.parametrize("jump", [DAY, -DAY, timedelta(hours=3)])
def test_a_jump_changes_nothing_and_is_told_once(jump: timedelta, log: LogKeeper) -> None:
    own = JumpingClock()
    clock = CheckedClock(own)
    heard(clock, own)
    own.off = jump
    for _ in range(3):
        own.turn(timedelta(minutes=1))
        assert clock.now() == own.now() - jump
    assert len(log.errors) == 1
    assert f"{jump.total_seconds() / 3600:+.1f} hours" in log.errors[0]
    own.off = timedelta()
    assert clock.now() == own.now()
    assert any("agrees with Telegram's again" in line for line in log.lines)


def test_a_sleep_of_the_machine_is_no_jump(log: LogKeeper) -> None:
    """Its own clock is right, as Telegram confirms with its first answer."""
    own = JumpingClock()
    clock = CheckedClock(own)
    heard(clock, own)
    own.off = DAY
    clock.hear(own.now(), asked_at=own.monotonic())
    assert clock.now() == own.now()
    assert not log.errors


def test_before_telegram_said_anything_the_machine_is_believed() -> None:
    own = JumpingClock()
    own.off = DAY
    assert CheckedClock(own).now() == own.now()


def test_a_clock_at_the_edge_of_what_is_believed_doesnt_win_and_lose_by_turns(
    log: LogKeeper,
) -> None:
    own = JumpingClock()
    clock = CheckedClock(own)
    own.off = MOST_DISAGREEMENT + timedelta(seconds=10)
    for takes in (0.1, 25.0) * 3:  # an answer at once, and one that was long in coming
        heard(clock, own, takes=takes)
        assert own.now() - clock.now() >= MOST_DISAGREEMENT
    assert len(log.errors) == 1
    assert not any("again" in line for line in log.lines)


@given(
    st.floats(min_value=-MOST_DISAGREEMENT.total_seconds(), max_value=300),
    st.floats(min_value=0, max_value=30),
    st.floats(min_value=0, max_value=86_400),
)
def test_a_clock_that_is_about_right_counts(off: float, takes: float, later: float) -> None:
    own = JumpingClock()
    clock = CheckedClock(own)
    own.off = timedelta(seconds=off)
    heard(clock, own, takes=takes)
    own.turn(timedelta(seconds=later))
    assert clock.now() == own.now()


@given(st.floats(min_value=330, max_value=10_000_000), st.sampled_from([1, -1]))
def test_time_by_telegram_goes_on(off: float, sign: int) -> None:
    own = JumpingClock()
    clock = CheckedClock(own)
    own.off = timedelta(seconds=sign * off)
    heard(clock, own, takes=1)
    before = clock.now()
    own.turn(timedelta(minutes=7))
    assert clock.now() - before == timedelta(minutes=7)


@pytest.mark.parametrize("off", [timedelta(), timedelta(hours=2), -DAY])
def test_how_far_the_clocks_are_apart_is_told_but_for_the_way_of_an_answer(off: timedelta) -> None:
    own = JumpingClock()
    clock = CheckedClock(own)
    assert clock.disagreement() is None
    heard(clock, own, takes=3)
    own.off = off
    own.turn(timedelta(minutes=5))
    told = clock.disagreement()
    assert told is not None
    assert timedelta() <= abs(off) - abs(told) <= timedelta(seconds=3)
    assert told * off.days >= timedelta()
