"""What is copied is of one moment, and is there whole or not at all."""

from __future__ import annotations

import signal
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from storage import chats
from storage.copying.contents import ROWS_AT_ONCE, Contents, Copy, Portion, Value
from storage.copying.reading import reading
from storage.copying.refusals import LostRowsError, NotEmptyError, UnfitRowsError
from storage.copying.writing import write
from storage.database import Database
from storage.migrations.upgrade import NewerSchemaError
from storage.occupied import OccupiedDatabaseError
from storage.troubles import UnusableDatabaseError
from tests.copying.copies import copied, everything_in, file_at
from tests.copying.odd_rows import Row, filled
from tests.frame.test_failing_disk import read_only
from tests.process import run_prepared
from tests.storage.test_troubles import file_of, spoil_the_beginning

BOTH = pytest.mark.databases("sqlite", "postgresql")
MANY = 3 * ROWS_AT_ONCE


def chat(number: int, **other: Value) -> Row:
    """A chat's row, the simplest that there is."""
    row: Row = {
        "id": number,
        "telegram_id": -number,
        "language": "be",
        "timezone": "Europe/Minsk",
        "presence": "member",
        "sightings": 0,
        "is_removal_told": False,
        "quiet_begins": time(22),
        "quiet_ends": time(8),
        "counts_carefully": False,
    }
    return row | other


def update(number: int) -> Row:
    """A row of which there may be very many."""
    return {"bot_id": 1, "update_id": number, "hour": datetime(2026, 11, 28, 9, tzinfo=UTC)}


@pytest.fixture
def source(tmp_path: Path) -> str:
    """A SQLite database with three chats and many other rows."""
    rows = {
        "chat": [chat(number) for number in (1, 2, 3)],
        "handled_update": [update(number) for number in range(MANY)],
    }
    return filled(file_at(tmp_path, "source"), rows)


def beside(url: str) -> set[str]:
    """The files in the folder of a SQLite database."""
    return {file.name for file in file_of(url).parent.iterdir()}


@BOTH
def test_what_is_written_meanwhile_is_not_in_the_copy(database_url: str, tmp_path: Path) -> None:
    """Nor does anybody wait: neither who reads nor who writes."""
    filled(database_url, {"chat": [chat(7)], "handled_update": [update(n) for n in range(MANY)]})
    database = Database(database_url)
    with reading(database_url) as copy:
        first = next(copy.portions)
        database.write_now(
            lambda session: chats.add(session, -9, language="en", timezone="Europe/Minsk")
        )
        rest = list(copy.portions)
    assert [first.table.name, len(first.rows)] == ["chat", 1]
    assert sum(len(portion.rows) for portion in rest) == copy.contents.rows - 1 == MANY
    database.close()
    assert everything_in(database_url)[0].counts["chat"] == 2


KILLED = """
import os, signal, sys
from storage.copying.reading import reading
from storage.copying.writing import write
source, target, replaces = sys.argv[1:]
with reading(source) as copy:
    write(target, copy, lambda *_: os.kill(os.getpid(), signal.SIGKILL), replaces=bool(replaces))
"""


@BOTH
@pytest.mark.parametrize("replaces", ["", "yes"])
def test_who_is_killed_half_way_leaves_what_was_there_and_can_begin_again(
    source: str, database_url: str, tmp_path: Path, replaces: str
) -> None:
    filled(database_url, {"chat": [chat(7)] if replaces else []})
    before = everything_in(database_url)
    ended = run_prepared("-c", KILLED, source, database_url, replaces, folder=tmp_path)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    assert everything_in(database_url) == before

    assert (
        everything_in(copied(source, database_url, replaces=bool(replaces)))[1]
        == (everything_in(source)[1])
    )
    if database_url.startswith("sqlite"):
        assert not any(name.endswith(".part") for name in beside(database_url))


class BrokenOff(Exception):
    pass


def broken_off(copy: Copy) -> Iterator[Portion]:
    yield next(copy.portions)
    yield next(copy.portions)
    raise BrokenOff


@BOTH
def test_a_copy_that_breaks_off_changes_nothing(source: str, database_url: str) -> None:
    filled(database_url, {"chat": [chat(7)]})
    before = everything_in(database_url)
    with reading(source) as copy, pytest.raises(BrokenOff):
        write(database_url, Copy(copy.contents, broken_off(copy)), replaces=True)
    assert everything_in(database_url) == before
    if database_url.startswith("sqlite"):
        assert not any(name.endswith(".part") for name in beside(database_url))


@BOTH
def test_rows_that_are_missing_are_noticed(source: str, database_url: str) -> None:
    with reading(source) as copy, pytest.raises(LostRowsError, match="handled_update"):
        write(database_url, Copy(copy.contents, iter([next(copy.portions), next(copy.portions)])))
    assert everything_in(database_url)[0].rows == 0


@BOTH
def test_nothing_is_written_over_what_is_there(source: str, database_url: str) -> None:
    filled(database_url, {"chat": [chat(7)]})
    before = everything_in(database_url)
    with pytest.raises(NotEmptyError, match="isn't empty"):
        copied(source, database_url)
    assert everything_in(database_url) == before


