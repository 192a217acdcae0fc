"""What the key's folder remembers of the database: only what was committed, and never less."""

from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlmodel import Session

from bot.safety.anchors import AnchorFile, OldBackupError, require_newest
from storage import anchors
from storage.anchors import Anchor
from storage.database import Database
from tests.yard import LogKeeper

pytestmark = pytest.mark.databases("sqlite", "postgresql")

FIRST, SECOND = Anchor("5eaf", 1, "aa"), Anchor("5eaf", 2, "bb")


@pytest.fixture
def file(tmp_path: Path) -> AnchorFile:
    (tmp_path / "keys").mkdir()
    return AnchorFile(tmp_path / "keys" / "dvor.key")


def put(database: Database, *found: Anchor) -> None:
    def write(session: Session) -> None:
        for anchor in found:
            anchors.put(session, anchor)

    database.write_now(write)


def test_where_there_was_never_any_there_is_no_file(database_url: str, file: AnchorFile) -> None:
    database = Database(database_url)
    require_newest(database, file)
    assert not file.path.exists()
    database.close()


def test_a_file_that_is_behind_is_brought_up(database_url: str, file: AnchorFile) -> None:
    """As after a crash between the commit and the file."""
    database = Database(database_url)
    put(database, SECOND)
    for kept in ([], [FIRST], [SECOND]):
        file.keep(kept)
        require_newest(database, file)
        assert file.read() == {"5eaf": SECOND}
    database.close()


@pytest.mark.parametrize(
    "stored", [[], [FIRST], [Anchor("5eaf", 2, "cc")], [Anchor("0ther", 9, "dd")]]
)
def test_a_database_that_is_behind_stops_the_start(
    database_url: str, file: AnchorFile, stored: list[Anchor]
) -> None:
    database = Database(database_url)
    put(database, *stored)
    file.keep([SECOND])
    with pytest.raises(OldBackupError, match="bulletin number 2") as stopped:
        require_newest(database, file)
    assert str(file.path) in str(stopped.value), "it says how to go on"
    assert file.read() == {"5eaf": SECOND}, "and stops again next time"
    file.path.unlink()
    require_newest(database, file)
    database.close()


def test_the_newest_stays_whoever_comes_last(file: AnchorFile) -> None:
    file.keep([SECOND])
    file.keep([FIRST, Anchor("0ther", 1, "cc")])
    assert file.read() == {"5eaf": SECOND, "0ther": Anchor("0ther", 1, "cc")}


def test_several_at_once_lose_nothing(file: AnchorFile) -> None:
    wanted = [Anchor(f"e{n}", n, "aa") for n in range(40)]
    with ThreadPoolExecutor(8) as threads:
        list(
            threads.map(lambda anchor: AnchorFile(file.path.with_suffix("")).keep([anchor]), wanted)
        )
    assert sorted(file.read().values()) == sorted(wanted)


def test_only_its_owner_may_read_it(file: AnchorFile) -> None:
    before = os.umask(0)
    try:
        file.keep([FIRST])
    finally:
        os.umask(before)
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    left = {path.name for path in file.path.parent.iterdir()}
    assert left == {"dvor.key.heads", "dvor.key.heads.lock"}, "no draft is left behind"


def test_a_folder_that_takes_nothing_stops_nobody(file: AnchorFile, log: LogKeeper) -> None:
    file.path.parent.rmdir()
    file.keep([FIRST])
    assert "couldn't be kept beside the key" in "\n".join(log.lines)


@pytest.mark.parametrize("content", [b"nonsense\n", b"5eaf 2\n", b"\xff\xfe", b"5eaf two bb\n"])
def test_a_damaged_file_stops_the_start(sqlite_url: str, file: AnchorFile, content: bytes) -> None:
    file.path.write_bytes(content)
    database = Database(sqlite_url)
    with pytest.raises(OldBackupError, match="remove the file"):
        require_newest(database, file)
    assert file.path.read_bytes() == content
    file.keep([FIRST])
    assert file.path.read_bytes() == content, "what isn't understood isn't written over"
    database.close()
