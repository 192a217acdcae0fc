"""After the night PostgreSQL no longer tells in which order neighbours signed, or what one deed wrote."""

from __future__ import annotations

import asyncio
import secrets
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from bot.domain.actions.answers import Answer
from bot.safety.nightly_rewrite import next_night
from storage import actions, chats
from storage.actions import ActionRow, AnswerRow
from storage.database import Database
from storage.elections import electors, signatures
from storage.elections.candidates import CandidateRow
from storage.elections.elections import ElectionRow
from storage.elections.signatures import SignatureRow
from storage.rewriting import forget_order, tables_about_people
from tests.elections.campaign import (
    Records,
    announce,
    at_the_hour,
    eventually,
    neighbours,
    sign_at_once,
    stand,
)
from tests.yard import NOON, Yard, turn_to

TABLES = ("signature", "action_answer", "joiner")
NEIGHBOURS = 200


@pytest.fixture
def database(postgres_url: str) -> Iterator[Database]:
    database = Database(postgres_url)
    database.write_now(begin)
    yield database
    database.close()


def begin(session: Session) -> None:
    """A yard with one election, one candidate, and one action, each the first of its kind."""
    chat = chats.add(session, -1_001_874_530_229, language="en", timezone="UTC").id
    election = ElectionRow(
        chat_id=chat, title="T", base=400, is_base_typed=True, is_provisional=False, rule="{}"
    )
    session.add(election)
    session.flush()
    session.add(CandidateRow(election_id=election.id, name="Vera K."))
    actions.add(
        session,
        ActionRow(
            chat_id=chat,
            title="Tea",
            wall=NOON.replace(tzinfo=None),
            timezone="UTC",
            starts_at=NOON,
        ),
    )


def come(session: Session, tag: bytes) -> None:
    """One deed of one neighbour, which leaves a row in each table."""
    assert signatures.add(
        session, SignatureRow(election_id=1, person_tag=tag, candidate_id=1, mac=tag[::-1])
    )
    actions.put_answer(
        session, AnswerRow(action_id=1, person_tag=tag, answer=Answer.GOING, mac=tag[::-1])
    )
    electors.add_joiner(session, 1, tag)


def leave(session: Session, tag: bytes) -> None:
    row = signatures.of_person(session, 1, tag)
    assert row is not None
    signatures.remove(session, row)


def tags_as_they_lie(database: Database, table: str) -> list[bytes]:
    return [bytes(tag) for (tag,) in ask(database, f"SELECT person_tag FROM {table} ORDER BY ctid")]


def writers(database: Database, table: str = "signature") -> set[str]:
    """The numbers of the transactions that wrote the rows."""
    return {xmin for (xmin,) in ask(database, f"SELECT DISTINCT xmin::text FROM {table}")}


def whole(database: Database) -> dict[str, list[Any]]:
    """Every row that the rewriting touches, as anybody reads it."""
    names = [table.name for table in tables_about_people()]
    return {name: sorted(ask(database, f"SELECT * FROM {name}"), key=repr) for name in names}


def ask(database: Database, query: str) -> list[Any]:
    return database.read_now(lambda session: [tuple(row) for row in session.execute(text(query))])


def new_tags(number: int) -> list[bytes]:
    return [secrets.token_bytes(16) for _ in range(number)]


def test_rows_lie_in_the_order_of_their_tags_and_nothing_else_changes(database: Database) -> None:
    tags = new_tags(NEIGHBOURS)
    for tag in tags:
        database.write_now(partial(come, tag=tag))
    for table in TABLES:
        assert tags_as_they_lie(database, table) == tags, "there is an order to forget"
        assert len(writers(database, table)) == NEIGHBOURS
    assert writers(database, "signature") == writers(database, "joiner"), "a deed can be joined"
    before = whole(database)

    forget_order(database.engine)

    for table in TABLES:
        assert tags_as_they_lie(database, table) == sorted(tags)
        assert len(writers(database, table)) == 1
    joined = "SELECT FROM signature, joiner, action_answer WHERE signature.xmin = joiner.xmin"
    assert ask(database, f"{joined} OR signature.xmin = action_answer.xmin") == []
    assert whole(database) == before


def test_whoever_comes_later_is_mixed_in_the_next_night(database: Database) -> None:
    early, late = new_tags(20), new_tags(20)
    for tag in early:
        database.write_now(partial(come, tag=tag))
    forget_order(database.engine)
    for tag in late:
        database.write_now(partial(come, tag=tag))
    assert tags_as_they_lie(database, "signature") == sorted(early) + late
    forget_order(database.engine)
    assert tags_as_they_lie(database, "signature") == sorted(early + late)
    assert len(writers(database)) == 1


def test_every_table_with_a_tag_is_rewritten() -> None:
    names = {table.name for table in tables_about_people()}
    assert names >= {*TABLES, "action", "candidate", "nomination", "short_lived", "office"}


