"""What somebody finds who takes the disk the moment after: read by the bytes of its files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from playground.chats import Message
from playground.people import Person
from storage.answers import AnswerRow
from storage.database import Database
from storage.short_lived import ShortLivedRow
from tests.actions.announce import announce as announce_action
from tests.elections.campaign import (
    Records,
    announce,
    close_by_two,
    eventually,
    neighbours,
    sign_at_once,
    stand,
)
from tests.storage.pages import as_they_lie, files_of, pages_of, reader_of_now
from tests.yard import Yard

pytestmark = pytest.mark.databases("sqlite", "postgresql")

FIVE_MINUTES = timedelta(minutes=5, seconds=1)
LEFT = "It will be gone from my disk too, usually within ten minutes."


@pytest.fixture
def database(yard: Yard) -> Iterator[Database]:
    """The same that the bot works with."""
    database = Database(yard.database_url)
    yield database
    database.close()


async def signed_by(yard: Yard, number: int) -> tuple[list[Person], Message]:
    """So many neighbours sign in an election; gives them, and its card."""
    await announce(yard)
    card = await stand(yard, yard.tom, "Vera K.")
    people = neighbours(yard, number)
    for person in people:
        await sign_at_once(yard, person, card)
    return people, card


def tags(yard: Yard) -> list[bytes]:
    return [row.person_tag for row in Records(yard).signatures]


def lie(database: Database, table: str, known: list[bytes]) -> list[bytes]:
    return [tag for page in as_they_lie(pages_of(database, table), known) for tag in page]


def has_order(database: Database, table: str, known: list[bytes]) -> bool:
    """Whether rows lie otherwise than by their tags, which say nothing."""
    found = lie(database, table, known)
    return found not in (sorted(known), sorted(known, reverse=True))


def left_of(database: Database, *what: bytes) -> list[str]:
    """Where on the disk something still is; on PostgreSQL in the tables that had it."""
    tables = ("signature", "election", "action_answer", "short_lived")
    found = [files_of(database, table) for table in tables]
    return sorted({
        name for files in found for name, content in files.items() if any(w in content for w in what)
    })  # fmt: skip


async def test_who_came_when_is_gone_from_the_disk_in_five_minutes(
    yard: Yard, database: Database
) -> None:
    people, _ = await signed_by(yard, 12)
    meeting = await announce_action(yard, yard.ales)
    for person in people:
        await yard.tap(person, meeting, (0, 0))
    signed = tags(yard)
    if database.is_sqlite:
        await database.empty_wal()
    assert has_order(database, "signature", signed)
    yard.clock.turn(FIVE_MINUTES)
    await eventually(lambda: not has_order(database, "signature", signed))
    assert len(lie(database, "signature", signed)) == 12


async def test_nor_does_a_machine_show_it_that_was_switched_off(
    yard: Yard, database: Database
) -> None:
    await signed_by(yard, 12)
    signed = tags(yard)
    await yard.stop()
    assert not has_order(database, "signature", signed)


async def test_who_withdraws_is_gone_from_the_disk_when_the_bot_says_so(
    yard: Yard, database: Database
) -> None:
    people, card = await signed_by(yard, 3)
    before = set(tags(yard))
    answer = await yard.forge(people[0], card, "e.withdraw:1")
    assert LEFT not in str(answer.text)
    (gone,) = before - set(tags(yard))
    assert left_of(database, gone) == []


async def test_who_takes_an_answer_back_is_gone_too(yard: Yard, database: Database) -> None:
    meeting = await announce_action(yard, yard.ales)
    await yard.tap(yard.tom, meeting, (0, 0))
    tag = database.read_now(_tag_of_the_answer)
    assert left_of(database, tag)
    answer = await yard.tap(yard.tom, meeting, (0, 0))
    assert answer.text
    assert LEFT not in answer.text
    assert left_of(database, tag) == []


def _tag_of_the_answer(session: Session) -> bytes:
    return session.exec(select(AnswerRow)).one().person_tag


async def test_an_election_that_forgets_leaves_neither_tags_nor_its_key(
    yard: Yard, database: Database
) -> None:
    _, card = await signed_by(yard, 12)
    await close_by_two(yard, card)
    await yard.hears(yard.tom, "This election is over")
    signed, (election,) = tags(yard), Records(yard).elections
    assert election.wrapped_key
    answer = await yard.forge(yard.vera, card, f"ee.forget!:{election.id}")
    assert LEFT not in str(answer.text)
    assert Records(yard).elections[0].wrapped_key is None
    assert left_of(database, election.wrapped_key, *signed) == []


async def test_where_a_backup_holds_it_the_answer_says_so_and_it_goes_a_little_later(
    yard: Yard, database: Database
) -> None:
    meeting = await announce_action(yard, yard.ales)
    await yard.tap(yard.tom, meeting, (0, 0))
    with reader_of_now(database):
        answer = await yard.tap(yard.tom, meeting, (0, 0))
        assert answer.text
        assert LEFT in answer.text
        assert any("what was erased is still on the disk" in line for line in yard.log.lines)
        yard.clock.turn(FIVE_MINUTES)
        await eventually(lambda: any("still show their order" in line for line in yard.log.lines))
    yard.clock.turn(timedelta(seconds=31))
    await eventually(lambda: not database.is_sqlite or not _wal_of(database))


async def test_who_finishes_a_draft_waits_for_no_disk_and_who_drops_it_does(
    yard: Yard, database: Database
) -> None:
    drafts: list[bytes] = []
    for tea in ("First tea", "Second tea"):
        yard.say(yard.tom, f"/action tomorrow 19:00 {tea}")
        await yard.hears(yard.tom, tea)
        drafts += database.read_now(_sealed) - set(drafts)
    published, dropped = drafts
    with reader_of_now(database):
        await yard.tap(yard.tom, await yard.hears(yard.tom, "First tea"), "Publish")
        await yard.card("First tea")
        assert not any("still on the disk" in line for line in yard.log.lines)
        page = await yard.hears(yard.tom, "Second tea")
        await yard.tap(yard.tom, page, "Cancel")
        assert LEFT in page.text
        assert left_of(database, dropped)
    yard.clock.turn(FIVE_MINUTES)
    await eventually(lambda: not left_of(database, published, dropped))


def _sealed(session: Session) -> set[bytes]:
    return {row.sealed for row in session.exec(select(ShortLivedRow))}


def _wal_of(database: Database) -> bytes:
    return next(
        (content for name, content in files_of(database, "").items() if name.endswith("-wal")), b""
    )
