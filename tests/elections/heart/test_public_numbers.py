"""What follows when numbers move: against a plain model, through the use cases on real databases."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Concatenate, ParamSpec, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from bot.domain.elections.bulletins.bulletin import read
from bot.domain.elections.milestones import passed
from bot.domain.elections.signing_pace import PublicDay
from bot.domain.fives import STEP
from bot.person.place import Person, Place
from bot.safety.keys import Keys
from bot.store import Defaults, UnitOfWork, personally
from handlers.elections.announcing.use_cases import draft_election, publish
from handlers.elections.buildings import BUILDINGS
from handlers.elections.buildings.use_cases import note_buildings
from handlers.elections.bulletins import BULLETINS
from handlers.elections.candidates.standing import draft_standing, stand
from handlers.elections.card import CARD_AND_NEWS
from handlers.elections.ending import ENDING
from handlers.elections.heart.posts import MILESTONE_POST
from handlers.elections.progress import PROGRESS
from handlers.elections.progress.use_cases import (
    Progress,
    load_milestone,
    load_picture,
)
from handlers.elections.signing.use_cases import sign, withdraw
from storage.database import Database
from storage.delivery.outbox import OutboxRow
from storage.elections import buildings, elections, progress
from storage.elections.bulletins import CHECK_PAGE, BulletinHeadRow
from storage.elections.progress import BuildingCountRow
from tests.chores import all_that_is_due, done_at_once
from tests.elections.model.desk import close

P = ParamSpec("P")
T = TypeVar("T")

VERA = Person(7_000_001)
NEIGHBOURS = [Person(8_000_000 + number) for number in range(24)]
NOON = datetime(2026, 10, 21, 9, 0, tzinfo=UTC)
TODAY = date(2026, 10, 21)
_groups = itertools.count()


@dataclass
class Campaign:
    """One election of its own group, with one candidate and two buildings."""

    database: Database
    base: int
    now: datetime = NOON
    keys: Keys = field(default_factory=lambda: Keys(bytes(32)))
    place: Place = field(default_factory=lambda: Place(-200_000 - next(_groups)))

    def begin(self) -> None:
        self.run(personally(note_buildings, VERA, self.place), "Oak lane 1: ?\nOak lane 2: ?")
        typed = f"{self.base} Representative"
        draft = self.run(personally(draft_election, VERA, self.place), typed)
        self.election = self.run(personally(publish, VERA, self.place), draft)
        draft = self.run(personally(draft_standing, VERA, self.place), "Vera K.")
        self.run(personally(stand, VERA, self.place), draft, self.election)
        self.candidate = self.shown.election.candidates[0].id
        self.buildings = self.read(self._building_ids)

    def sign(self, person: Person, building: int | None) -> None:
        place = None if building is None else self.buildings[building]
        self.run(personally(sign, person, self.place), self.election, self.candidate, place)

    def withdraw(self, person: Person) -> None:
        self.run(personally(withdraw, person, self.place), self.election)

    def hour(self) -> None:
        """The next full hour comes; afterwards it is as late as before, so that no day goes by."""
        before, self.now = self.now, self.now + timedelta(hours=1)
        self.run(all_that_is_due(CARD_AND_NEWS))
        self.now = before

    @property
    def shown(self) -> Progress:
        found = self.read(load_picture, self.election)
        assert found is not None
        return found

    @property
    def numbers(self) -> list[int]:
        """Every public number: the candidate's, then the buildings'."""
        shown = self.shown
        return [
            *(candidate.shown for candidate in shown.election.candidates),
            *(building.number.sure for building in shown.buildings),
        ]

    @property
    def milestones(self) -> list[int]:
        """The refs of milestones that were told or are about to be."""
        candidate = self.candidate

        def told(work: UnitOfWork) -> list[int]:
            refs = select(OutboxRow.ref).where(OutboxRow.kind == MILESTONE_POST)
            rows = (progress.milestone(work.session, ref) for ref in work.session.exec(refs))
            return [row.id for row in rows if row and row.candidate_id == candidate]

        return self.read(told)

    @property
    def bulletins(self) -> list[int]:
        """Of each bulletin to be sent, its number of lines."""

        def lines(work: UnitOfWork) -> list[int]:
            query = select(BulletinHeadRow).where(
                BulletinHeadRow.election_id == self.election, BulletinHeadRow.number > CHECK_PAGE
            )
            texts = [row.unsent_text or "" for row in work.session.exec(query)]
            return [sum(n for _, n in read(text).totals) for text in texts]

        return self.read(lines)

    def run(
        self, use_case: Callable[Concatenate[UnitOfWork, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        return self.database.write_now(
            lambda session: use_case(self._work(session), *args, **kwargs)
        )

    def read(
        self, query: Callable[Concatenate[UnitOfWork, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        return self.database.read_now(lambda session: query(self._work(session), *args, **kwargs))

    def _building_ids(self, work: UnitOfWork) -> list[int]:
        chat_id = self.shown.election.chat_id
        found = buildings.of_chat(work.session, chat_id)
        return [building.id for building in found]

    def _work(self, session: Session) -> UnitOfWork:
        return UnitOfWork(session, self.now, self.keys, Defaults("en", "Europe/Minsk"))


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.close()


@pytest.fixture
def sqlite(sqlite_url: str) -> Iterator[Database]:
    database = Database(sqlite_url)
    yield database
    database.close()


def begun(database: Database, base: int = 80) -> Campaign:
    campaign = Campaign(database, base)
    campaign.begin()
    return campaign


@pytest.mark.hypothesis
def test_no_single_signature_moves_any_public_number(sqlite: Database) -> None:
    """None moves with it, and at the full hour five lie between what was shown and what is."""

    @settings(max_examples=12)
    @given(
        st.integers(1, 96),
        st.lists(
            st.tuples(st.sampled_from(NEIGHBOURS), st.sampled_from([None, 0, 1])), max_size=60
        ),
    )
    def over_any_history(base: int, history: list[tuple[Person, int | None]]) -> None:
        campaign = begun(sqlite, base)
        needed = campaign.shown.election.needed
        signed: dict[Person, int | None] = {}
        shown = campaign.numbers
        for person, building in history:
            before = len(signed)
            if person in signed:
                campaign.withdraw(person)
                del signed[person]
            else:
                campaign.sign(person, building)
                signed[person] = building
            assert campaign.numbers == shown
            campaign.hour()
            there = Counter(signed.values())
            true = [len(signed), there[0], there[1]]
            # Reaching the target shows; a tiny one is lost again when nobody is left.
            is_seen = before < needed <= len(signed) or (needed <= STEP and not signed)
            for which, (was, now) in enumerate(zip(shown, campaign.numbers, strict=True)):
                if was != now:
                    assert abs(true[which] - was) >= STEP or (which == 0 and is_seen)
            shown = campaign.numbers
            assert all(abs(there[which] - shown[which + 1]) < STEP for which in (0, 1))
        assert _true_numbers(campaign) == {
            building: number
            for building, number in Counter(signed.values()).items()
            if building is not None
        }
        assert _days(campaign)[-1:] == [PublicDay(TODAY, shown[0])] or shown[0] == 0

    over_any_history()


@pytest.mark.hypothesis
def test_a_milestone_is_told_once_ever_whatever_comes_and_goes(sqlite: Database) -> None:
    @settings(max_examples=6)
    @given(st.lists(st.integers(0, 24), min_size=1, max_size=5))
    def over_any_history(wanted: list[int]) -> None:
        campaign = begun(sqlite)
        passed_ever: set[int] = set()
        signed = 0
        for number in wanted:
            while signed != number:
                if signed < number:
                    campaign.sign(NEIGHBOURS[signed], None)
                    signed += 1
                else:
                    signed -= 1
                    campaign.withdraw(NEIGHBOURS[signed])
                campaign.hour()
                passed_ever.update(passed(campaign.numbers[0], 20))
        told = campaign.milestones
        assert len(told) == len(set(told)) == len(passed_ever)

    over_any_history()


def test_of_several_milestones_at_once_the_last_is_told(database: Database) -> None:
    """So many are suddenly enough for much more of a smaller target."""
    campaign = begun(database, 400)
    for person in NEIGHBOURS[:15]:
        campaign.sign(person, None)
    campaign.hour()
    assert campaign.milestones == []

    def fewer_live_here(work: UnitOfWork) -> None:
        election = elections.get(work.session, campaign.election)
        assert election is not None
        election.is_base_typed = False
        work.session.add(election)

    campaign.run(fewer_live_here)
    campaign.run(personally(note_buildings, VERA, campaign.place), "Oak lane 1: 80")
    campaign.now += timedelta(minutes=5)
    campaign.run(all_that_is_due(BUILDINGS))
    campaign.now += timedelta(days=1)  # in which another organiser could have stopped it
    campaign.run(all_that_is_due(ENDING))
    (told,) = campaign.milestones
    found = campaign.read(load_milestone, told)
    assert found is not None
    assert found.percent == 75


def test_a_milestone_that_is_no_longer_true_is_not_told(database: Database) -> None:
    campaign = begun(database)
    for person in NEIGHBOURS[:5]:
        campaign.sign(person, None)
    campaign.hour()
    (told,) = campaign.milestones
    assert campaign.read(load_milestone, told) is not None
    for person in NEIGHBOURS[:5]:
        campaign.withdraw(person)
    campaign.hour()
    assert campaign.read(load_milestone, told) is None
    for person in NEIGHBOURS[:20]:
        campaign.sign(person, None)
    campaign.hour()
    assert campaign.read(load_milestone, told) is None, "more than that is reached"
    assert campaign.read(load_milestone, 999) is None


def test_a_bulletin_is_of_the_same_hour_as_the_card(database: Database) -> None:
    """Also where the bulletin is looked at first: the card's numbers are published before it is made."""
    campaign = begun(database)
    campaign.run(all_that_is_due(BULLETINS))
    campaign.now = datetime(2026, 10, 21, 15, 40, tzinfo=UTC)
    for person in NEIGHBOURS[:7]:
        campaign.sign(person, None)
    assert (campaign.numbers[0], campaign.bulletins) == (0, [])
    campaign.now = datetime(2026, 10, 21, 16, 0, tzinfo=UTC)  # 19:00 in Minsk
    campaign.run(all_that_is_due(BULLETINS))
    assert (campaign.numbers[0], campaign.bulletins) == (5, [5])


