"""What the disk shows of the order in which neighbours came, and of those who left: read by its bytes."""

from __future__ import annotations

import asyncio
import random
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session

from bot.domain.actions.answers import Answer
from storage import actions, answers, chats, handled_updates
from storage.actions import ActionRow
from storage.database import Database
from storage.elections import buildings, electors, progress, signatures
from storage.elections.buildings import BuildingRow
from storage.elections.candidates import CandidateRow
from storage.elections.elections import ElectionRow
from storage.elections.signatures import Signature
from storage.handled_updates import Mark
from storage.portions import rewrite_portion
from storage.rewriting import NotNowError, Rewriting, shows_order
from storage.tables import METADATA
from tests.elections.campaign import eventually
from tests.storage.pages import (
    as_they_lie,
    cells_of_sqlite,
    files_of,
    guessed,
    in_order,
    pages_of,
    reader_of_now,
)
from tests.yard import NOON

pytestmark = pytest.mark.databases("sqlite", "postgresql")

TABLES = ("signature", "action_answer", "joiner")
NEIGHBOURS = 300
PATIENCE = 5.0


class Neighbours:
    """People by their tags, which are others in each table; the same in each run of a test."""

    def __init__(self, number: int, seed: int = 7) -> None:
        made = random.Random(seed)
        self.tags = {table: [made.randbytes(16) for _ in range(number)] for table in TABLES}

    def come(self, session: Session, which: int) -> None:
        """One deed of one neighbour, which leaves a row in each table."""
        signed, answered, joined = (self.tags[table][which] for table in TABLES)
        assert signatures.add(
            session,
            Signature(1, signed, 1, None, signed[::-1]),
        )
        answers.put_answer(session, 1, answered, Answer.GOING, b"")
        electors.add_joiner(session, 1, joined)
        handled_updates.claim(session.connection(), [Mark(1, which, NOON)])

    def come_and_count(self, session: Session, which: int) -> None:
        self.come(session, which)
        progress.count_in_building(session, 1, 1, 1, 1)

    def all_come(self, database: Database) -> None:
        for which in range(len(self.tags["signature"])):
            database.write_now(partial(self.come_and_count, which=which))


def leave(session: Session, tag: bytes) -> None:
    row = signatures.of_person(session, 1, tag)
    assert row is not None
    signatures.remove(session, row)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    database.write_now(begin)
    yield database
    database.close()


@pytest.fixture
def rewriting(database: Database) -> Rewriting:
    return Rewriting(database)


def begin(session: Session) -> None:
    """A yard with one building, election, candidate, and action, each the first of its kind."""
    chat = chats.add(session, -1_001_874_530_229, language="en", timezone="UTC").id
    election = ElectionRow(
        chat_id=chat, title="T", base=400, is_base_typed=True, is_provisional=False, rule="{}"
    )
    session.add(election)
    session.flush()
    session.add(CandidateRow(election_id=election.id, name="Vera K."))
    buildings.save(session, BuildingRow(chat_id=chat, name="1", position=1))
    tea = ActionRow(
        chat_id=chat, title="Tea", wall=NOON.replace(tzinfo=None), timezone="UTC", starts_at=NOON
    )
    actions.add(session, tea)


def ask(database: Database, query: str) -> list[Any]:
    return database.read_now(lambda session: [tuple(row) for row in session.execute(text(query))])


def whole(database: Database) -> dict[str, list[Any]]:
    """Every row, as anybody reads it."""
    names = [table.name for table in METADATA.sorted_tables]
    return {name: sorted(ask(database, f'SELECT * FROM "{name}"'), key=repr) for name in names}


def on_disk(database: Database, table: str) -> bytes:
    return b"".join(files_of(database, table).values())


def writers(database: Database, table: str) -> set[bytes]:
    """The transactions that wrote the rows of a PostgreSQL table."""
    return {row[:4] for page in pages_of(database, table) for row in page}


@pytest.mark.parametrize("number", [90, NEIGHBOURS])
async def test_the_bytes_of_the_disk_show_no_order(
    database: Database, rewriting: Rewriting, tmp_path: Path, number: int
) -> None:
    people = Neighbours(number)
    people.all_come(database)
    if database.is_sqlite:
        assert await database.empty_wal()
    before = whole(database)
    for table, came in people.tags.items():
        right, pairs = in_order(as_they_lie(pages_of(database, table), came), came)
        # A page that is split sorts its cells; till then, the order is whole.
        assert right == pairs or number > 90, "there is an order to forget"

    await rewriting.forget_order(PATIENCE)

    assert whole(database) == before
    for table, came in people.tags.items():
        _require_no_order(as_they_lie(pages_of(database, table), came), came)
    if database.is_sqlite:
        copied = _copy_by_backup(database, tmp_path / "copy.sqlite3")
        for came in people.tags.values():
            _require_no_order(as_they_lie(cells_of_sqlite(copied), came), came)


