"""A furnished database with its key, and whether everybody in it is known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from subprocess import CompletedProcess
from typing import TypeVar

from sqlalchemy import text
from sqlmodel import Session, select

from bot.domain.actions.answers import Answer
from bot.message.numbering import is_numbered_here
from bot.safety.codes import is_genuine
from bot.safety.keys import Keys
from bot.safety.rotation.former import with_former
from handlers.actions.heart.answering import current_answer
from handlers.actions.heart.reach import author_tag
from handlers.elections.heart.acts.pending import base_purpose, wanting_purpose
from handlers.elections.heart.keys import open_keys
from storage import former_keys, instance
from storage.actions import ActionRow
from storage.changes import bytes_of
from storage.chats import ChatRow
from storage.coded import all_coded
from storage.database import Database
from storage.digests import DigestRow
from storage.elections.acts import ActRow
from storage.elections.elections import ElectionRow
from storage.elections.representatives import OfficeRow, is_held_by
from storage.elections.signatures import SignatureRow
from storage.reminders import ReminderRow
from storage.tables import METADATA
from tests.safety.rotation.forked import run_forked
from tests.safety.rotation.furnished import GROUP, NINA, furnish, work_on

T = TypeVar("T")


class House:
    """A furnished database, and its key."""

    def __init__(self, database_url: str, folder: Path) -> None:
        self.url = database_url
        self.folder = folder
        self.key_file = folder / "keys" / "dvor.key"
        furnish(database_url, self.key_file)
        self._database = Database(database_url)

    def rotate(self) -> CompletedProcess[str]:
        """Change its key."""
        ended = self.run("rotate-key", "--yes")
        assert ended.returncode == 0, ended.stderr
        return ended

    def run(self, *arguments: str, **settings: str) -> CompletedProcess[str]:
        """`python -m bot` with this database."""
        return run_forked(*arguments, folder=self.folder, settings={**self.settings, **settings})

    @property
    def settings(self) -> dict[str, str]:
        return {
            "DATABASE_URL": self.url,
            "DATA_DIR": str(self.folder / "data"),
            "KEY_FILE": str(self.key_file),
            "LOG_LEVEL": "WARNING",
        }

    @property
    def keys(self) -> Keys:
        """The keys as the bot has them after its start."""
        return self.keys_out_of(self.key_file)

    @property
    def values(self) -> dict[str, list[bytes]]:
        """What stands in each column of bytes."""
        return self._database.read_now(
            lambda session: {name: _values(session, name) for name in columns()}
        )

    def read(self, query: Callable[[Session], T]) -> T:
        """Look into the database."""
        return self._database.read_now(query)

    def keys_out_of(self, key_file: Path) -> Keys:
        """Those of a plain key file, with the former ones that it opens."""
        kept = self._database.read_now(former_keys.every)
        return with_former(Keys(key_file.read_bytes()), kept)

    def is_of(self, key_file: Path) -> bool:
        """Whether a plain key file is this database's."""
        return key_file.exists() and self.is_of_master(key_file.read_bytes())

    def is_of_master(self, master: bytes) -> bool:
        """Whether this MASTER is this database's."""
        check = self._database.read_now(instance.key_check)
        return Keys(master).recognises(check or b"")

    def close(self) -> None:
        self._database.close()


def assert_known(house: House, keys: Keys) -> None:
    """Nina is recognised in everything, and the bot takes every row for its own."""

    def look(session: Session) -> None:
        work, her = work_on(session, keys), NINA.require_id()
        assert keys.recognises(instance.key_check(session) or b"")
        assert all(is_genuine(keys, row) for row in all_coded(session))
        assert current_answer(work.done_by(NINA, GROUP), 1).answer is Answer.GOING
        assert session.get_one(ActionRow, 1).author_tag == author_tag(work, 1, NINA)
        election, act = session.get_one(ElectionRow, 1), session.get_one(ActRow, 1)
        assert election.base_changed_by == keys.tag(base_purpose(election.chat_id), her)
        assert act.person_tag == keys.tag(wanting_purpose(act, election.chat_id), her)
        held = session.get_one(OfficeRow, 1)
        assert is_held_by(held, lambda purpose: keys.tag(purpose, her))
        own = open_keys(work, election)
        (signature,) = session.exec(select(SignatureRow)).all()
        assert own.is_genuine(signature)
        assert signature.person_tag == own.signer_tag(NINA)
        for row in (session.get_one(ReminderRow, 1), session.get_one(DigestRow, 1)):
            assert is_numbered_here(work, session.get_one(ChatRow, 1), row.chat_mark)

    house.read(look)


def columns() -> list[str]:
    """Every column of bytes, as table and column."""
    return [
        f"{table.name}.{column}" for table in METADATA.sorted_tables for column in bytes_of(table)
    ]


def _values(session: Session, name: str) -> list[bytes]:
    table, column = name.split(".")
    query = text(f'SELECT {column} FROM "{table}" WHERE {column} IS NOT NULL')
    found: Sequence[bytes] = session.execute(query).scalars().all()
    return sorted(map(bytes, found))
