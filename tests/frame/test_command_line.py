"""The command line: each command says what it does, how it is typed, and how it ends."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from bot import __version__
from bot.cli.command import CliCommand
from bot.cli.main import COMMANDS, main
from bot.cli.terminal import Progress
from bot.clock import TurnableClock


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_each_command_has_help_with_an_example_that_can_be_typed(
    command: CliCommand, capsys: pytest.CaptureFixture[str]
) -> None:
    name = command.name
    with pytest.raises(SystemExit) as ended:
        main([name, "--help"])
    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert re.search(rf"^  python -m bot {name}\b", said, re.MULTILINE)
    assert "It ends with 0 where" in said


def test_what_is_no_command_is_told_with_those_that_are(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["dance"])
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert all(command.name in said for command in COMMANDS)


def test_help_says_what_was_typed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["/somewhere/bin/dvor"])
    with pytest.raises(SystemExit):
        main(["run", "--help"])
    said = capsys.readouterr().out
    assert "usage: dvor run" in said
    assert said.endswith("example:\n  dvor run\n")


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"Dvor {__version__}\n"


def test_help_says_where_settings_are_read(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    assert ".env in the folder in which it is started" in " ".join(capsys.readouterr().out.split())


def test_how_far_it_is_is_told_once_a_second_of_what_takes_longer_than_two(
    capsys: pytest.CaptureFixture[str],
) -> None:
    clock = TurnableClock(datetime(2026, 11, 1, tzinfo=UTC), running=False)
    with Progress("Counting votes", clock) as progress:
        for done in range(8):
            progress.tell(done, 8)
            clock.turn(timedelta(seconds=0.5))
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == ["Counting votes: 4 of 8…", "Counting votes: 6 of 8…"]
