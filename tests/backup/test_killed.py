"""`kill -9` at any moment of a backup or a restoring leaves the old state or the new one, never a half."""

from __future__ import annotations

import signal
import subprocess
from pathlib import Path

import pytest

from storage.migrations.upgrade import HEAD
from tests.backup.test_released_schemas import MASTER, begin_at
from tests.backup.volunteer import Machine, Safe, add_a_building
from tests.copying.copies import everything_in
from tests.copying.test_rows import REVISIONS
from tests.process import run_prepared
from tests.storage.test_troubles import file_of

_KILLED = """
import os, signal, sys
from sqlalchemy import Engine, event
from bot.cli.main import main

left = int(sys.argv[1])
sys.dont_write_bytecode = True  # what Python compiles is no touch of the command's

def one_more(*_anything):
    global left
    left -= 1
    if left == -1:
        os.kill(os.getpid(), int(sys.argv[2]))

def touched(name, values):
    if name in ("os.rename", "os.remove", "os.link", "shutil.rmtree"):
        one_more()
    elif name == "open" and isinstance(values[2], int) and values[2] & (os.O_WRONLY | os.O_RDWR):
        one_more()

sys.addaudithook(touched)
for moment in ("before_cursor_execute", "commit"):
    event.listen(Engine, moment, one_more)
status = main(sys.argv[3:])
print("touched", int(sys.argv[1]) - left)
sys.exit(status)
"""
"""A command whose process is killed once it has touched files and the database so many times."""

_NEVER = 1_000_000


def _touches(machine: Machine, *typed: str, killed_after: int = _NEVER, **settings: str) -> int:
    """Type a command. Returns how often it touched anything by the time it ended, 0 where it was killed."""
    ended = _signalled(machine, *typed, after=killed_after, by=signal.SIGKILL, **settings)
    if ended.returncode == -signal.SIGKILL:
        return 0
    assert ended.returncode == 0, ended.stderr
    return int(ended.stdout.rpartition("touched ")[2])


def _signalled(
    machine: Machine, *typed: str, after: int, by: signal.Signals, **settings: str
) -> subprocess.CompletedProcess[str]:
    script = ("-c", _KILLED, str(after), str(int(by)))
    return run_prepared(*script, *typed, folder=machine.folder, **machine.settings, **settings)


def _moments(all_of_them: int) -> list[int]:
    """Some from the beginning on, and each of the last, at which things come into their place."""
    last = range(max(0, all_of_them - 5), all_of_them)
    return [*range(0, last[0], max(1, all_of_them // 3)), *last]


@pytest.mark.databases("sqlite", "postgresql")
def test_a_restoring_that_is_killed_leaves_the_old_state_or_the_new_one(
    machine: Machine, safe: Safe
) -> None:
    machine.back_up(safe)
    new = everything_in(machine.database_url)[1]
    restore = ("restore", str(safe.backup), "--key", str(safe.key), "--yes")
    seen = []
    for moment in _moments(_touches(machine, *restore)):
        if everything_in(machine.database_url)[1] == new:
            add_a_building(machine)
        old = everything_in(machine.database_url)[1]
        assert not _touches(machine, *restore, killed_after=moment)
        seen.append(everything_in(machine.database_url)[1])
        assert seen[-1] in (old, new)
    assert seen[0] != new
    assert _touches(machine, *restore)
    assert everything_in(machine.database_url)[1] == new


@pytest.mark.databases("sqlite")
def test_one_of_an_older_version_is_there_brought_up_to_date_or_not_at_all(
    machine: Machine, safe: Safe, tmp_path: Path
) -> None:
    old = Machine(tmp_path / "old", f"sqlite:///{tmp_path / 'old' / 'data' / 'dvor.sqlite3'}")
    old.folder.mkdir()
    begin_at(old, REVISIONS[0])
    old.back_up(safe)
    machine.key_file.write_bytes(MASTER)
    restore = ("restore", str(safe.backup), "--key", str(safe.key), "--yes")
    for moment in _moments(_touches(machine, *restore))[-3:]:
        _touches(machine, *restore, killed_after=moment)
        assert everything_in(machine.database_url)[0].revision == HEAD


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGHUP])
def test_who_is_told_to_stop_leaves_no_half_behind(
    by: signal.Signals, machine: Machine, safe: Safe
) -> None:
    """By the system that goes down, or as the line to the machine breaks."""
    machine.back_up(safe)
    second = safe.folder / "second.age"
    moved = file_of(machine.database_url).with_name("moved.sqlite3")
    for typed in (
        ("backup", str(second)),
        ("restore", str(safe.backup), "--key", str(safe.key), "--yes"),
        ("move-database", f"sqlite:///{moved}"),
    ):
        touched = _touches(machine, *typed, BACKUP_TO=safe.public_half)
        second.unlink(missing_ok=True)
        moved.unlink(missing_ok=True)
        add_a_building(machine)
        before = everything_in(machine.database_url)
        late = touched * 3 // 4  # how many connections it needs hangs on how its threads meet
        ended = _signalled(machine, *typed, after=late, by=by, BACKUP_TO=safe.public_half)
        assert ended.returncode == 2, ended.stderr
        assert ended.stderr.endswith("\nStopped. Nothing has changed.\n")
        assert everything_in(machine.database_url) == before
        assert set(safe.folder.iterdir()) == {safe.key, safe.backup}
        assert not list(file_of(machine.database_url).parent.glob("*.part"))


@pytest.mark.databases("sqlite")
def test_a_backup_that_is_killed_leaves_the_one_before_it(machine: Machine, safe: Safe) -> None:
    machine.back_up(safe)
    first = safe.backup.read_bytes()
    backup, to = ("backup", str(safe.backup), "--force"), safe.public_half
    (safe.folder / "another").mkdir()
    touched = _touches(machine, "backup", str(safe.folder / "another" / "b.age"), BACKUP_TO=to)
    for moment in _moments(touched):
        _touches(machine, *backup, killed_after=moment, BACKUP_TO=to)
        is_the_first = safe.backup.read_bytes() == first
        assert is_the_first or machine.restore(safe, "--yes").returncode == 0
    assert _touches(machine, *backup, BACKUP_TO=to)
    assert safe.backup.read_bytes() != first