async def test_what_was_withdrawn_leaves_the_file_once_nobody_looks_at_it(
    database: Database,
) -> None:
    tags = new_tags(NEIGHBOURS)
    for tag in tags:
        database.write_now(partial(come, tag=tag))
    for tag in tags[1:]:
        database.write_now(partial(leave, tag=tag))

    with database.engine.connect() as long_look:
        assert long_look.execute(text("SELECT count(*) FROM candidate")).scalar_one() == 1
        asked = _who_still_looks_is_asked(database)
        rewriting = asyncio.create_task(asyncio.to_thread(forget_order, database.engine))
        await eventually(lambda: rewriting.done() or asked.is_set())
        rows: int = long_look.execute(text("SELECT count(*) FROM signature")).scalar_one()
        assert rows == 1, "who looks on meanwhile sees what was there"
        long_look.rollback()
        await rewriting
    assert ask(database, "SELECT pg_relation_size('signature') / 8192") == [(1,)], "one row is left"


def _who_still_looks_is_asked(database: Database) -> threading.Event:
    """Set once the rewriting comes to wait for others."""
    asked = threading.Event()

    @event.listens_for(database.engine, "before_cursor_execute")
    def notice(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if "backend_xmin" in statement:
            asked.set()

    return asked


async def test_who_signs_during_the_rewriting_is_neither_lost_nor_turned_away(
    database: Database,
) -> None:
    there, coming = new_tags(20), new_tags(40)
    for tag in there:
        database.write_now(partial(come, tag=tag))

    async def rewrite() -> None:
        for _ in range(3):
            # Where a table isn't free in time, those who tap go first.
            with suppress(DBAPIError):
                await asyncio.to_thread(forget_order, database.engine)

    await asyncio.gather(
        rewrite(),
        *(database.write(partial(come, tag=tag)) for tag in coming),
        *(database.write(partial(leave, tag=tag)) for tag in there),
    )
    forget_order(database.engine)
    assert tags_as_they_lie(database, "signature") == sorted(coming)
    assert tags_as_they_lie(database, "joiner") == sorted(there + coming)
    assert len(writers(database)) == 1


def test_sqlite_needs_none_of_it(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    database.write_now(begin)
    tags = new_tags(5)
    for tag in tags:
        database.write_now(partial(come, tag=tag))
    assert ask(database, "SELECT person_tag FROM signature") == [(tag,) for tag in sorted(tags)]

    folder = Path(sqlite_url.removeprefix("sqlite:///")).parent
    before = {file.name: file.read_bytes() for file in folder.glob("*.sqlite3*")}
    forget_order(database.engine)
    assert {file.name: file.read_bytes() for file in folder.glob("*.sqlite3*")} == before
    database.close()


@pytest.mark.databases("postgresql")
async def test_the_order_of_an_evening_is_gone_in_the_morning(yard: Yard) -> None:
    await announce(yard)
    card = await stand(yard, yard.tom, "Vera K.")
    people = neighbours(yard, 6)
    for person in people[:4]:
        await sign_at_once(yard, person, card)
    database = Database(yard.database_url)
    assert len(writers(database)) == 4

    with database.engine.connect() as dump:
        dump.execute(text("LOCK TABLE signature IN ACCESS SHARE MODE"))
        turn_to(yard, "2026-10-22 00:30")  # 03:30 in Minsk
        await eventually(lambda: any("rows still show" in line for line in yard.log.lines))
        await sign_at_once(yard, people[4], card)
        assert len(writers(database)) == 2, "who waits for a table doesn't hold up who signs"
        dump.rollback()
    yard.clock.turn(timedelta(hours=1, minutes=1))
    await eventually(lambda: len(writers(database)) == 1)
    await eventually(lambda: _is_sorted(tags_as_they_lie(database, "signature")))

    await yard.forge(people[0], card, "e.withdraw:1")
    await sign_at_once(yard, people[5], card)
    assert len(Records(yard).signatures) == 5
    await at_the_hour(yard, "5 / 100")
    database.close()


def _is_sorted(tags: list[bytes]) -> bool:
    return tags == sorted(tags)


@given(
    minutes=st.integers(0, 2 * 365 * 24 * 60),
    zone=st.sampled_from(("Europe/Minsk", "Europe/Vilnius", "America/New_York", "Pacific/Apia")),
)
def test_the_next_night_is_ahead_and_less_than_a_long_day_away(minutes: int, zone: str) -> None:
    after = NOON + timedelta(minutes=minutes)
    night = next_night(after, ZoneInfo(zone)).astimezone(UTC)
    assert timedelta() < night - after <= timedelta(hours=25)
    # Where the clock leaps over three o'clock it is four.
    assert night.astimezone(ZoneInfo(zone)).hour in (3, 4)