def test_nor_over_what_another_program_keeps_there(
    source: str, tmp_path: Path, bare_postgres_url: str
) -> None:
    strange = file_at(tmp_path, "strange")
    for url in (strange, bare_postgres_url):
        with create_engine(url).begin() as connection:
            connection.execute(text("CREATE TABLE recipe (name text)"))
    before = file_of(strange).read_bytes()
    for url in (strange, bare_postgres_url):
        with pytest.raises(NotEmptyError):
            copied(source, url)
    assert file_of(strange).read_bytes() == before


def test_what_cannot_be_taken_away_is_told_as_why_nothing_can_be_written(
    source: str, tmp_path: Path
) -> None:
    (tmp_path / "disk").mkdir()
    left = tmp_path / "disk" / "new.sqlite3.part"
    left.touch()
    with read_only(left.parent), pytest.raises(UnusableDatabaseError, match="may only be read"):
        copied(source, file_at(left.parent, "new"))


@BOTH
def test_numbers_that_were_given_are_not_given_again(
    source: str, database_url: str, tmp_path: Path
) -> None:
    """A button of an action that is gone must not come to mean the next one."""
    with reading(source) as copy:
        contents = Contents(copy.contents.revision, copy.contents.counts, {"action": 41})
        write(database_url, Copy(contents, copy.portions))
    for url in (database_url, copied(database_url, file_at(tmp_path, "back"))):
        with create_engine(url).begin() as connection:
            given = connection.execute(
                text(
                    "INSERT INTO action (chat_id, title, place, details, wall, timezone, starts_at, state,"
                    " is_careful, shown_going, shown_maybe, shown_cant) VALUES (1, '', '', '', '', 'UTC',"
                    " '2026-12-01 10:00:00', 'open', false, 0, 0, 0) RETURNING id"
                )
            )
            assert given.scalar_one() == 42


@BOTH
def test_rows_lie_in_the_order_of_their_keys(database_url: str, tmp_path: Path) -> None:
    """Not in the one in which people came: the disk would show it."""
    came: list[Row] = [
        {"key": key, "sealed": b"", "expires_at": datetime(2026, 11, 28, tzinfo=UTC)}
        for key in (b"zoe", b"adam", b"mia")
    ]
    source = filled(file_at(tmp_path, "source"), {"short_lived": came})
    copied(source, database_url)
    assert [row[0] for row in everything_in(database_url)[1]["short_lived"]] == [
        b"adam",
        b"mia",
        b"zoe",
    ]
    if database_url.startswith("postgresql"):
        with create_engine(database_url).connect() as connection:
            lying = connection.execute(
                text("SELECT key, xmin::text FROM short_lived ORDER BY ctid")
            )
            keys, transactions = zip(*lying, strict=True)
        assert list(keys) == [b"adam", b"mia", b"zoe"]
        assert len(set(transactions)) == 1


@pytest.mark.parametrize(
    "other", [{"sightings": 2**31}, {"language": "b\0e"}], ids=["large number", "zero in a text"]
)
def test_what_the_new_database_cannot_keep_is_told_by_its_table(
    other: dict[str, Value], tmp_path: Path, bare_postgres_url: str
) -> None:
    source = filled(file_at(tmp_path, "source"), {"chat": [chat(1, **other)]})
    with pytest.raises(UnfitRowsError, match=r"table chat .* new database"):
        copied(source, bare_postgres_url)


def test_a_row_that_no_bot_wrote_is_told_by_its_table(source: str, tmp_path: Path) -> None:
    with closing(sqlite3.connect(file_of(source))) as connection, connection:
        connection.execute("UPDATE chat SET quiet_begins = 'at dusk'")
    with pytest.raises(UnfitRowsError, match="table chat isn't as Dvor writes it"):
        copied(source, file_at(tmp_path, "new"))


def test_a_file_that_is_replaced_leaves_nothing_beside_the_new_one(
    source: str, sqlite_url: str
) -> None:
    filled(sqlite_url, {"chat": [chat(7)]})
    copied(source, sqlite_url, replaces=True)
    file = file_of(sqlite_url)
    assert beside(sqlite_url) == {file.name}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert everything_in(sqlite_url) == everything_in(source)


def test_a_file_is_not_replaced_under_a_program_that_has_it_open(
    source: str, sqlite_url: str
) -> None:
    database = Database(filled(sqlite_url, {"chat": [chat(7)]}))
    database.read_now(lambda session: chats.find(session, -7))
    with pytest.raises(OccupiedDatabaseError, match="some program has it open"):
        copied(source, sqlite_url, replaces=True)
    assert database.read_now(lambda session: chats.find(session, -7))
    database.close()


def test_a_damaged_file_is_replaced(source: str, sqlite_url: str) -> None:
    """That is what a backup is for."""
    spoil_the_beginning(file_of(sqlite_url))
    copied(source, sqlite_url, replaces=True)
    assert everything_in(sqlite_url) == everything_in(source)


def test_rows_of_a_newer_version_are_left_alone(sqlite_url: str) -> None:
    with closing(sqlite3.connect(file_of(sqlite_url))) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(NewerSchemaError):
        everything_in(sqlite_url)


def test_what_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(UnusableDatabaseError, match="holds nothing yet"):
        everything_in(file_at(tmp_path, "missing"))
    assert list(tmp_path.iterdir()) == []
