"""Several processes on one PostgreSQL: one works, the others stand by, and nothing comes twice."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url
from sqlmodel import Session, select

from bot.app import FEATURES
from playground.server import Server
from storage import chats
from storage.database import Database
from storage.delivery.outbox import OutboxRow, Urgency
from storage.duty import Task
from storage.occupied import ChangedKeyError
from tests.bot_process import BotProcess, killable
from tests.delivery.tidings import PATIENCE, REPEAT, REPEATED, TIDINGS, end_leases
from tests.intake.test_order import tell
from tests.postgres import left_alone
from tests.yard import Yard

_LOSE_THE_DUTY = (
    "SELECT pg_terminate_backend(pid, 10000) FROM pg_locks WHERE objid = %s AND granted"
)
_END_ALL = "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = %s"

pytestmark = pytest.mark.databases("postgresql")


@pytest.fixture
async def two(bare_yard: Yard) -> AsyncIterator[tuple[Yard, Yard]]:
    """Two processes' worth of bots with one token, one key and one database."""
    first = bare_yard
    first.features = (*FEATURES, TIDINGS)
    await first.start()
    second = replace(first, _task=None, app=None)
    await second.start()
    first.world.add_bot(first.group, by=first.vera)
    await first.hears(first.tom, "Hello, neighbours")
    yield first, second
    await second.stop()
    await first.stop()
    assert not first.log.errors, "\n".join(first.log.errors)


def told(yard: Yard) -> Counter[str]:
    return Counter(m.text for m in yard.group.messages if m.text.startswith("Tidings"))


async def test_what_either_writes_is_said_once(two: tuple[Yard, Yard]) -> None:
    first, second = two
    await tell(first, first.group, range(0, 6), Urgency.NOW)
    await tell(second, second.group, range(6, 12), Urgency.NOW)
    await first.world.until(lambda: len(told(first)) == 12)
    await first.settled(300)
    assert set(told(first).values()) == {1}
    assert not [call for call in first.world.calls if "Conflict" in (call.error or "")]


async def test_where_one_stops_the_other_goes_on(two: tuple[Yard, Yard]) -> None:
    first, second = two
    await tell(second, second.group, range(0, 5), Urgency.NOW)
    await first.stop()
    await second.world.until(lambda: len(told(second)) == 5)
    second.say(second.nina, "/actions")
    await second.world.until(lambda: not second.world.updates)
    assert set(told(second).values()) == {1}


async def test_who_loses_the_duty_to_fetch_leaves_it_to_the_next_without_a_quarrel(
    two: tuple[Yard, Yard],
) -> None:
    first, _ = two
    for number in range(4):
        await first.world.until(lambda: first.world.updates.is_polled)
        with psycopg.connect(first.database_url.replace("+psycopg", "", 1)) as connection:
            connection.execute(_LOSE_THE_DUTY, (Task.INTAKE,))
        first.say(first.vera, f"/remind tomorrow 19:0{number} Tea")
        await first.hears(first.vera, f"19:0{number}")
    assert not [line for line in first.log.lines if "another program takes updates" in line]


@contextmanager
def away(database_url: str) -> Iterator[None]:
    """As while a server starts anew: every connection ends, and none comes about."""
    url = make_url(database_url).set(drivername="postgresql")
    elsewhere = url.set(database="postgres").render_as_string(hide_password=False)
    with psycopg.connect(elsewhere, autocommit=True) as connection:

        def let_in(whether: str) -> None:
            connection.execute(f"ALTER DATABASE {url.database} ALLOW_CONNECTIONS {whether}")

        let_in("false")
        try:
            connection.execute(_END_ALL, (url.database,))
            yield
        finally:
            let_in("true")


async def test_while_the_database_is_away_what_people_say_waits_with_telegram(
    bare_yard: Yard,
) -> None:
    yard = bare_yard
    await yard.move_in()
    await yard.quiet()
    with away(yard.database_url):
        # A request that is under way may still bring this, and then its author is told at some time.
        yard.say(yard.vera, "/remind tomorrow 19:00 Tea")
        await yard.world.until(
            lambda: (
                any("this process is off duty" in line for line in yard.log.lines)
                and not yard.world.updates.is_polled
            )
        )
        yard.say(yard.nina, "/action завтра 20:00 ужин")
    await yard.hears(yard.nina, "Ужин")
    assert not [m for m in yard.group.messages if "что-то сломалось" in m.text]


async def test_a_process_that_was_away_while_the_key_was_changed_ends_in_words(
    bare_yard: Yard,
) -> None:
    yard = bare_yard
    await yard.move_in()
    await yard.quiet()
    seen = len(yard.group.messages)
    with psycopg.connect(yard.database_url.replace("+psycopg", "", 1)) as connection:
        connection.execute("UPDATE instance SET key_check = 'of another key'")
    with left_alone(yard.database_url):
        pass
    yard.say(yard.vera, "/remind tomorrow 19:00 Tea")
    with pytest.raises(ChangedKeyError, match="got another key while this process"):
        await yard.ended()
    assert not [
        m for m in yard.group.messages[seen:] if "Tea" in m.text and m.sender is yard.world.bot
    ]
    with psycopg.connect(yard.database_url.replace("+psycopg", "", 1)) as connection:
        assert connection.execute("SELECT FROM reminder").fetchall() == []


async def test_what_one_left_in_its_hand_the_other_takes_after_the_lease(
    tmp_path: Path,
    postgres_url: str,
    real_server: Server,
) -> None:
    world = real_server.world
    vera = world.add_person("Vera")
    group = world.add_group("Yard 5", vera)
    folders = [tmp_path / name for name in ("first", "second")]
    first, second = (
        BotProcess(folder, postgres_url, real_server, ("-m", "tests.delivery.swift_bot"))
        for folder in folders
    )
    for folder in folders:
        folder.mkdir()
    database = Database(postgres_url)
    try:
        async with killable(first):
            shutil.copytree(folders[0] / "keys", folders[1] / "keys")
            world.add_bot(group, by=vera)
            await world.message(vera, group, "Hello, neighbours", PATIENCE)
            fault = real_server.faults.add(
                "sendMessage", "delay", seconds=600, when=lambda p: "Tidings" in p.text("text")
            )
            async with killable(second):
                database.write_now(put_in)
                await world.until(lambda: fault.struck, PATIENCE)
                await first.kill()
                database.write_now(end_leases)
                again = await world.message(vera, group, "Tidings", PATIENCE)
                assert REPEAT in again.text
                # It listens, too.
                world.say(group, vera, "/help", ephemeral=False)
                await world.message(vera, group, "I help neighbours", PATIENCE)
    finally:
        database.close()


def put_in(session: Session) -> None:
    (chat,) = session.exec(select(chats.ChatRow))
    session.add(
        OutboxRow(
            unique_key="tidings",
            kind=REPEATED,
            ref=1,
            chat_id=chat.id,
            due_at=datetime.now(UTC),
        )
    )
