"""`python -m bot rotate-key` at the terminal: what it asks, says and refuses."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bot.safety.custody.key_file import successor_of
from bot.safety.custody.passphrase import OpenKey
from bot.safety.custody.sealed_key import open_key, seal_key
from bot.safety.rotation.rotating import Rotating, StoppedError
from storage.database import Database
from storage.occupied import present_on
from tests.process import PATIENCE, environment, run_bot
from tests.safety.rotation.furnished import MASTER
from tests.safety.rotation.house import House, assert_known

pytestmark = pytest.mark.databases("sqlite")

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


@pytest.mark.parametrize(("typed", "status"), [("yes\n", 0), ("no\n", 2), ("", 2)])
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
        assert "Nothing has changed." in ended.stderr
        assert_unchanged(house)
    else:
        assert "is a new key. Keep a copy of it apart" in ended.stdout
        assert stat.S_IMODE(house.key_file.stat().st_mode) == 0o600
        assert_known(house, house.keys)


def test_a_sealed_key_is_sealed_by_the_same_phrase(house: House) -> None:
    house.key_file.write_bytes(seal_key(MASTER, PHRASE))
    phrase = house.folder / "phrase"
    phrase.touch(mode=0o600)
    phrase.write_text(PHRASE)
    ended = run_bot(
        "rotate-key",
        "--yes",
        folder=house.folder,
        **house.settings,
        KEY_PASSPHRASE_FILE=str(phrase),
    )
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
    ended = run_bot("rotate-key", "--yes", folder=tmp_path)
    assert ended.returncode == 2
    assert "There is no database yet" in ended.stderr
    assert list(tmp_path.iterdir()) == []


def test_where_the_key_cannot_be_written_another_place_is_named(house: House) -> None:
    """And what is there already isn't written over."""
    elsewhere = house.folder / "elsewhere" / "dvor.key"
    elsewhere.parent.mkdir(mode=0o700)
    ended = house.run("rotate-key", "--yes", "--to", str(elsewhere))
    assert ended.returncode == 0, ended.stderr
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