def _require_no_order(pages: list[list[bytes]], came: list[bytes]) -> None:
    right, pairs = in_order(pages, came)
    assert sum(map(len, pages)) == len(came)
    assert pairs > 2_000
    assert 0.45 * pairs < right < 0.55 * pairs, f"{right} of {pairs}"
    # Whoever guesses at random names one.
    assert guessed(pages, came) <= 3


def _copy_by_backup(database: Database, target: Path) -> bytes:
    source = sqlite3.connect(database.url.removeprefix("sqlite:///"))
    copy = sqlite3.connect(target)
    source.backup(copy)
    copy.close()
    source.close()
    return target.read_bytes()


@pytest.mark.databases("postgresql")
async def test_nothing_tells_which_rows_one_deed_wrote(
    database: Database, rewriting: Rewriting
) -> None:
    people = Neighbours(20)
    people.all_come(database)
    assert len(writers(database, "signature") & writers(database, "handled_update")) == 20
    assert len(writers(database, "building_count")) == 20, "each version of a count is there"

    await rewriting.forget_order(PATIENCE)

    touched = (*TABLES, "building_count", "handled_update")
    wrote = {table: writers(database, table) for table in touched}
    assert [len(transactions) for transactions in wrote.values()] == [1] * len(touched)
    assert len(set.union(*wrote.values())) == len(touched), "a deed can be joined"


@pytest.mark.databases("sqlite")
async def test_no_copy_of_a_row_stays_where_its_page_was_split(
    database: Database, rewriting: Rewriting
) -> None:
    """`secure_delete` doesn't look there: whoever withdrew would stay in the file."""
    people = Neighbours(3_000)
    tags = people.tags["joiner"]
    for start in range(0, len(tags), 300):
        database.write_now(partial(_all_join, tags=tags[start : start + 300]))
    await database.empty_wal()
    assert any(on_disk(database, "joiner").count(tag) > 1 for tag in tags), "there are such copies"
    await rewriting.forget_order(PATIENCE)
    bytes_there = on_disk(database, "joiner")
    assert {bytes_there.count(tag) for tag in tags} == {1}


def _all_join(session: Session, tags: list[bytes]) -> None:
    for tag in tags:
        electors.add_joiner(session, 1, tag)


@pytest.mark.databases("sqlite")
async def test_a_large_table_is_written_anew_in_portions_between_which_taps_come(
    database: Database, rewriting: Rewriting
) -> None:
    tags = Neighbours(6_000).tags["joiner"]
    there, coming = tags[:5_900], tags[5_900:]
    database.write_now(partial(_all_join, tags=there))
    portions = _portions(database)
    cleaning = asyncio.create_task(rewriting.forget_order(PATIENCE))
    await eventually(lambda: "joiner" in portions)
    await asyncio.gather(*(database.write(partial(_all_join, tags=[tag])) for tag in coming))
    await cleaning
    assert portions.count("joiner") > 3
    assert sorted(ask(database, "SELECT person_tag FROM joiner")) == sorted((tag,) for tag in tags)
    assert ask(database, "PRAGMA foreign_key_check") == []
    assert ask(database, "PRAGMA integrity_check") == [("ok",)]


def _portions(database: Database) -> list[str]:
    """Of each portion that is written anew from now on, the table."""
    portions: list[str] = []

    def note(statement: str) -> None:
        if statement.startswith('DELETE FROM "'):
            portions.append(statement.split('"')[1])

    raw = database.engine.raw_connection()
    driver: Any = raw.driver_connection
    driver.set_trace_callback(note)
    raw.close()
    return portions


async def test_what_was_withdrawn_leaves_the_disk(database: Database, rewriting: Rewriting) -> None:
    people = Neighbours(NEIGHBOURS)
    people.all_come(database)
    gone, left = people.tags["signature"][:100], people.tags["signature"][100:]
    for tag in gone:
        database.write_now(partial(leave, tag=tag))
    assert any(tag in on_disk(database, "signature") for tag in gone)
    await rewriting.forget_erased({"signature"}, PATIENCE)
    bytes_there = on_disk(database, "signature")
    assert not [tag for tag in gone if tag in bytes_there]
    assert {bytes_there.count(tag) for tag in left} == {1}


async def test_whoever_reads_an_older_state_is_waited_for_and_not_cut_off(
    database: Database, rewriting: Rewriting
) -> None:
    people = Neighbours(20)
    people.all_come(database)
    gone = people.tags["signature"][0]
    count = "SELECT count(*) FROM signature"
    with reader_of_now(database) as ask_reader:
        assert ask_reader(count) == 20
        database.write_now(partial(leave, tag=gone))
        with pytest.raises(NotNowError, match="backup or a dump"):
            await rewriting.forget_erased({"signature"}, 0.1)
        assert ask_reader(count) == 20, "who looks sees what was there"
        assert gone in on_disk(database, "signature")
    await rewriting.forget_order(PATIENCE)
    assert gone not in on_disk(database, "signature")


