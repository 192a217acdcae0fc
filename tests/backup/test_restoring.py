"""What is restored, what is refused, and that whatever was there is there still where it is."""

from __future__ import annotations

import json
import re
import secrets
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from playground.server import Server
from storage.database import Database
from tests.backup.volunteer import Machine, Safe, add_a_building, make_safe
from tests.bot_process import BotProcess, killable
from tests.copying.copies import everything_in
from tests.storage.test_troubles import cut_off, file_of

pytestmark = pytest.mark.databases("sqlite", "postgresql")

Lines = list[bytes]


def _with_another_end(backup: Path) -> None:
    content = bytearray(backup.read_bytes())
    content[-1] ^= 1
    backup.write_bytes(content)


def _with_another_beginning(backup: Path) -> None:
    backup.write_bytes(backup.read_bytes().replace(b"-> X25519 ", b"-> X25518 ", 1))


def _longer(backup: Path) -> None:
    backup.write_bytes(backup.read_bytes() + b"\0")


def _a_letter(backup: Path) -> None:
    backup.write_text("Dear neighbours, ")


@pytest.mark.parametrize(
    "spoil", [cut_off, _with_another_end, _with_another_beginning, _longer, _a_letter]
)
@pytest.mark.databases("sqlite")
def test_a_cut_or_altered_file_is_refused(
    spoil: Callable[[Path], None], machine: Machine, safe: Safe
) -> None:
    machine.back_up(safe)
    spoil(safe.backup)
    _is_refused(machine, safe, "dvor.age is damaged|dvor.age: it was written for another key")


def _without_the_last_line(lines: Lines) -> Lines:
    return lines[:-1]


def _with_a_row_twice(lines: Lines) -> Lines:
    return [*lines, lines[-1]]


def _with_other_columns(lines: Lines) -> Lines:
    return [line.replace(b'"telegram_id"', b'"telegram"') for line in lines]


def _with_no_heading(lines: Lines) -> Lines:
    return lines[1:]


def _with_nothing(_lines: Lines) -> Lines:
    return []


def _with_half_a_line(lines: Lines) -> Lines:
    return [*lines[:-1], lines[-1][:-9]]


def _with_counts_of_nothing(lines: Lines) -> Lines:
    heading = json.loads(lines[0])
    return [json.dumps({**heading, "counts": "none"}).encode() + b"\n", *lines[1:]]


def _with_a_value(value: object) -> Callable[[Lines], Lines]:
    def rewrite(lines: Lines) -> Lines:
        last = json.loads(lines[-1])
        last["rows"][0][0] = value
        return [*lines[:-1], json.dumps(last).encode() + b"\n"]

    return rewrite


@pytest.mark.parametrize(
    "rewrite",
    [
        _without_the_last_line,
        _with_a_row_twice,
        _with_other_columns,
        _with_no_heading,
        _with_nothing,
        _with_half_a_line,
        _with_counts_of_nothing,
        _with_a_value({"a": 1}),
        _with_a_value(2**70),
    ],
)
@pytest.mark.databases("sqlite")
def test_what_somebody_else_wrote_for_the_key_is_refused_where_it_is_not_whole(
    rewrite: Callable[[Lines], Lines], machine: Machine, safe: Safe
) -> None:
    """Whoever knows the public half of the key can write such a file."""
    machine.back_up(safe)
    safe.lock(rewrite(safe.plain().splitlines(keepends=True)))
    _is_refused(machine, safe, "is damaged")


@pytest.mark.parametrize(
    ("old", "new"), [(b'"dvor-backup":1', b'"dvor-backup":2'), (b'"revision":"0', b'"revision":"9')]
)
@pytest.mark.databases("sqlite")
def test_one_of_a_newer_version_is_refused(
    old: bytes, new: bytes, machine: Machine, safe: Safe
) -> None:
    machine.back_up(safe)
    plain = safe.plain()
    assert old in plain
    safe.lock([plain.replace(old, new)])
    _is_refused(machine, safe, "made by a newer version of Dvor")