def test_the_end_leaves_rounded_numbers(database: Database) -> None:
    campaign = begun(database)
    for person in NEIGHBOURS[:8]:
        campaign.sign(person, 0)
    for person in NEIGHBOURS[8:12]:
        campaign.sign(person, 1)
    campaign.hour()
    for person in NEIGHBOURS[:4]:
        campaign.withdraw(person)
    campaign.hour()
    assert campaign.numbers == [10, 5, 0]
    campaign.now += timedelta(days=3)
    campaign.run(close, campaign.election)
    assert campaign.numbers == [5, 0, 0]
    assert _true_numbers(campaign) == {}
    assert _days(campaign) == [PublicDay(TODAY, 10), PublicDay(TODAY + timedelta(days=3), 5)]
    assert campaign.shown.forecasts == {}


def test_the_days_are_those_of_the_chat(database: Database) -> None:
    campaign = begun(database)
    campaign.now = datetime(2026, 10, 21, 21, 30, tzinfo=UTC)  # half past midnight in Minsk
    for person in NEIGHBOURS[:5]:
        campaign.sign(person, None)
    campaign.hour()
    assert _days(campaign) == [PublicDay(date(2026, 10, 22), 5)]


def test_thinning_out_changes_no_number_of_later_days(database: Database) -> None:
    campaign = begun(database)
    days = [
        PublicDay(TODAY - timedelta(days=ago), n * 5) for n, ago in enumerate((200, 120, 95, 40, 0))
    ]
    for day in days:
        campaign.run(_keep, campaign.candidate, day)
    campaign.run(done_at_once(PROGRESS.hourly))
    assert _days(campaign) == days[2:]
    campaign.now += timedelta(days=365)
    campaign.run(done_at_once(PROGRESS.hourly))
    assert _days(campaign) == days[-1:], "the number that stands is never forgotten"


def _keep(work: UnitOfWork, candidate_id: int, day: PublicDay) -> None:
    progress.keep_day(work.session, candidate_id, day.day, day.shown)


def _days(campaign: Campaign) -> list[PublicDay]:
    candidate = campaign.candidate
    return campaign.read(lambda work: progress.history(work.session, [candidate])[candidate])


def _true_numbers(campaign: Campaign) -> dict[int, int]:
    """By building, as the first or second of the list."""

    def counted(work: UnitOfWork) -> dict[int, int]:
        query = select(BuildingCountRow).where(BuildingCountRow.election_id == campaign.election)
        return {
            campaign.buildings.index(row.building_id): row.signatures
            for row in work.session.exec(query)
            if row.signatures
        }

    return campaign.read(counted)