async def test_who_signs_during_the_rewriting_is_neither_lost_nor_turned_away(
    database: Database, rewriting: Rewriting
) -> None:
    people = Neighbours(60)
    signed = people.tags["signature"]
    for which in range(20):
        database.write_now(partial(people.come, which=which))

    async def rewrite() -> None:
        for _ in range(3):
            # Where a table isn't free in time, those who tap go first.
            with suppress(NotNowError):
                await rewriting.forget_order(PATIENCE)

    await asyncio.gather(
        rewrite(),
        *(database.write(partial(people.come, which=which)) for which in range(20, 60)),
        *(database.write(partial(leave, tag=tag)) for tag in signed[:20]),
    )
    await rewriting.forget_order(PATIENCE)
    found = as_they_lie(pages_of(database, "signature"), signed)
    assert sorted(tag for page in found for tag in page) == sorted(signed[20:])
    assert len(ask(database, "SELECT person_tag FROM joiner")) == 60


@pytest.mark.databases("sqlite")
async def test_what_did_not_change_is_left_alone(database: Database, rewriting: Rewriting) -> None:
    people = Neighbours(2)
    database.write_now(partial(people.come, which=0))
    await rewriting.forget_order(PATIENCE)
    portions = _portions(database)
    await rewriting.forget_order(PATIENCE)
    database.write_now(partial(electors.add_joiner, election_id=1, person_tag=b"x"))
    with suppress(RuntimeError):
        database.write_now(_undone)
    await rewriting.forget_order(PATIENCE)
    assert portions == ["joiner"]


def _undone(session: Session) -> None:
    session.add(CandidateRow(election_id=1, name="Tom"))
    session.flush()
    raise RuntimeError


def test_all_that_knows_people_is_written_anew() -> None:
    names = {table.name for table in METADATA.sorted_tables if shows_order(table)}
    assert names >= {
        *TABLES,
        "action",
        "building_count",
        "candidate",
        "election",
        "nomination",
        "office",
        "pending_act",
        "short_lived",
    }


def test_erasing_is_noticed_by_what_the_statements_do(database: Database) -> None:
    people = Neighbours(1)
    noticed: list[bool] = []

    def note(session: Session, *, deed: Any) -> None:
        deed(session)
        session.flush()
        noticed.append(session.info["changes"].is_erasing)

    tag = people.tags["signature"][0]
    deeds = (
        partial(people.come, which=0),
        partial(leave, tag=tag),
        partial(signatures.remove_all_for, election_id=1, candidate_id=1),
        _name_nobody,
        _name_nobody_in_bulk,
        _rename,
    )
    for deed in deeds:
        database.write_now(partial(note, deed=deed))
    # The third finds nothing left.
    assert noticed == [False, True, False, True, True, False]


def _name_nobody(session: Session) -> None:
    election = session.get_one(ElectionRow, 1)
    election.wrapped_key = b"key"
    session.add(election)
    session.flush()
    election.wrapped_key = None
    session.add(election)


def _name_nobody_in_bulk(session: Session) -> None:
    table = METADATA.tables["candidate"]
    session.execute(table.update().values(person_tag=None))


def _rename(session: Session) -> None:
    candidate = session.get_one(CandidateRow, 1)
    candidate.name = "Vera L."
    session.add(candidate)


@pytest.mark.databases("sqlite")
async def test_a_commit_that_fails_leaves_the_writer_as_strict_as_before(
    database: Database,
) -> None:
    def refuse_commit(action: int, what: str | None, *_: object) -> int:
        is_commit = action == sqlite3.SQLITE_TRANSACTION and what == "COMMIT"
        return sqlite3.SQLITE_DENY if is_commit else sqlite3.SQLITE_OK

    def rewrite(cursor: sqlite3.Cursor) -> None:
        cursor.connection.set_authorizer(refuse_commit)
        with pytest.raises(sqlite3.DatabaseError, match="not authorized"):
            rewrite_portion(cursor, METADATA.tables["signature"], None)
        cursor.connection.set_authorizer(None)

    def strictness(cursor: sqlite3.Cursor) -> tuple[int, int]:
        asked = ("PRAGMA synchronous", "PRAGMA foreign_keys")
        synchronous, keys = (cursor.execute(sql).fetchone()[0] for sql in asked)
        return synchronous, keys

    await database.maintain(rewrite)
    assert await database.maintain(strictness) == (2, 1)
