"""The file of updates in hand: a help after crashes, and no pillar."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

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
    await yard.hears(yard.tom, "/actions")


async def test_a_folder_that_cannot_be_made_stops_nothing_where_the_database_lies_elsewhere(
    bare_yard: Yard,
) -> None:
    yard = bare_yard
    (yard.folder / "occupied").touch()
    yard.overrides["DATA_DIR"] = str(yard.folder / "occupied" / "data")
    await yard.move_in()
    yard.say(yard.tom, "/help")
    await yard.hears(yard.tom, "/actions")
    await yard.stop()
    assert any("can't be made: Not a directory" in line for line in yard.log.lines)
    assert not yard.log.errors
