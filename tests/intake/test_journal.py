"""The file of updates in hand: a help after crashes, and no pillar."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest

from bot.intake.polling.journal import Journal
from tests.yard import Yard

pytestmark = pytest.mark.databases("sqlite")

NESTED = "[" * 100_000


def journal_of(yard: Yard) -> Path:
    return yard.folder / "data" / "updates-in-hand.json"


@pytest.mark.parametrize(
    "content", ["", "nonsense", "[]", "5", '{"one": 1}', '{"1": []}', '{"1": 1e999}', NESTED, "\0"]
)
async def test_a_garbled_file_is_said_and_passed_over(bare_yard: Yard, content: str) -> None:
    yard = bare_yard
    journal_of(yard).write_text(content)
    await yard.move_in()
    lines = [line for line in yard.log.lines if "updates-in-hand.json" in line]
    assert len(lines) == 1
    assert "is damaged" in lines[0]
    assert not yard.log.errors


def _folder(file: Path) -> None:
    file.unlink(missing_ok=True)
    file.mkdir()


def _broken_link(file: Path) -> None:
    file.unlink(missing_ok=True)
    file.symlink_to(file.parent / "nowhere" / "at" / "all")


@pytest.mark.parametrize("spoil", [_folder, _broken_link])
async def test_a_file_that_cannot_be_written_is_said_once_and_stops_nothing(
    bare_yard: Yard, spoil: Callable[[Path], None]
) -> None:
    yard = bare_yard
    await yard.move_in()
    spoil(journal_of(yard))
    for n in range(3):
        yard.say(yard.tom, f"/action tomorrow 19:00 Concert {n} @ Fountain")
        await yard.hears(yard.tom, f"Concert {n}")
        await yard.quiet()
    await yard.stop()
    lines = [line for line in yard.log.lines if "updates-in-hand.json can't be written" in line]
    assert len(lines) == 1
    assert not yard.log.errors, "it stops in peace"
    await yard.start()
    yard.say(yard.tom, "/help")
    await yard.hears(yard.tom, "I help neighbours")


async def test_a_folder_that_cannot_be_made_stops_nothing_where_the_database_lies_elsewhere(
    bare_yard: Yard,
) -> None:
    yard = bare_yard
    (yard.folder / "occupied").touch()
    yard.overrides["DATA_DIR"] = str(yard.folder / "occupied" / "data")
    await yard.move_in()
    yard.say(yard.tom, "/help")
    await yard.hears(yard.tom, "I help neighbours")
    await yard.stop()
    assert any("can't be made: Not a directory" in line for line in yard.log.lines)
    assert not yard.log.errors


def read(file: Path) -> Any:
    return json.loads(file.read_text())


def test_it_says_what_is_in_hand_however_much_that_was_and_is(tmp_path: Path) -> None:
    journal, file = Journal(tmp_path / "in-hand.json"), tmp_path / "in-hand.json"
    for many in (1, 3, 2_000, 5, 0, 400, 1):
        held = range(7_000_000, 7_000_000 + many)
        journal.hold(held)
        assert read(file) == {str(i): int(many == 1) for i in held}
    journal.close()
    journal.hold((8,))
    assert read(file) == {"8": 1}
    assert [each.name for each in tmp_path.iterdir()] == ["in-hand.json"]
    assert file.stat().st_size < 100, "what was much leaves no emptiness behind"


@pytest.mark.parametrize("before", [0, 1, 2_000])
def test_whoever_dies_while_writing_left_what_was_or_what_is(tmp_path: Path, before: int) -> None:
    """Each write of the system's is one that a kill comes before, or after."""
    file = tmp_path / "in-hand.json"
    Journal(file).hold(range(before))
    old = read(file)
    for fatal in range(1, 20):
        child = os.fork()
        if child == 0:
            _write_and_die_before(fatal, file)
        _, status = os.waitpid(child, 0)
        assert read(file) in (old, {"5": 0, "6": 0} | old)
        if status == 0:
            return
    raise AssertionError("it never came to its end")


def _write_and_die_before(fatal: int, file: Path) -> NoReturn:
    """In a process of its own: it is killed before the file is opened, renamed or cut that often."""
    left = fatal

    def die(event: str, _arguments: object) -> None:
        nonlocal left
        if event in ("open", "os.rename", "os.truncate"):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(die)
    Journal(file).hold((5, 6))
    os._exit(0)


def test_a_file_that_somebody_put_away_is_begun_anew(tmp_path: Path) -> None:
    file = tmp_path / "in-hand.json"
    journal = Journal(file)
    journal.hold((1,))
    file.rename(tmp_path / "away")
    journal.hold((1, 2))
    assert read(file) == {"1": 0, "2": 0}
