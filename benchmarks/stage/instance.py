"""Databases as a bot leaves them: with one thing of each kind, and with as many as a large instance has.

What people would have done is done by the use cases, once; the rest are copies of those rows.
"""

from __future__ import annotations

import functools
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from sqlmodel import Session

from bot.app import open_database
from bot.domain.actions.answers import Answer
from bot.domain.formatted import FormattedText
from bot.person.place import Person, Place
from bot.safety.codes import vouch
from bot.safety.keys import Keys
from bot.settings import Settings, read_settings
from bot.store import Defaults, UnitOfWork
from handlers.actions.announcing.use_cases import draft_action
from handlers.actions.announcing.use_cases import publish as publish_action
from handlers.actions.heart.answering import give_answer
from handlers.digests.use_cases import set_typed
from handlers.elections.announcing.use_cases import draft_election
from handlers.elections.announcing.use_cases import publish as publish_election
from handlers.elections.buildings.use_cases import note_buildings
from handlers.elections.candidates.standing import draft_standing, stand
from handlers.reminders.use_cases import draft_reminder, set_reminder
from storage import actions, chats
from storage.database import Database
from storage.delivery import cards
from storage.delivery.cards import CardRow
from storage.elections import elections

T = TypeVar("T")

TIMEZONE = "Europe/Minsk"
YARD_ID = -1_001_000_000_001
YARD = Place(YARD_ID)
ORGANISER = Person(1)
_TOKEN = "6021854397:AAHa-token-that-nobody-else-has-00"
_BUILDINGS, _CANDIDATES, _ANSWERS = 10, 3, 20


@dataclass(frozen=True)
class Size:
    """How many of each there are in all. The yard that people act in has one of each, and `in_yard` of the
    signatures. So many posts wait, and as many were sent."""

    chats: int = 1
    actions: int = 1
    elections: int = 1
    signatures: int = 0
    in_yard: int = 0
    posts: int = 0
    reminders: int = 1
    digests: int = 1

    @classmethod
    def large(cls, divisor: int = 1) -> Size:
        """Ten thousand chats and what belongs to them, or a part of that."""
        return cls(
            chats=10_000 // divisor,
            actions=50_000 // divisor,
            elections=1_000 // divisor,
            signatures=1_000_000 // divisor,
            in_yard=10_000 // divisor,
            posts=100_000 // divisor,
            reminders=30_000 // divisor,
            digests=5_000 // divisor,
        )


class Instance:
    """A bot's folder, and the use cases on its database; `now` is always the minute when it was opened."""

    def __init__(self, folder: Path) -> None:
        (folder / "data").mkdir(mode=0o700, exist_ok=True)
        self.folder = folder
        self.now = datetime.now(UTC).replace(second=0, microsecond=0)
        self.url = f"sqlite:///{folder / 'data' / 'dvor.sqlite3'}"
        self.database = Database(self.url)
        self.keys: Keys = open_database(self.database, self._settings)

    @property
    def _settings(self) -> Settings:
        return read_settings(
            {
                "BOT_TOKEN": _TOKEN,
                "DATABASE_URL": self.url,
                "DATA_DIR": str(self.folder / "data"),
                "KEY_FILE": str(self.folder / "keys" / "dvor.key"),
            }
        )

    def write(self, use_case: Callable[[UnitOfWork], T]) -> T:
        return self.database.write_now(lambda session: use_case(self._work(session)))

    def read(self, use_case: Callable[[UnitOfWork], T]) -> T:
        return self.database.read_now(lambda session: use_case(self._work(session)))

    def _work(self, session: Session) -> UnitOfWork:
        return UnitOfWork(session, self.now, self.keys, Defaults("en", TIMEZONE))


@contextmanager
def opened(folder: Path) -> Iterator[Instance]:
    """The instance in a folder, closed again at the end."""
    instance = Instance(folder)
    try:
        yield instance
    finally:
        instance.database.close()


@functools.cache
def built_instance(size: Size) -> Path:
    """A folder with an instance of this size, built once a run. Work on a copy of it."""
    from benchmarks.stage.growing import grow

    folder = Path(_folder().name) / f"{size.chats}-{size.signatures}"
    folder.mkdir()
    with opened(folder) as instance:
        instance.write(begin_yard)
        grow(instance, size)
    return folder


@functools.cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    """Gone when the run is over."""
    return tempfile.TemporaryDirectory(prefix="dvor-bench-instances-")


def begin_yard(work: UnitOfWork) -> None:
    """One thing of each kind, in one chat."""
    chat = chats.add(work.session, YARD_ID, language="en", timezone=TIMEZONE)
    vouch(work.keys, chat)
    here = work.done_by(ORGANISER, YARD)
    draft_id, _ = draft_action(here, "in 5 days 19:00 Concert @ Fountain")
    action_id = publish_action(here, draft_id)
    for number in range(_ANSWERS):
        give_answer(work.done_by(Person(1_000 + number), YARD), action_id, Answer.GOING)
    note_buildings(
        here, "\n".join(f"Oak lane {number}: 4000" for number in range(1, _BUILDINGS + 1))
    )
    election_id = publish_election(here, draft_election(here, "Representative"))
    for number in range(_CANDIDATES):
        candidate = work.done_by(Person(10 + number), YARD)
        stand(candidate, draft_standing(candidate, f"Candidate {number}"), election_id)
    set_reminder(here, draft_reminder(here, FormattedText("every monday 11:00 Seniors' walk")))
    set_typed(here, "sunday 18:00")
    for kind, ref in ((actions.CARD, action_id), (elections.CARD, election_id)):
        cards.add(work.session, CardRow(kind=kind, ref=ref, chat_id=chat.id, message_id=10 + ref))
