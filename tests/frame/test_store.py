"""The transaction boundary: use cases run whole, once for an update, and wake whoever sends."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import OperationalError

from bot.clock import TurnableClock
from bot.domain.refusal import Refused
from bot.safety.keys import Keys
from bot.store import Defaults, Store, UnitOfWork, UpdateMark
from storage import chats, handled_updates
from storage.database import Database
from storage.handled_updates import Redelivered

pytestmark = pytest.mark.databases("sqlite", "postgresql")

GROUP = -1_001_874_530_229
UPDATE = UpdateMark(bot_id=7_318_529_046, update_id=2**31 + 7)


@pytest.fixture
def store(database_url: str, clock: TurnableClock) -> Iterator[Store]:
    database = Database(database_url)
    yield Store(database, clock, Keys(bytes(32)), Defaults("en", "Europe/Minsk"))
    database.close()


@pytest.fixture
async def toggle(store: Store) -> None:
    """A chat whose clock the tests turn over."""
    await store.run(make_chat)


def make_chat(work: UnitOfWork) -> None:
    chats.add(work.session, GROUP, language="en", timezone="off")


def turn_over(work: UnitOfWork, *, fail: bool = False) -> str:
    chat = chats.find(work.session, GROUP)
    assert chat is not None
    chat.timezone = "off" if chat.timezone == "on" else "on"
    work.session.add(chat)
    work.later.wake()
    if fail:
        raise Refused("frame.refused.unknown_thing")
    return chat.timezone


def standing(work: UnitOfWork) -> str:
    chat = chats.find(work.session, GROUP)
    return chat.timezone if chat else "nowhere"


@pytest.mark.usefixtures("toggle")
async def test_an_update_has_its_effect_once(store: Store) -> None:
    assert await store.run_once(UPDATE, turn_over) == "on"
    for _ in range(3):
        with pytest.raises(Redelivered):
            await store.run_once(UPDATE, turn_over)
    assert await store.read(standing) == "on"


@pytest.mark.usefixtures("toggle")
async def test_an_update_that_comes_twice_at_once_has_its_effect_once(store: Store) -> None:
    results = await asyncio.gather(
        *(store.run_once(UPDATE, turn_over) for _ in range(5)), return_exceptions=True
    )
    assert sorted(str(result) for result in results if isinstance(result, str)) == ["on"]
    assert sum(isinstance(result, Redelivered) for result in results) == 4
    assert await store.read(standing) == "on"


@pytest.mark.usefixtures("toggle")
async def test_a_refused_update_is_not_used_up(store: Store) -> None:
    with pytest.raises(Refused):
        await store.run_once(UPDATE, turn_over, fail=True)
    assert await store.read(standing) == "off"
    assert await store.run_once(UPDATE, turn_over) == "on"


@pytest.mark.usefixtures("toggle")
async def test_updates_of_two_bots_are_two(store: Store) -> None:
    await store.run_once(UPDATE, turn_over)
    await store.run_once(UpdateMark(UPDATE.bot_id + 1, UPDATE.update_id), turn_over)
    await store.run_once(UpdateMark(UPDATE.bot_id, UPDATE.update_id + 1), turn_over)
    assert await store.read(standing) == "on"


@pytest.mark.usefixtures("toggle")
async def test_the_mark_of_an_update_can_be_forgotten_after_its_time(
    store: Store, clock: TurnableClock
) -> None:
    await store.run_once(UPDATE, turn_over)
    clock.turn(timedelta(hours=47))
    await store.run(_forget, timedelta(hours=48))
    with pytest.raises(Redelivered):
        await store.run_once(UPDATE, turn_over)
    clock.turn(timedelta(hours=2))
    await store.run(_forget, timedelta(hours=48))
    assert await store.run_once(UPDATE, turn_over) == "off"


def _forget(work: UnitOfWork, after: timedelta) -> None:
    marks = handled_updates.before(work.session, work.now - after, limit=10)
    handled_updates.forget(work.session, marks)


@pytest.mark.usefixtures("toggle")
async def test_the_sender_is_woken_after_a_commit_and_only_then(store: Store) -> None:
    await store.run_once(UPDATE, turn_over)
    woken: list[datetime] = []
    store.on_later(woken.append)
    with pytest.raises(Refused):
        await store.run(turn_over, fail=True)
    with pytest.raises(Redelivered):
        await store.run_once(UPDATE, turn_over)
    await store.read(turn_over)
    await store.run(standing)
    assert woken == []
    await store.run(turn_over)
    assert len(woken) == 1


@pytest.mark.usefixtures("toggle")
async def test_a_post_is_said_once_for_its_key(store: Store) -> None:
    def post(work: UnitOfWork) -> bool:
        chat = chats.find(work.session, GROUP)
        assert chat is not None
        return work.later.post("test", 1, chat_id=chat.id, key="test:1")

    assert [await store.run(post) for _ in range(3)] == [True, False, False]


async def test_a_use_case_knows_what_time_it_is(store: Store, clock: TurnableClock) -> None:
    before = clock.now()
    now = await store.read(lambda work: work.now)
    assert before <= now <= clock.now()
    assert now.utcoffset() == timedelta()


class Collision(Exception):
    """What PostgreSQL says where two transactions got in each other's way."""

    sqlstate = "40001"


@pytest.mark.parametrize("way", ["run", "read"])
async def test_a_fault_is_reported_once_however_often_the_database_asks_again(
    store: Store, way: str
) -> None:
    began: list[int] = []
    told: list[str] = []

    def come_across_a_fault(work: UnitOfWork) -> None:
        began.append(len(began))
        work.later.report(lambda: told.append("a fault"))
        assert told == [], "not from within"
        if len(began) < 3:
            raise OperationalError("", None, Collision())

    await (store.run if way == "run" else store.read)(come_across_a_fault)
    assert (len(began), told) == (3, ["a fault"])


async def test_nothing_is_reported_of_what_was_undone(store: Store) -> None:
    told: list[str] = []

    def fail(work: UnitOfWork) -> None:
        work.later.report(lambda: told.append("a fault"))
        raise Refused("frame.refused.unknown_thing")

    with pytest.raises(Refused):
        await store.run(fail)
    assert told == []
