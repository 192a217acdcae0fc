"""Whoever waits as long as `Pace` says keeps Telegram's limits, whatever comes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.clock import TurnableClock
from bot.pace import GROUP, GROUP_EDITS, OVERALL, Pace

ROUNDING = 1e-6
"""Seconds that sums of fractions may be off by."""

GROUPS = (-1001, -1002, -1003)


@dataclass(frozen=True)
class Sent:
    at: float
    group: int
    is_edit: bool


class Street:
    """A patient sender with a clock that stands still until it is turned."""

    def __init__(self) -> None:
        self.clock = TurnableClock(running=False)
        self.pace = Pace(self.clock)
        self.sent: list[Sent] = []

    def pass_time(self, seconds: float) -> None:
        self.clock.turn(timedelta(seconds=seconds))

    def fits(self, group: int, *, edit: bool, at: float) -> bool:
        """Whether one more at this moment would keep every limit, counted anew from the beginning."""
        here = [each for each in self.sent if each.group == group]
        return (
            sum(each.at > at - 1 + ROUNDING for each in self.sent) < OVERALL
            and sum(each.at > at - 60 + ROUNDING for each in here) < GROUP
            and not (
                edit and sum(e.at > at - 60 + ROUNDING for e in here if e.is_edit) >= GROUP_EDITS
            )
        )

    def send(self, group: int, *, edit: bool = False) -> float:
        """Wait as told, and not a moment too long, then send. Gives the seconds waited."""
        waited = 0.0
        while (wait := self.pace.wait(group, edit=edit)) > 0:
            a_moment_before = self.clock.monotonic() + wait - 0.01
            assert wait < 0.01 or not self.fits(group, edit=edit, at=a_moment_before)
            # A hundredth more than told stands for the way through the network.
            self.pass_time(wait + 0.01)
            waited += wait
        assert self.fits(group, edit=edit, at=self.clock.monotonic())
        self.pace.note(group, edit=edit)
        self.sent.append(Sent(self.clock.monotonic(), group, edit))
        return waited


def most_within(seconds: float, moments: list[float]) -> int:
    """The most of these moments that fall into any stretch of so many seconds."""

    def counts() -> Iterator[int]:
        for i, start in enumerate(moments):
            yield sum(1 for at in moments[i:] if at < start + seconds - ROUNDING)

    return max(counts(), default=0)


deeds = st.lists(
    st.tuples(
        st.sampled_from(GROUPS),
        st.booleans(),
        st.integers(min_value=1, max_value=25),
        st.sampled_from([0.0, 0.001, 0.3, 1.0, 20.0, 59.9]),
    ),
    max_size=8,
)
"""Bursts: to whom, whether edits, how many, and the pause before."""


@given(deeds)
def test_no_limit_is_ever_passed(plan: list[tuple[int, bool, int, float]]) -> None:
    street = Street()
    for group, is_edit, times, pause in plan:
        street.pass_time(pause)
        for _ in range(times):
            street.send(group, edit=is_edit)
    assert most_within(1, [each.at for each in street.sent]) <= min(OVERALL, 30)
    for group in GROUPS:
        here = [each for each in street.sent if each.group == group]
        assert most_within(60, [each.at for each in here]) <= min(GROUP, 20)
        assert most_within(60, [each.at for each in here if each.is_edit]) <= GROUP_EDITS


@given(deeds)
def test_nobody_waits_longer_than_the_longest_window(
    plan: list[tuple[int, bool, int, float]],
) -> None:
    street = Street()
    for group, is_edit, times, pause in plan:
        street.pass_time(pause)
        for _ in range(times):
            assert street.send(group, edit=is_edit) <= 61


def test_a_post_always_fits_beside_a_storm_of_edits() -> None:
    street = Street()
    while street.pace.wait(GROUPS[0], edit=True) == 0:
        street.send(GROUPS[0], edit=True)
    assert len(street.sent) == GROUP_EDITS
    assert street.pace.wait(GROUPS[0]) == 0


def test_a_busy_group_holds_no_other_up() -> None:
    street = Street()
    for _ in range(GROUP):
        street.send(GROUPS[0])
    assert street.pace.wait(GROUPS[0]) > 50
    assert street.pace.wait(GROUPS[1]) == 0


@given(st.floats(min_value=0.1, max_value=900))
def test_a_refusal_is_obeyed_to_its_end(seconds: float) -> None:
    street = Street()
    street.pace.refuse(GROUPS[0], seconds)
    assert street.pace.wait(GROUPS[0]) >= seconds - 0.001
    assert street.pace.wait(GROUPS[1]) == 0
    street.pass_time(seconds + 0.001)
    assert street.pace.wait(GROUPS[0]) == 0


def test_thousands_of_quiet_groups_are_forgotten_and_the_busy_one_is_not() -> None:
    street = Street()
    for group in range(6_000):
        street.pace.note(-group)
        if group % OVERALL == 0:
            street.pass_time(1.1)
    for _ in range(GROUP):
        street.pace.note(GROUPS[0])
    street.pace.note(-7_000)
    street.pass_time(1.1)
    assert street.pace.wait(GROUPS[0]) > 0
