"""Whatever organisers and the weather do: every occurrence is posted once, in order, none early."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot.domain.formatted import FormattedText
from bot.person.place import Person, Place
from bot.safety.keys import Keys
from bot.store import Defaults, UnitOfWork, personally
from handlers.reminders import use_cases
from handlers.reminders.due import REMINDERS_DUE
from handlers.reminders.due import use_cases as due
from handlers.reminders.waiting import deeds
from storage.chats import Presence
from storage.database import Database
from storage.delivery import outbox, queue, sending
from storage.delivery.outbox import OutboxState, Urgency
from tests.chores import all_that_is_due, done_at_once

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
T = TypeVar("T")

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ORGANISER, GROUP = Person(101), Place(-202, 7)
# Both nights on which clocks in Warsaw change lie ahead of these.
STARTS = [datetime(2026, 10, 21, 9, 0, 30, tzinfo=UTC), datetime(2027, 3, 24, 9, 0, 30, tzinfo=UTC)]
ZONES = ["Europe/Minsk", "Europe/Warsaw", "America/New_York"]
NIGHT_OR_DAY = st.sampled_from([time(2, 0), time(2, 30), time(3, 0), time(0, 0), time(11, 0)])


@dataclass
class Expected:
    """A reminder in the plain model, and up to when its occurrences are accounted for."""

    id: int
    text: str
    zone: ZoneInfo
    weekdays: frozenset[int]
    at: time
    once: datetime | None
    accounted: datetime

    @property
    def is_over(self) -> bool:
        return self.once is not None and self.once <= self.accounted

    def missed(self, until: datetime) -> list[datetime]:
        """Its occurrences since those accounted for, straight from the calendar."""
        if self.once is not None:
            return [self.once] if self.accounted < self.once <= until else []
        found = []
        day = self.accounted.date() - timedelta(days=2)
        while day <= until.date() + timedelta(days=2):
            moment = datetime.combine(day, self.at, self.zone).astimezone(UTC)
            if day.weekday() in self.weekdays and self.accounted < moment <= until:
                found.append(moment)
            day += timedelta(days=1)
        return found


class Courtyard(RuleBasedStateMachine):
    """One chat on a real database, beside a list of what must be posted in it."""

    template: Path
    folder: Path

    @initialize(start=st.sampled_from(STARTS))
    def begin(self, start: datetime) -> None:
        self.folder.mkdir(exist_ok=True)
        for old in self.folder.iterdir():
            old.unlink()
        file = shutil.copy(self.template, self.folder / "dvor.sqlite3")
        self.database = Database(f"sqlite:///{file}")
        self.keys = Keys(bytes(32))
        self.now = start
        self.reminders: list[Expected] = []
        self.posted: list[tuple[int, datetime]] = []
        self.sent_at: list[datetime] = []
        self.run(lambda work: work.chat_at(GROUP))

    def teardown(self) -> None:
        if hasattr(self, "database"):
            self.database.close()

    @rule(minutes=st.integers(1, 20_000))
    def set_once(self, minutes: int) -> None:
        moment = self.now.replace(second=0) + timedelta(minutes=minutes)
        self.set(f"in {minutes} minutes", once=moment)

    @rule(weekdays=st.frozensets(st.integers(0, 6), min_size=1), at=NIGHT_OR_DAY)
    def set_weekly(self, weekdays: frozenset[int], at: time) -> None:
        days = " and ".join(WEEKDAYS[day] for day in weekdays)
        self.set(f"every {days} {at:%H:%M}", weekdays=weekdays, at=at)

    @precondition(lambda self: self.reminders)
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        gone = data.draw(st.sampled_from(self.reminders))
        chat_id = self.run(chat_id_here)
        self.run(personally(deeds.delete_reminder, ORGANISER, GROUP), chat_id, gone.id)
        self.reminders.remove(gone)

    @rule(zone=st.sampled_from(ZONES))
    def take_another_clock(self, zone: str) -> None:
        self.run(set_zone, zone)

    @rule(minutes=st.integers(1, 15_000))
    def time_passes(self, minutes: int) -> None:
        """With the bot at work: everything comes at its moment."""
        until = self.now + timedelta(minutes=minutes)
        due = [(moment, each.id) for each in self.reminders for moment in each.missed(until)]
        self.account(until)
        self.posted, self.sent_at = [], []
        self.wait_for(until, and_send=True)
        self.check(sorted(due))
        assert all(moment == on for (_, moment), on in zip(self.posted, self.sent_at, strict=True))

    @rule(minutes=st.integers(1, 60_000), how=st.sampled_from(["stopped", "away", "unheard"]))
    def silence_passes(self, minutes: int, how: str) -> None:
        """The bot is stopped, or removed, or nothing it sends gets through: of what was missed, the latest
        of each comes once after."""
        until = self.now + timedelta(minutes=minutes)
        self.posted, self.sent_at = [], []
        if how == "stopped":
            self.now = until
        else:
            self.run(set_presence, Presence.AWAY if how == "away" else Presence.MEMBER)
            self.wait_for(until, and_send=False)
        missed = [(each.missed(until), each.id) for each in self.reminders]
        self.account(until)
        self.run(set_presence, Presence.MEMBER)
        self.turn(and_send=True)
        self.check(sorted((moments[-1], number) for moments, number in missed if moments))
        self.run(done_at_once(REMINDERS_DUE.hourly))

    # What the machine does and knows

    def set(
        self,
        words: str,
        *,
        weekdays: frozenset[int] = frozenset(),
        at: time = time(),
        once: datetime | None = None,
    ) -> None:
        text = f"Text {len(self.reminders)} of {self.now}"
        zone = ZoneInfo(self.run(zone_here))
        typed = FormattedText(f"{words} {text}")
        draft = self.run(personally(use_cases.draft_reminder, ORGANISER, GROUP), typed)
        row = self.run(personally(use_cases.set_reminder, ORGANISER, GROUP), draft)
        self.reminders.append(Expected(row.id, text, zone, weekdays, at, once, self.now))

    def account(self, until: datetime) -> None:
        for each in self.reminders:
            each.accounted = until

    def wait_for(self, until: datetime, *, and_send: bool) -> None:
        """Let the bot take its turns until then, each at the moment that is due next."""
        while (moment := self.run(due.next_due)) is not None and moment <= until:
            assert moment >= self.now
            self.now = moment
            self.turn(and_send=and_send)
        self.now = until

    def turn(self, *, and_send: bool) -> None:
        self.run(all_that_is_due(REMINDERS_DUE))
        if and_send:
            while claimed := self.run(claim_one):
                self.send(claimed[0])

    def send(self, row: outbox.DuePost) -> None:
        post = self.run(due.load_post, row.ref)
        self.run(finish, row, OutboxState.SENT if post else OutboxState.SKIPPED)
        if post is None:
            return
        assert row.due_at <= self.now
        assert row.thread_id == GROUP.thread_id
        assert post.text == next(each.text for each in self.reminders if each.id == row.ref)
        self.posted.append((row.ref, row.due_at))
        self.sent_at.append(self.now)

    def check(self, expected: list[tuple[datetime, int]]) -> None:
        assert [(moment, number) for number, moment in self.posted] == expected
        self.reminders = [each for each in self.reminders if not each.is_over]

    def run(
        self, use_case: Callable[Concatenate[UnitOfWork, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        defaults = Defaults("en", "Europe/Warsaw")
        return self.database.write_now(
            lambda session: use_case(
                UnitOfWork(session, self.now, self.keys, defaults), *args, **kwargs
            )
        )


def chat_id_here(work: UnitOfWork) -> int:
    return work.chat_at(GROUP).id


def zone_here(work: UnitOfWork) -> str:
    return work.chat_at(GROUP).timezone


def set_zone(work: UnitOfWork, zone: str) -> None:
    work.chat_at(GROUP).timezone = zone


def set_presence(work: UnitOfWork, presence: Presence) -> None:
    work.chat_at(GROUP).presence = presence


def claim_one(work: UnitOfWork) -> list[outbox.DuePost]:
    first = queue.next_of_each_chat(
        work.session, work.now, Urgency.TIMED, limit=1, busy=(), but_not=()
    )
    for row in first:
        assert sending.claim(work.session, row.id, work.now, lease=timedelta(minutes=2))
    return first


def finish(work: UnitOfWork, row: outbox.DuePost, state: OutboxState) -> None:
    outbox.finish(work.session, row.id, state)


@pytest.mark.hypothesis
def test_every_occurrence_is_posted_once_in_order_and_none_early(
    sqlite_template: Path, tmp_path: Path
) -> None:
    class OnThisMachine(Courtyard):
        template, folder = sqlite_template, tmp_path / "courtyard"

    run_state_machine_as_test(
        OnThisMachine, settings=settings(max_examples=40, stateful_step_count=15)
    )
