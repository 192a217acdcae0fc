"""Use cases on a database file, as the store runs them, and elections begun with them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

from sqlmodel import Session, SQLModel

from bot.domain.elections.paper.lines import SheetLine, read_line
from bot.domain.refusal import Refused
from bot.person.place import NOBODY, Person, Place, Rights
from bot.safety.keys import Keys
from bot.store import Defaults, UnitOfWork, personally
from handlers.chats.use_cases import arrive
from handlers.elections.announcing import use_cases as beginning
from handlers.elections.buildings.use_cases import note_buildings
from handlers.elections.candidates import standing
from handlers.elections.card import CARD_AND_NEWS
from handlers.elections.ending import ENDING
from handlers.elections.heart.closing import finish
from handlers.elections.paper import PAPER
from handlers.elections.paper import use_cases as paper
from handlers.elections.paper.printing import use_cases as printing
from handlers.elections.signing import use_cases as signing
from storage.chats import Presence
from storage.database import Database
from storage.elections import elections
from tests.chores import all_that_is_due
from tests.yard import NOON

T = TypeVar("T")

VERA = Person(1)
BOTH = Rights(organisers=frozenset({1, 6}))
"""The organisers of the chat, as Telegram would name them."""
HERE, ELSEWHERE = Place(-100), Place(-700)


class Desk:
    """Somebody at a database of their own, whose clock is turned by hand."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.now = folder, NOON
        self.open()

    def open(self) -> None:
        self.database = Database(f"sqlite:///{self.folder / 'dvor.sqlite3'}")

    def run(self, use_case: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        def transaction(session: Session) -> tuple[T, list[Callable[[], object]]]:
            work = self._work(session)
            return use_case(work, *args, **kwargs), work.later.reports

        result, reports = self.database.write_now(transaction)
        for say in reports:
            say()
        return result

    def refused(self, use_case: Callable[..., Any], *args: Any, **kwargs: Any) -> str | None:
        """Why it was refused; None where it was done."""
        try:
            self.run(use_case, *args, **kwargs)
        except Refused as refused:
            return refused.key
        return None

    def read(self, query: Callable[..., T], *args: Any) -> T:
        return self.database.read_now(lambda session: query(self._work(session), *args))

    def _work(self, session: Session) -> UnitOfWork:
        defaults = Defaults("en", "Europe/Minsk")
        return UnitOfWork(session, self.now, Keys(bytes(range(32))), defaults)


def begin(
    desk: Desk, place: Place, typed: str, *, for_each: bool = False, newcomers_sign: bool = False
) -> int:
    draft = desk.run(personally(beginning.draft_election, VERA, place), typed)
    desk.run(personally(beginning.choose_for_each, VERA, place), draft, for_each)
    desk.run(personally(beginning.choose_newcomers, VERA, place), draft, newcomers_sign)
    return desk.run(personally(beginning.publish, VERA, place), draft)


def stand(work: UnitOfWork, person: Person, place: Place, election: int, name: str) -> None:
    draft = standing.draft_standing(work.done_by(person, place), name)
    standing.stand(work.done_by(person, place), draft, election)


def issue(work: UnitOfWork, place: Place, election: int, candidate: int, rows: int) -> int:
    """Print a sheet of paper; gives its id."""
    draft = printing.begin_order(work.done_by(VERA, place), election)
    printing.choose_rows(work.done_by(VERA, place), draft, rows)
    sheet = printing.choose_candidate(work.done_by(VERA, place), draft, candidate)
    return printing.issue(work.done_by(VERA, place), draft, 0) if sheet is None else sheet


def enter(work: UnitOfWork, place: Place, sheet: int, typed: str) -> None:
    """Enter for a sheet what an organiser types after its number."""
    line = read_line(f"1 {typed}")
    assert isinstance(line, SheetLine)
    assert line.entry is not None
    paper.enter_for(work.done_by(VERA, place), sheet, line.entry)


def let_others_vote(desk: Desk) -> None:
    """Two elections to leave alone: 1 in this chat, among a number that was typed, and 2 in another, among
    the residents of buildings. The same people sign in them, and there is paper."""
    for place in (HERE, ELSEWHERE):
        desk.run(personally(arrive, NOBODY, place), "en", Presence.ADMINISTRATOR)
    desk.run(personally(note_buildings, VERA, ELSEWHERE), "A: 12\nB: 8")
    begin(desk, HERE, "40 Keeper of the fountain", newcomers_sign=True)
    begin(desk, ELSEWHERE, "Representative")
    for election, place in ((1, HERE), (2, ELSEWHERE)):
        desk.run(stand, Person(9), place, election, "Name 1")
        house = None if place is HERE else 1
        for person in (3, 4, 10, 11, 12):
            desk.run(personally(signing.sign, Person(person), place), election, election, house)
        sheet = desk.run(issue, place, election, election, 10)
        desk.run(enter, place, sheet, "returned 7")
        desk.run(enter, place, sheet, "checked 5 double 1")
    desk.run(personally(signing.note_joiner, NOBODY, ELSEWHERE), Person(5))
    desk.run(all_that_is_due(PAPER, ENDING))
    desk.now += timedelta(hours=1)
    desk.run(all_that_is_due(CARD_AND_NEWS))


def kept_of_others(session: Session) -> list[tuple[Any, ...]]:
    """Every row about them, whatever table it is in; but not when they were last counted."""
    connection = session.connection()
    found: list[tuple[Any, ...]] = []
    for table in SQLModel.metadata.sorted_tables:
        mark = next((c for c in ("election_id", "candidate_id") if c in table.c), None)
        mark = "id" if table.name in ("election", "candidate") else mark
        if mark is not None:
            columns = ", ".join(c.name for c in table.c if c.name != "recounted_at")
            order = ", ".join(c.name for c in table.primary_key)
            # Whoever joins a chat is late in each of its elections.
            others = "2" if table.name == "joiner" else "1, 2"
            where = f"{mark} IN ({others})"
            query = f"SELECT {columns} FROM {table.name} WHERE {where} ORDER BY {order}"
            found += [(table.name, *row) for row in connection.exec_driver_sql(query)]
    return found


def close(work: UnitOfWork, election_id: int) -> None:
    """End an election, as if two organisers wanted it."""
    election = elections.get(work.session, election_id)
    assert election is not None
    finish(work, election)
