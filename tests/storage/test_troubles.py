"""What is wrong beneath a database is said in words that name the place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import make_url
from sqlmodel import Session

from storage import chats
from storage.database import Database, is_up, require_whole
from storage.troubles import Trouble, UnusableDatabaseError, in_words

pytestmark = pytest.mark.databases("sqlite")


def file_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def add_many(session: Session) -> None:
    for n in range(1, 2_000):
        chats.add(session, -n, language="en", timezone="Europe/Minsk")


def fill(url: str) -> str:
    """Let the database have many pages, all of them in its one file. Returns its address."""
    database = Database(url)
    database.write_now(add_many)
    database.close()
    return url


def spoil_the_middle(file: Path) -> None:
    with file.open("r+b") as opened:
        opened.seek(file.stat().st_size // 2)
        opened.write(b"garbage " * 10_000)


def cut_off(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def spoil_the_beginning(file: Path) -> None:
    with file.open("r+b") as opened:
        opened.write(b"nothing of SQLite's")


@pytest.mark.parametrize("spoil", [spoil_the_middle, cut_off, spoil_the_beginning])
def test_a_damaged_file_is_found_before_it_is_used(
    sqlite_url: str, spoil: Callable[[Path], None]
) -> None:
    spoil(file_of(fill(sqlite_url)))
    database = Database(sqlite_url)
    with pytest.raises(UnusableDatabaseError, match=r"dvor\.sqlite3 is damaged.* backup"):
        require_whole(database.engine)
    database.close()


def test_a_whole_file_is_used(sqlite_url: str) -> None:
    database = Database(fill(sqlite_url))
    require_whole(database.engine)
    database.close()


@pytest.mark.parametrize(
    ("pragma", "words"),
    [("max_page_count=1", "the disk is full"), ("query_only=1", "may only be read")],
)
def test_what_a_disk_does_not_take_is_said_and_reading_goes_on(
    sqlite_url: str, pragma: str, words: str
) -> None:
    database = Database(sqlite_url)
    with database.engine.connect() as connection:  # the only one that writes
        connection.exec_driver_sql(f"PRAGMA {pragma}")
    with pytest.raises(UnusableDatabaseError, match=words) as trouble:
        database.write_now(add_many)
    assert str(file_of(sqlite_url).parent) in str(trouble.value)
    assert database.read_now(lambda session: chats.find(session, -1)) is None
    database.close()


@pytest.mark.parametrize("trouble", Trouble)
def test_the_address_of_a_server_is_named_without_its_password(trouble: Trouble) -> None:
    words = in_words(trouble, make_url("postgresql+psycopg://vera:secret@db.example/dvor"))
    assert "db.example" in words
    assert "secret" not in words


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+psycopg://vera:secret@127.0.0.1:1/dvor",
        "postgresql+psycopg://vera:secret@nowhere.invalid/dvor",
        "postgresql+psycopg:///dvor?host=/nowhere/at/all",
    ],
)
def test_a_server_that_is_not_there_is_not_up(url: str) -> None:
    assert not is_up(url)


def test_an_option_that_nobody_knows_is_left_to_whoever_connects() -> None:
    assert is_up("postgresql+psycopg://vera@127.0.0.1:1/dvor?nonsense=1")
