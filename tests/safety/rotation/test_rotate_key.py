"""`python -m bot rotate-key` at the terminal: what it asks, says and refuses."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from bot.safety.custody.key_file import KeyFileError, successor_of
from bot.safety.custody.passphrase import OpenKey
from bot.safety.custody.sealed_key import open_key, seal_key
from bot.safety.rotation.rotating import Rotating, StoppedError, UnfinishedError
from storage.database import Database
from storage.occupied import present_on
from storage.troubles import UnusableDatabaseError
from tests.process import PATIENCE, environment
from tests.safety.rotation.forked import run_forked
from tests.safety.rotation.furnished import MASTER
from tests.safety.rotation.house import House, assert_known
from tests.yard import LogKeeper

pytestmark = pytest.mark.databases("sqlite")

_DISCONNECT = """
    SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
PHRASE = "five words that have nothing"


def assert_unchanged(house: House) -> None:
    assert house.key_file.read_bytes() == MASTER
    assert_known(house, house.keys)
    assert sorted(each.name for each in house.key_file.parent.iterdir()) == ["dvor.key"]


@pytest.mark.databases("sqlite", "postgresql")
def test_while_a_bot_works_it_refuses(house: House) -> None:
    with present_on(house.url):
        ended = house.run("rotate-key", "--yes")
    assert ended.returncode == 2
    assert "is in use" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert_unchanged(house)


@pytest.mark.parametrize(("typed", "status"), [("yes\n", 0), ("no\n", 2)])
def test_it_says_what_ends_and_asks(house: House, typed: str, status: int) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "bot", "rotate-key"],
        cwd=house.folder,
        env=environment(**house.settings),
        input=typed,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert ended.returncode == status
    assert "Type yes to go on" in ended.stdout
    for what in ("drafts", "bulletins", "Backups made before open with the old key only"):
        assert what in ended.stdout
    if status:
        assert ended.stderr == "Nothing has changed.\n"
        assert_unchanged(house)
    else:
        assert "is a new key. Keep a copy of it apart" in ended.stdout
        assert stat.S_IMODE(house.key_file.stat().st_mode) == 0o600
        assert_known(house, house.keys)


def test_where_nobody_answers_nothing_has_changed(house: House) -> None:
    ended = house.run("rotate-key")
    assert ended.returncode == 2
    assert "Stopped. Nothing has changed." in ended.stderr
    assert_unchanged(house)


def test_a_sealed_key_is_sealed_by_the_same_phrase(house: House) -> None:
    house.key_file.write_bytes(seal_key(MASTER, PHRASE))
    phrase = house.folder / "phrase"
    phrase.touch(mode=0o600)
    phrase.write_text(PHRASE)
    ended = house.run("rotate-key", "--yes", KEY_PASSPHRASE_FILE=str(phrase))
    assert ended.returncode == 0, ended.stderr
    assert house.is_of_master(open_key(house.key_file.read_bytes(), PHRASE))


def test_another_databases_key_changes_nothing(house: House) -> None:
    house.key_file.write_bytes(bytes(32))
    ended = house.run("rotate-key", "--yes")
    assert ended.returncode == 2
    assert "isn't the key of this database" in ended.stderr
    house.key_file.write_bytes(MASTER)
    assert_unchanged(house)


def test_without_a_database_there_is_nothing_to_change(tmp_path: Path) -> None:
    ended = run_forked("rotate-key", "--yes", folder=tmp_path)
    assert ended.returncode == 2
    assert "There is no database yet" in ended.stderr
    assert list(tmp_path.iterdir()) == []


def test_where_the_key_cannot_be_written_another_place_is_named(house: House) -> None:
    """And what is there already isn't written over."""
    elsewhere = house.folder / "elsewhere" / "dvor.key"
    elsewhere.parent.mkdir(mode=0o700)
    ended = house.run("rotate-key", "--yes", "--to", str(elsewhere))
    assert ended.returncode == 0, ended.stderr
    assert f"A new key is put into {elsewhere}, and" in ended.stdout
    assert f"The database's new key is in {elsewhere}" in ended.stdout
    assert house.key_file.read_bytes() == MASTER
    assert_known(house, house.keys_out_of(elsewhere))
    again = house.run("rotate-key", "--yes", "--to", str(elsewhere))
    assert again.returncode == 0
    assert "was cut short" in again.stdout
    house.key_file.write_bytes(elsewhere.read_bytes())
    ended = house.run("rotate-key", "--yes", "--to", str(elsewhere))
    assert ended.returncode == 2
    assert "nothing is written over it" in ended.stderr
    assert_known(house, house.keys)


def test_typed_again_without_that_place_the_words_name_it(house: House) -> None:
    elsewhere = house.folder / "keys" / "elsewhere.key"
    assert house.run("rotate-key", "--yes", "--to", str(elsewhere)).returncode == 0
    ended = house.run("rotate-key", "--yes")
    assert ended.returncode == 2
    assert "type that once more with the same --to" in ended.stderr


def test_of_two_keys_neither_of_which_is_the_databases_it_says_so(house: House) -> None:
    """What an earlier change left, and a key of some other database."""
    house.key_file.write_bytes(bytes(32))
    successor_of(house.key_file).write_bytes(bytes(31) + b"1")
    successor_of(house.key_file).chmod(0o600)
    ended = house.run("rotate-key", "--yes")
    assert ended.returncode == 2
    assert f"and {successor_of(house.key_file)} isn't either" in ended.stderr


def test_the_new_key_does_not_lie_with_the_data(house: House) -> None:
    ended = house.run("rotate-key", "--yes", "--to", str(house.folder / "data" / "new.key"))
    assert ended.returncode == 2
    assert "who takes one gets both" in ended.stderr
    assert_unchanged(house)