def test_a_key_that_is_not_its_own_is_refused(machine: Machine, safe: Safe, tmp_path: Path) -> None:
    machine.back_up(safe)
    another = make_safe(tmp_path / "another")
    shutil.copy(safe.backup, another.backup)
    _is_refused(machine, another, "written for another key")
    another.key.write_text("no key at all")
    _is_refused(machine, another, "no secret half of a key")
    machine.key_file.write_bytes(secrets.token_bytes(32))
    _is_refused(
        machine,
        safe,
        r"isn't the key of this backup. Put the key there .* rotate-key has changed it",
    )
    machine.key_file.unlink()
    _is_refused(machine, safe, r"dvor.key is missing. Put the key there that the bot had on 20")


async def test_a_bot_at_work_keeps_its_database(
    database_url: str, tmp_path: Path, safe: Safe, real_server: Server
) -> None:
    bot = BotProcess(tmp_path, database_url, real_server)
    machine = Machine(tmp_path, database_url)
    async with killable(bot):
        machine.back_up(safe)
        _is_refused(machine, safe, "is in use")
    restored = machine.restore(safe, "--yes")
    assert restored.returncode == 0, restored.stderr


def test_nothing_is_erased_unasked(machine: Machine, safe: Safe, elsewhere: str) -> None:
    machine.back_up(safe)
    before = everything_in(machine.database_url)
    ended = machine.restore(safe)
    assert ended.returncode == 2
    assert "What is there now is erased: chats 3, " in ended.stdout
    assert "add --yes" in ended.stderr
    assert everything_in(machine.database_url) == before
    # Where nothing is, there is nothing to ask.
    assert machine.after_the_fire(elsewhere).restore(safe).returncode == 0
    assert everything_in(elsewhere)[1] == before[1]


@pytest.mark.databases("sqlite")
def test_what_still_lies_beside_a_database_that_was_moved_away_is_not_taken_for_a_part_of_this(
    machine: Machine, safe: Safe, tmp_path: Path
) -> None:
    """A bot that was killed leaves a log there, which whoever moves a file away may not think of."""
    machine.back_up(safe)
    file, aside = file_of(machine.database_url), tmp_path / "aside"
    log = file.with_name(f"{file.name}-wal")
    with closing(Database(machine.database_url)) as database:
        database.write_now(lambda session: session.execute(text("DELETE FROM chat")))
        left = log.read_bytes()
    file.rename(aside)
    log.write_bytes(left)
    refused = machine.restore(safe)
    assert refused.returncode == 2
    assert f"{log} is a part of a database that lay there" in refused.stderr
    assert left == log.read_bytes()
    log.unlink()
    assert machine.restore(safe).returncode == 0
    assert everything_in(machine.database_url)[0].counts["chat"] == 3


def test_what_came_after_the_backup_is_gone_and_its_numbers_are_never_given_again(
    machine: Machine, safe: Safe
) -> None:
    """A button that somebody tapped yesterday must not mean what is made tomorrow."""
    machine.back_up(safe)
    contents, rows = everything_in(machine.database_url)
    lost = add_a_building(machine)
    assert machine.restore(safe, "--yes").returncode == 0
    assert everything_in(machine.database_url)[1] == rows
    assert contents.counts == everything_in(machine.database_url)[0].counts
    assert add_a_building(machine) > lost


def _is_refused(machine: Machine, safe: Safe, words: str) -> None:
    before = everything_in(machine.database_url)
    ended = machine.restore(safe, "--yes")
    assert ended.returncode == 2, ended.stdout + ended.stderr
    assert re.search(words, ended.stderr), ended.stderr
    assert "Traceback" not in ended.stderr
    assert "CRITICAL" not in ended.stderr
    assert everything_in(machine.database_url) == before
