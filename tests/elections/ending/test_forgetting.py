"""A large election is forgotten at once and erased a thousand signatures at a time."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, insert, update
from sqlmodel import Session, col, select

from handlers.elections.ending import ENDING
from playground.chats import Message
from storage.database import Database
from storage.elections.elections import ElectionRow
from storage.elections.signatures import SignatureRow
from tests.elections.campaign import Records, close_by_two
from tests.elections.ending.test_result import reached
from tests.yard import Yard

pytestmark = pytest.mark.databases("sqlite", "postgresql")

MANY = 2_500


async def closed_with_many(yard: Yard) -> Message:
    """A closed election, and so many more signatures that its end took them over."""
    card = await reached(yard)
    await close_by_two(yard, card)
    await yard.hears(yard.tom, "This election is over")
    rows = [
        {"election_id": 1, "candidate_id": 1, "person_tag": os.urandom(16), "mac": b"?" * 16}
        for _ in range(MANY)
    ]
    _write(yard, insert(SignatureRow).values(rows))
    return card


def _write(yard: Yard, statement: Any) -> None:
    database = Database(yard.database_url)
    database.write_now(lambda session: session.execute(statement) and None)
    database.close()


def _signatures(yard: Yard) -> int:
    database = Database(yard.database_url)

    def count(session: Session) -> int:
        return session.exec(select(func.count()).select_from(SignatureRow)).one()

    try:
        return database.read_now(count)
    finally:
        database.close()


async def test_nobody_is_known_before_the_last_signature_is_gone(yard: Yard) -> None:
    card = await closed_with_many(yard)
    _write(yard, update(ElectionRow).values(erase_at=yard.clock.now()))
    assert yard.app is not None
    store = yard.app.store
    _, due, left_behind, _ = ENDING.hourly
    await store.run(due.do, (await store.read(due.look, None)).things)
    assert _signatures(yard) > MANY
    await yard.settled(61)
    await yard.world.until(lambda: "I don't remember any more who signed" in card.text)
    answer = await yard.forge(yard.vera, card, "ee.keep!:1:7")
    assert "already forgotten" in (answer.text or "")

    before = _signatures(yard)
    await store.run(left_behind.do, (await store.read(left_behind.look, None)).things)
    assert _signatures(yard) == before - 1_000
    # The bot is killed here, and goes on when it is there again.
    await yard.restart()
    await yard.world.until(lambda: not _signatures(yard))
    assert [(row.shown, row.signatures) for row in Records(yard).candidates] == [(6, 6)]


async def test_a_date_moved_meanwhile_holds(yard: Yard) -> None:
    await closed_with_many(yard)
    _write(yard, update(ElectionRow).values(erase_at=yard.clock.now()))
    assert yard.app is not None
    store = yard.app.store
    _, due, left_behind, _ = ENDING.hourly
    found = await store.read(due.look, None)
    later = yard.clock.now() + timedelta(days=60)
    _write(yard, update(ElectionRow).where(col(ElectionRow.id) == 1).values(erase_at=later))
    await store.run(due.do, found.things)
    assert Records(yard).elections[0].wrapped_key
    assert not (await store.read(left_behind.look, None)).things