def test_a_folder_that_takes_nothing_is_said_and_nothing_changes(house: House) -> None:
    """A file stands where the new key would be made, as a folder without room would refuse it too."""
    successor_of(house.key_file).mkdir()
    ended = house.run("rotate-key", "--yes")
    assert ended.returncode == 2
    assert "can't be" in ended.stderr
    assert "Traceback" not in ended.stderr
    successor_of(house.key_file).rmdir()
    assert_unchanged(house)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a file system")
def test_a_key_file_that_another_cannot_take_the_place_of_is_said_first(house: House) -> None:
    """A file that was given to a container by itself lies in a folder that can be written."""
    disk = house.key_file.stat().st_dev
    another = next(each for each in ("/dev/shm", "/var/tmp") if os.stat(each).st_dev != disk)
    with tempfile.NamedTemporaryFile(dir=another) as given:
        given.write(MASTER)
        given.flush()
        with _mounted("bind", given.name, house.key_file):
            ended = house.run("rotate-key", "--yes")
    assert ended.returncode == 2
    assert "with --to FILE" in ended.stderr
    assert_unchanged(house)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a file system")
def test_a_folder_that_may_only_be_read_is_said_and_another_place_named(house: House) -> None:
    folder = str(house.key_file.parent)
    with _mounted("bind", folder, folder), _mounted("remount,bind,ro", folder, folder):
        ended = house.run("rotate-key", "--yes")
    assert ended.returncode == 2
    assert "Read-only file system" in ended.stderr
    assert ended.stdout == "", "nobody is asked for what can't be done"
    assert "with --to FILE" in ended.stderr
    assert_unchanged(house)


@contextmanager
def _mounted(options: str, what: str, at: str | Path) -> Iterator[None]:
    """`at` as `what`, until this is left."""
    done = subprocess.run(["mount", "-o", options, what, at], check=False, capture_output=True)
    if done.returncode != 0:
        pytest.skip("this machine lets nobody mount")
    try:
        yield
    finally:
        if "remount" not in options:
            subprocess.run(["umount", at], check=True)


@pytest.mark.databases("postgresql")
def test_a_server_that_goes_away_in_the_middle_is_said(house: House) -> None:
    """Then nobody may know whether the database has the new key: its file stays."""

    def lose(_done: int) -> None:
        with create_engine(house.url).connect() as another:
            another.execute(text(_DISCONNECT))

    database = Database(house.url)
    try:
        rotating = Rotating(database, house.key_file, OpenKey(MASTER, None))
        with pytest.raises(UnfinishedError, match="type rotate-key once more"):
            rotating.carry(house.keys, [], lose)
    finally:
        database.close()
    assert successor_of(house.key_file).exists()
    house.rotate()
    assert_known(house, house.keys)


def test_the_key_of_a_change_that_came_to_its_end_meanwhile_is_kept(house: House) -> None:
    """A server that lost one run makes the database that one's before it lets another begin."""
    rotating = [
        Rotating(Database(house.url), house.key_file, OpenKey(MASTER, None)) for _ in range(2)
    ]
    keys = house.keys
    rotating[0].carry(keys, [], lambda _done: None)
    kept = successor_of(house.key_file).read_bytes()
    with pytest.raises(KeyFileError, match="Type rotate-key once more"):
        rotating[1].carry(keys, [], lambda _done: None)
    for each in rotating:
        each.database.close()
    assert successor_of(house.key_file).read_bytes() == kept
    assert house.is_of_master(kept)


def test_where_the_new_key_cannot_be_put_in_place_the_words_say_where_it_is(house: House) -> None:
    database = Database(house.url)
    try:
        rotating = Rotating(database, house.key_file, OpenKey(MASTER, None))
        rotating.carry(house.keys, [], lambda _done: None)
        house.key_file.rename(house.folder / "pulled")
        with pytest.raises(UnfinishedError, match=re.escape(str(successor_of(house.key_file)))):
            rotating.finish()
    finally:
        database.close()
    (house.folder / "pulled").rename(house.key_file)
    house.run("rotate-key", "--yes")
    assert house.is_of(house.key_file)


def test_a_disk_that_takes_no_rows_leaves_all_as_it_was(house: House) -> None:
    database = Database(house.url)
    try:
        rotating = Rotating(database, house.key_file, OpenKey(MASTER, None))
        _refuse_writing(database)
        with pytest.raises(UnusableDatabaseError, match="may only be read"):
            rotating.carry(house.keys, [], lambda _done: None)
    finally:
        database.close()
    assert house.is_of_master(MASTER)
    house.rotate()
    assert_known(house, house.keys)


def test_a_disk_that_cannot_be_cleaned_is_told_and_the_key_is_changed(
    house: House, log: LogKeeper
) -> None:
    database = Database(house.url)
    try:
        rotating = Rotating(database, house.key_file, OpenKey(MASTER, None))
        rotating.carry(house.keys, [], lambda _done: None)
        _refuse_writing(database)
        rotating.finish()
    finally:
        database.close()
    assert "what the old key opens is still on the disk" in "".join(log.lines)
    assert house.is_of(house.key_file)


def _refuse_writing(database: Database) -> None:
    with database.engine.connect() as connection:  # the only one that writes
        connection.exec_driver_sql("PRAGMA query_only=1")


def test_stopped_while_rows_are_carried_over_nothing_has_changed(house: House) -> None:
    def stop(_done: int) -> None:
        raise StoppedError

    database = Database(house.url)
    try:
        rotating = Rotating(database, house.key_file, OpenKey(MASTER, None))
        with pytest.raises(StoppedError):
            rotating.carry(house.keys, [], stop)
    finally:
        database.close()
    assert_unchanged(house)
