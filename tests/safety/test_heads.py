"""What the key's folder remembers of the database: only what was committed, and never less."""

from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlmodel import Session

from bot.safety.heads import HeadFile, OldBackupError, require_newest
from storage import heads
from storage.database import Database
from storage.heads import Head
from tests.yard import LogKeeper

pytestmark = pytest.mark.databases("sqlite", "postgresql")

FIRST, SECOND = Head("5eaf", 1, "aa"), Head("5eaf", 2, "bb")


@pytest.fixture
def file(tmp_path: Path) -> HeadFile:
    (tmp_path / "keys").mkdir()
    return HeadFile(tmp_path / "keys" / "dvor.key.heads")


def put(database: Database, *found: Head) -> None:
    def write(session: Session) -> None:
        for head in found:
            heads.put(session, head)

    database.write_now(write)


def test_where_there_was_never_any_there_is_no_file(database_url: str, file: HeadFile) -> None:
    database = Database(database_url)
    require_newest(database, file)
    assert not file.path.exists()
    database.close()


def test_a_file_that_is_behind_is_brought_up(database_url: str, file: HeadFile) -> None:
    """As after a crash between the commit and the file."""
    database = Database(database_url)
    put(database, SECOND)
    for kept in ([], [FIRST], [SECOND]):
        file.keep(kept)
        require_newest(database, file)
        assert file.read() == {"5eaf": SECOND}
    database.close()


@pytest.mark.parametrize("stored", [[], [FIRST], [Head("5eaf", 2, "cc")], [Head("0ther", 9, "dd")]])
def test_a_database_that_is_behind_stops_the_start(
    database_url: str, file: HeadFile, stored: list[Head]
) -> None:
    database = Database(database_url)
    put(database, *stored)
    file.keep([SECOND])
    with pytest.raises(OldBackupError, match="had come to number 2") as stopped:
        require_newest(database, file)
    assert str(file.path) in str(stopped.value), "it says how to go on"
    assert file.read() == {"5eaf": SECOND}, "and stops again next time"
    file.path.unlink()
    require_newest(database, file)
    database.close()


def test_the_newest_stays_whoever_comes_last(file: HeadFile) -> None:
    file.keep([SECOND])
    file.keep([FIRST, Head("0ther", 1, "cc")])
    assert file.read() == {"5eaf": SECOND, "0ther": Head("0ther", 1, "cc")}


def test_several_at_once_lose_nothing(file: HeadFile) -> None:
    wanted = [Head(f"e{n}", n, "aa") for n in range(40)]
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda head: HeadFile(file.path).keep([head]), wanted))
    assert sorted(file.read().values()) == sorted(wanted)


def test_only_its_owner_may_read_it(file: HeadFile) -> None:
    before = os.umask(0)
    try:
        file.keep([FIRST])
    finally:
        os.umask(before)
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    left = {path.name for path in file.path.parent.iterdir()}
    assert left == {"dvor.key.heads", "dvor.key.heads.lock"}, "no draft is left behind"


def test_a_folder_that_takes_nothing_stops_nobody(file: HeadFile, log: LogKeeper) -> None:
    file.path.parent.rmdir()
    file.keep([FIRST])
    assert f"{file.path} can't be written (No such file" in "\n".join(log.lines)


@pytest.mark.parametrize("content", [b"nonsense\n", b"5eaf 2\n", b"\xff\xfe", b"5eaf two bb\n"])
def test_a_damaged_file_stops_the_start(sqlite_url: str, file: HeadFile, content: bytes) -> None:
    file.path.write_bytes(content)
    database = Database(sqlite_url)
    with pytest.raises(OldBackupError, match="remove the file"):
        require_newest(database, file)
    assert file.path.read_bytes() == content
    file.keep([FIRST])
    assert file.path.read_bytes() == content, "what isn't understood isn't written over"
    database.close()
