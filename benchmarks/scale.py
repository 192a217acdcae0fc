"""What a large election and many others cost: the same acts in an empty database and in a full one.

Each world is a process of its own with a SQLite file of its own. The full one holds one election with ten
thousand signatures and a thousand others; what is measured happens in the large one.
"""

from __future__ import annotations

import multiprocessing
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import psutil
from sqlalchemy import insert
from sqlmodel import Session

from bot.message.words import load_words
from bot.person.place import NOBODY, Person, Place
from bot.safety.keys import Keys
from bot.store import Defaults, UnitOfWork
from handlers.elections.announcing.use_cases import draft_election, publish
from handlers.elections.buildings.use_cases import note_buildings
from handlers.elections.candidates.standing import draft_standing, stand
from handlers.elections.card.faces import draw_card
from handlers.elections.heart.count.counting import move_count
from handlers.elections.heart.keys import open_keys
from handlers.elections.heart.reach import load_card
from handlers.elections.progress.faces import draw_list, picture_face
from handlers.elections.progress.picture import Look, draw_picture
from handlers.elections.progress.use_cases import under_way
from handlers.elections.signing.use_cases import sign, withdraw
from storage.database import Database
from storage.elections import buildings, candidates, elections
from storage.elections.signatures import SignatureRow
from storage.migrations.upgrade import upgrade

T = TypeVar("T")

SIGNATURES, OTHER_ELECTIONS = 10_000, 1_000
_ELECTIONS_A_CHAT = 4
_SIGNATURES_OF_OTHERS = 10
_BUILDINGS = 10
_CANDIDATES = 3
_NOW = datetime(2026, 10, 21, 9, 0, tzinfo=UTC)
_YARD = Place(-100_000)
_ORGANISER = Person(1)


@dataclass(frozen=True)
class Figures:
    """Milliseconds of one act, the median of many; memory in MB."""

    sign: float
    withdraw: float
    card: float
    listing: float
    picture: float
    memory: float


def measure_scale(times: int) -> dict[str, Figures]:
    """The same acts in both worlds, so many times each."""
    spawning = multiprocessing.get_context("spawn")
    found = {}
    for name, is_full in (("an empty database", False), ("10,000 signatures, 1,000 others", True)):
        with spawning.Pool(1) as pool:
            found[name] = pool.apply(_measured, (is_full, times))
    return found


def _measured(is_full: bool, times: int) -> Figures:
    with tempfile.TemporaryDirectory(prefix="dvor-scale-") as folder:
        world = _World(Path(folder))
        try:
            election_id, candidate_id = world.begin_election(_YARD, "The large one")
            if is_full:
                world.fill(election_id, candidate_id, SIGNATURES)
                for number in range(OTHER_ELECTIONS):
                    other = Place(-200_000 - number // _ELECTIONS_A_CHAT)
                    ids = world.begin_election(other, f"Another one {number}")
                    world.fill(*ids, _SIGNATURES_OF_OTHERS)
            return world.figures(election_id, candidate_id, times)
        finally:
            world.database.close()


class _World:
    """A database on disk, and the use cases on it."""

    def __init__(self, folder: Path) -> None:
        self.database = Database(f"sqlite:///{folder / 'dvor.sqlite3'}")
        upgrade(self.database.engine)
        self._keys = Keys(bytes(32))

    def write(self, use_case: Callable[[UnitOfWork], T]) -> T:
        return self.database.write_now(lambda session: use_case(self._work(session)))

    def read(self, use_case: Callable[[UnitOfWork], T]) -> T:
        return self.database.read_now(lambda session: use_case(self._work(session)))

    def begin_election(self, yard: Place, title: str) -> tuple[int, int]:
        """An election with candidates; gives its id and that of the first candidate."""

        def begin(work: UnitOfWork) -> tuple[int, int]:
            lines = "\n".join(f"Oak lane {number}: 4000" for number in range(1, _BUILDINGS + 1))
            note_buildings(work.done_by(_ORGANISER, yard), lines)
            draft = draft_election(work.done_by(_ORGANISER, yard), title)
            election_id = publish(work.done_by(_ORGANISER, yard), draft)
            for number in range(_CANDIDATES):
                person = Person(10 + number)
                draft = draft_standing(work.done_by(person, yard), f"Candidate {number}")
                stand(work.done_by(person, yard), draft, election_id)
            candidate = candidates.of_election(work.session, election_id)[0]
            return election_id, candidate.id

        return self.write(begin)

    def fill(self, election_id: int, candidate_id: int, number: int) -> None:
        """So many signatures for a candidate."""
        self.write(lambda work: _fill(work, election_id, candidate_id, number))

    def figures(self, election_id: int, candidate_id: int, times: int) -> Figures:
        words = load_words("en")

        def signing(work: UnitOfWork, person: Person) -> None:
            sign(work.done_by(person, _YARD), election_id, candidate_id)

        def withdrawing(work: UnitOfWork, person: Person) -> None:
            withdraw(work.done_by(person, _YARD), election_id)

        def card() -> None:
            found = self.read(lambda work: load_card(work, election_id))
            if found is not None:
                draw_card(found, words)

        def listing() -> None:
            draw_list(self.read(lambda work: under_way(work.done_by(NOBODY, _YARD))), words)

        def picture() -> None:
            (found,) = self.read(lambda work: under_way(work.done_by(NOBODY, _YARD)))
            draw_picture(picture_face(found, words), Look.LIGHT)

        people = [Person(50_000_000 + number) for number in range(times)]
        return Figures(
            sign=_median(lambda n: self.write(lambda work: signing(work, people[n])), times),
            withdraw=_median(
                lambda n: self.write(lambda work: withdrawing(work, people[n])), times
            ),
            card=_median(lambda _: card(), times),
            listing=_median(lambda _: listing(), times),
            picture=_median(lambda _: picture(), max(1, times // 10)),
            memory=psutil.Process().memory_info().rss / 2**20,
        )

    def _work(self, session: Session) -> UnitOfWork:
        return UnitOfWork(session, _NOW, self._keys, Defaults("en", "Europe/Minsk"))


def _fill(work: UnitOfWork, election_id: int, candidate_id: int, number: int) -> None:
    """So many signatures at once, spread over the buildings."""
    election = elections.get(work.session, election_id)
    if election is None:
        raise LookupError("there is no such election")
    keys = open_keys(work, election)
    listed = [row.id for row in buildings.of_chat(work.session, election.chat_id)]
    rows = [
        keys.signature(keys.signer_tag(Person(1_000 + n)), candidate_id, listed[n % len(listed)])
        for n in range(number)
    ]
    work.session.execute(insert(SignatureRow), [row._asdict() for row in rows])
    for building_id in listed:
        share = sum(row.building_id == building_id for row in rows)
        move_count(work, election, candidate_id, by=share, building_id=building_id)


def _median(act: Callable[[int], object], times: int) -> float:
    """The median of its durations in milliseconds, after a first act that isn't counted."""
    took = []
    for number in range(times):
        began = time.perf_counter()
        act(number)
        took.append((time.perf_counter() - began) * 1_000)
    return statistics.median(took[1:] or took)
