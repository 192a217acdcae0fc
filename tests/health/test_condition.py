"""What healthz answers: when all is well, and when somebody had better look."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import psycopg
import pytest

from bot.clock import TurnableClock
from bot.context import Context
from bot.feature import Command, Feature, Post
from bot.health.observer import Observer
from bot.message.face import Face
from bot.person.rights import EVERYONE
from playground.world import PATIENCE_SECONDS
from storage.delivery.backlog import backlog
from storage.delivery.outbox import Urgency
from tests.actions.announce import announce
from tests.delivery.tidings import REPEATED, TIDINGS
from tests.frame.test_failing_disk import nothing_grows
from tests.health.asking import figures, free_port, health
from tests.intake.test_order import tell
from tests.yard import NOON, Yard

on_both = pytest.mark.databases("sqlite", "postgresql")
MINUTE = timedelta(minutes=1)


async def until(port: int, condition: Callable[[dict[str, object]], object]) -> dict[str, object]:
    """What healthz says once it says so."""
    said: dict[str, object] = {}
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not condition(said := await health(port)):  # noqa: ASYNC110 - asking is all one can do
                await asyncio.sleep(0.01)
    except TimeoutError:
        raise AssertionError(said) from None
    return said


@on_both
async def test_a_bot_at_work_is_well(bare_yard: Yard, port: int) -> None:
    await bare_yard.move_in()
    assert await until(port, lambda said: all(said["duty"].values())) == {  # type: ignore[attr-defined]
        "well": True,
        "problems": [],
        "duty": {"delivery": True, "intake": True},
        "oldest_update_minutes": 0,
        "outbox_minutes": 0,
        "telegram_silent_minutes": 0,
    }


async def test_an_update_that_waits_for_five_minutes_is_told(bare_yard: Yard, port: int) -> None:
    goes_on = asyncio.Event()

    async def wait(_context: Context, _typed: str) -> None:
        goes_on_soon.set()
        await goes_on.wait()

    goes_on_soon = asyncio.Event()
    command = Command("wait", wait, "help.menu.help", EVERYONE, ephemeral=False)
    await bare_yard.move_in(Feature(name="waiting", commands=(command,)))
    bare_yard.say(bare_yard.tom, "/wait")
    async with asyncio.timeout(PATIENCE_SECONDS):
        await goes_on_soon.wait()
    bare_yard.clock.turn(4 * MINUTE)
    assert (await health(port))["oldest_update_minutes"] == 4
    bare_yard.clock.turn(MINUTE)
    said = await health(port)
    assert said["problems"] == ["an update has waited for its answer for 5 minutes"]
    assert (await figures(port))["dvor_oldest_update_seconds"] == 300
    goes_on.set()
    await until(port, lambda said: said["well"])


def _fail(_number: int, _words: object) -> Face:
    raise RuntimeError("it can't be drawn")


STUCK = replace(TIDINGS, posts={REPEATED: Post(lambda _work, number: number, _fail)})


@on_both
async def test_a_post_that_only_we_keep_is_told_after_a_quarter_of_an_hour(
    bare_yard: Yard, port: int
) -> None:
    await bare_yard.move_in(STUCK)
    await tell(bare_yard, bare_yard.group, range(2), Urgency.NOW)
    await bare_yard.world.until(lambda: bare_yard.log.errors)
    bare_yard.clock.turn(14 * MINUTE)
    assert (await health(port))["well"]
    bare_yard.clock.turn(MINUTE)
    said = await health(port)
    assert said["problems"] == ["a post has been due for 15 minutes"]
    shown = await figures(port)
    assert shown["dvor_well"] == 0
    assert shown["dvor_outbox_age_seconds"] == 900
    assert shown["dvor_outbox_posts,state=open"] == 2
    assert shown["dvor_outbox_posts,state=held"] == 0


@on_both
async def test_what_the_group_does_not_let_in_is_no_fault_of_the_bot(
    bare_yard: Yard, port: int
) -> None:
    await bare_yard.move_in(TIDINGS)
    bare_yard.world.restrict(bare_yard.group, bare_yard.world.bot, bare_yard.vera)
    await tell(bare_yard, bare_yard.group, range(1), Urgency.NOW)
    await bare_yard.written(lambda work: backlog(work.session, work.now).held)
    bare_yard.clock.turn(MINUTE)
    shown = await figures(port)
    assert shown["dvor_outbox_posts,state=held"] == shown["dvor_outbox_tried_posts"] == 1
    assert shown["dvor_outbox_posts,state=open"] == 0
    for _ in range(3):
        bare_yard.clock.turn(10 * MINUTE)
        said = await health(port)
        assert (said["well"], said["outbox_minutes"]) == (True, 0)


async def test_bad_weather_at_telegrams_is_no_fault_of_the_bot(bare_yard: Yard, port: int) -> None:
    await bare_yard.move_in(TIDINGS)
    await bare_yard.server.stop()
    await bare_yard.world.until(lambda: "failed (NetworkError)" in "".join(bare_yard.log.lines))
    await tell(bare_yard, bare_yard.group, range(1), Urgency.NOW)
    bare_yard.clock.turn(30 * MINUTE)
    said = await health(port)
    assert said["problems"] == []
    assert said["outbox_minutes"] == 0
    assert said["telegram_silent_minutes"] == 30


def test_what_waited_through_bad_weather_counts_from_its_end() -> None:
    clock = TurnableClock(NOON, running=False)
    observer = Observer(clock)
    clock.turn(60 * MINUTE)
    assert observer.fair_weather == 3600
    observer.note_call("getUpdates", None)
    clock.turn(MINUTE)
    observer.note_call("getUpdates", 200)
    assert observer.fair_weather == 3660, "a short break is no bad weather"
    observer.note_call("sendMessage", 502)
    clock.turn(2 * MINUTE)
    assert (observer.fair_weather, observer.telegram_silence) == (0, 120)
    observer.note_call("sendMessage", 403)
    clock.turn(MINUTE)
    assert (observer.fair_weather, observer.telegram_silence) == (60, 0)


@pytest.mark.databases("sqlite")
async def test_a_database_that_does_not_answer_is_told(bare_yard: Yard, port: int) -> None:
    await bare_yard.move_in()
    assert (await health(port))["well"]
    file = bare_yard.settings.data_dir / "dvor.sqlite3"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("ALTER TABLE outbox RENAME TO elsewhere")
    assert (await health(port))["well"], "it was asked a moment ago"
    bare_yard.clock.turn(MINUTE)
    assert (await health(port))["problems"] == ["the database doesn't answer"]
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("ALTER TABLE elsewhere RENAME TO outbox")
    bare_yard.clock.turn(MINUTE)
    assert (await health(port))["well"]


@pytest.mark.databases("sqlite")
async def test_a_disk_that_takes_nothing_is_told_until_it_is_mended(
    bare_yard: Yard, port: int
) -> None:
    """Reading goes on, and nobody taps again."""
    yard = bare_yard
    await yard.move_in()
    card = await announce(yard, yard.tom)
    await yard.settled()
    assert (await health(port))["well"]
    (empty := yard.folder / "empty").touch()
    with nothing_grows(beyond=empty):
        await yard.tap(yard.nina, card, (0, 0))
        yard.clock.turn(MINUTE)
        assert (await health(port))["problems"] == ["the database can't be written"]
        yard.clock.turn(MINUTE)
        assert (await health(port))["problems"] == ["the database can't be written"]
    yard.clock.turn(MINUTE)
    assert (await health(port))["well"]


@pytest.mark.databases("postgresql")
async def test_a_server_whose_disk_is_full_is_told_until_it_is_mended(
    bare_yard: Yard, port: int
) -> None:
    yard = bare_yard
    await yard.move_in()
    card = await announce(yard, yard.tom)
    await yard.settled()
    tables = ("action_answer", "handled_update", "instance")
    with psycopg.connect(
        yard.database_url.replace("+psycopg", "", 1), autocommit=True
    ) as connection:
        connection.execute(
            "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'full' USING ERRCODE = '53100'; END $$"
        )
        for table in tables:
            connection.execute(
                f"CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON {table} "
                "EXECUTE FUNCTION full_disk()"
            )
        try:
            await yard.tap(yard.nina, card, (0, 0))
            yard.clock.turn(MINUTE)
            assert (await health(port))["problems"] == ["the database can't be written"]
        finally:
            connection.execute("DROP FUNCTION full_disk CASCADE")
    yard.clock.turn(MINUTE)
    assert (await health(port))["well"]


@pytest.mark.databases("postgresql")
async def test_a_database_that_is_slow_to_answer_is_asked_once(bare_yard: Yard, port: int) -> None:
    await bare_yard.move_in()
    assert (await health(port))["well"]
    with psycopg.connect(bare_yard.database_url.replace("+psycopg", "", 1)) as connection:
        connection.execute("LOCK TABLE outbox IN ACCESS EXCLUSIVE MODE")
        bare_yard.clock.turn(MINUTE)
        for said in await asyncio.gather(*(health(port) for _ in range(5))):
            assert said["problems"] == ["the database doesn't answer"]
        waiting = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
            "AND query LIKE '%count(CASE%'"
        ).fetchone()
        assert waiting == (1,)
    await until(port, lambda said: said["well"])


@pytest.mark.databases("postgresql")
async def test_a_process_that_stands_by_is_well_and_says_that_it_has_no_duty(
    bare_yard: Yard, port: int
) -> None:
    await bare_yard.start()
    await until(port, lambda said: all(said["duty"].values()))  # type: ignore[attr-defined]
    with free_port() as other_port:
        second = replace(
            bare_yard, _task=None, app=None, overrides={"LISTEN": f"127.0.0.1:{other_port}"}
        )
        await second.start()
        said = await health(other_port)
        assert said["well"]
        assert said["duty"] == {"delivery": False, "intake": False}
        assert (await figures(other_port))["dvor_duty,task=intake"] == 0
        await bare_yard.stop()
        await until(other_port, lambda said: all(said["duty"].values()))  # type: ignore[attr-defined]
        await second.stop()
