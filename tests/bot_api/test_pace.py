"""Whoever waits as long as `Pace` says keeps Telegram's limits by Telegram's own count, whatever comes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.bot_api.pace import Limits, Pace, Sent
from bot.clock import TurnableClock

ROUNDING = 1e-6
"""Seconds that sums of fractions may be off by."""

GROUPS = (-1001, -1002, -1003)
LIMITS = Limits()


@dataclass(frozen=True)
class Counted:
    """When Telegram counted a message: somewhere between its sending and its answer."""

    at: float
    group: int
    is_edit: bool


class Street:
    """A sender with a clock that stands still until it is turned, on a network that takes its time."""

    def __init__(self) -> None:
        self.clock = TurnableClock(running=False)
        self.pace = Pace(self.clock)
        self.counted: list[Counted] = []
        self.on_the_way: list[tuple[float, Sent]] = []

    def pass_time(self, seconds: float) -> None:
        """Answers come in at their moments meanwhile."""
        until = self.clock.monotonic() + seconds
        for ends, sent in sorted(self.on_the_way, key=lambda way: way[0]):
            if ends <= until:
                self.clock.turn(timedelta(seconds=max(0.0, ends - self.clock.monotonic())))
                self.pace.end(sent)
                self.on_the_way.remove((ends, sent))
        self.clock.turn(timedelta(seconds=max(0.0, until - self.clock.monotonic())))

    def send(
        self, group: int, *, edit: bool = False, takes: float = 0.0, counted_after: float = 0.0
    ) -> float:
        """Wait as told, then send. Gives the seconds waited."""
        waited = 0.0
        while (wait := self.pace.wait(group, edit=edit)) > 0:
            self.pass_time(max(wait, 1e-6))  # the finest that a clock knows
            waited += wait
        now = self.clock.monotonic()
        self.counted.append(Counted(now + takes * counted_after, group, edit))
        self.on_the_way.append((now + takes, self.pace.begin(group, edit=edit)))
        if takes == 0:
            self.pass_time(0)
        return waited


def most_within(seconds: float, moments: list[float]) -> int:
    """The most of these moments that fall into any stretch of so many seconds."""

    def counts() -> Iterator[int]:
        ordered = sorted(moments)
        for i, start in enumerate(ordered):
            yield sum(1 for at in ordered[i:] if at < start + seconds - ROUNDING)

    return max(counts(), default=0)


deeds = st.lists(
    st.tuples(
        st.sampled_from(GROUPS),
        st.booleans(),
        st.integers(min_value=1, max_value=25),
        st.sampled_from([0.0, 0.001, 0.3, 1.0, 20.0, 59.9]),
        st.sampled_from([0.0, 0.005, 0.2, 3.0]),
        st.floats(min_value=0, max_value=1),
    ),
    max_size=8,
)
"""Bursts: to whom, whether edits, how many, the pause before, how long the network takes and when in
that time Telegram counts."""


@given(deeds)
def test_no_limit_is_ever_passed(plan: list[tuple[int, bool, int, float, float, float]]) -> None:
    street = Street()
    for group, is_edit, times, pause, takes, counted_after in plan:
        street.pass_time(pause)
        for number in range(times):
            # Now at the beginning of its way, now at the end.
            after = counted_after if number % 2 else 1 - counted_after
            street.send(group, edit=is_edit, takes=takes, counted_after=after)
    assert most_within(1, [each.at for each in street.counted]) <= 30
    for group in GROUPS:
        here = [each for each in street.counted if each.group == group]
        assert most_within(60, [each.at for each in here]) <= 20
        assert most_within(60, [each.at for each in here if each.is_edit]) <= LIMITS.group_edits


@given(deeds)
def test_nobody_waits_longer_than_the_longest_window(
    plan: list[tuple[int, bool, int, float, float, float]],
) -> None:
    street = Street()
    slowest = 0.0
    for group, is_edit, times, pause, takes, _ in plan:
        street.pass_time(pause)
        slowest = max(slowest, takes)
        for _ in range(times):
            # A window ends a minute after the last answer in it, and answers still come.
            assert street.send(group, edit=is_edit, takes=takes) <= 60 + slowest + 1


@given(st.integers(min_value=31, max_value=300), st.floats(min_value=0.001, max_value=0.03))
def test_many_groups_get_all_that_telegram_takes(groups: int, takes: float) -> None:
    street = Street()
    for group in range(groups):
        street.send(-group - 1, takes=takes)
    allowed = (groups - 1) // LIMITS.overall
    assert street.clock.monotonic() <= allowed * (1 + takes) + ROUNDING * groups


def test_a_post_always_fits_beside_a_storm_of_edits() -> None:
    street = Street()
    while street.pace.wait(GROUPS[0], edit=True) == 0:
        street.send(GROUPS[0], edit=True)
    assert len(street.counted) == LIMITS.group_edits
    assert street.pace.wait(GROUPS[0]) == 0


def test_whispers_leave_cards_and_posts_their_share_of_a_minute() -> None:
    street = Street()
    for _ in range(LIMITS.group_whispers):
        assert street.pace.wait(GROUPS[0], whisper=True) == 0
        street.pace.end(street.pace.begin(GROUPS[0], whisper=True))
    assert street.pace.wait(GROUPS[0], whisper=True) > 50
    for _ in range(LIMITS.group - LIMITS.group_whispers):
        assert street.pace.wait(GROUPS[0], edit=True) == 0
        street.send(GROUPS[0], edit=True)
    assert street.pace.wait(GROUPS[0]) > 50


def whispered(street: Street, person: int) -> None:
    assert street.pace.wait(GROUPS[0], whisper=True, person=person) == 0
    street.pace.end(street.pace.begin(GROUPS[0], whisper=True, person=person))


def test_one_person_gets_what_nobody_needs_and_leaves_every_other_their_own() -> None:
    street = Street()
    for _ in range(LIMITS.group_spare):
        whispered(street, person=1)
    assert street.pace.wait(GROUPS[0], whisper=True, person=1) > 50
    assert street.pace.wait(GROUPS[1], whisper=True, person=1) == 0
    for _ in range(LIMITS.group_person):
        whispered(street, person=2)
    assert street.pace.wait(GROUPS[0], whisper=True, person=2) > 50
    whispered(street, person=3)
    street.pass_time(60)
    whispered(street, person=1)


def test_thousands_of_people_are_forgotten_after_their_minute() -> None:
    street = Street()
    for person in range(3_000):
        whispered(street, person)
        street.pass_time(10)
    assert len(street.pace._people) <= 1_001


def test_single_people_leave_posts_some_of_a_second() -> None:
    street = Street()
    for person in range(LIMITS.overall_whispers):
        street.pace.end(street.pace.begin(-person - 10, whisper=True))
    assert street.pace.wait_overall(whisper=True) > 0
    assert street.pace.wait_overall() == 0


def test_a_busy_group_holds_no_other_up() -> None:
    street = Street()
    for _ in range(LIMITS.group):
        street.send(GROUPS[0])
    assert street.pace.wait(GROUPS[0]) > 50
    assert street.pace.wait(GROUPS[1]) == 0
    assert list(street.pace.busy()) == [GROUPS[0]]
    street.pass_time(street.pace.busy()[GROUPS[0]])
    assert street.pace.busy() == {}


def test_an_album_counts_as_many_as_it_has() -> None:
    street = Street()
    street.pace.end(street.pace.begin(GROUPS[0], messages=10))
    for _ in range(LIMITS.group - 10):
        assert street.pace.wait(GROUPS[0]) == 0
        street.send(GROUPS[0])
    assert street.pace.wait(GROUPS[0]) > 0


def test_an_album_waits_until_all_of_it_fits() -> None:
    street = Street()
    for _ in range(LIMITS.group - 10):
        street.send(GROUPS[0])
        street.pass_time(1)
    assert street.pace.wait(GROUPS[0], messages=10) == 0
    street.send(GROUPS[0])
    wait = street.pace.wait(GROUPS[0], messages=10)
    assert 0 < wait == street.pace.wait_in_chat(GROUPS[0], messages=10)
    assert street.pace.wait(GROUPS[0]) == 0
    street.pass_time(wait)
    assert street.pace.wait(GROUPS[0], messages=10) == 0


@given(st.floats(min_value=0.1, max_value=900))
def test_a_refusal_is_obeyed_to_its_end(seconds: float) -> None:
    street = Street()
    street.pace.refuse(GROUPS[0], seconds)
    assert street.pace.wait(GROUPS[0]) >= seconds - 0.001
    assert GROUPS[0] in street.pace.busy()
    assert street.pace.wait(GROUPS[1]) == 0
    street.pass_time(seconds + 0.001)
    assert street.pace.wait(GROUPS[0]) == 0


def test_thousands_of_quiet_groups_are_forgotten_and_the_busy_one_is_not() -> None:
    street = Street()
    for group in range(6_000):
        street.pace.end(street.pace.begin(-group - 2_000))
        if group % LIMITS.overall == 0:
            street.pass_time(1.1)
    for _ in range(LIMITS.group):
        street.pace.end(street.pace.begin(GROUPS[0]))
    street.pace.end(street.pace.begin(-9_000))
    street.pass_time(1.1)
    assert street.pace.wait(GROUPS[0]) > 0
