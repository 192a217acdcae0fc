"""Two bots with one token and each a database of its own: the newcomer ends in words, nobody fights."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import TurnableClock
from bot.intake.polling.other_poller import OtherPoller, OtherPollerError
from playground.people import Person
from playground.server import Server
from tests.bot_process import BotProcess
from tests.process import PATIENCE, says
from tests.yard import Yard

pytestmark = pytest.mark.databases("sqlite")

HALF_SETTLED = timedelta(seconds=70)


@pytest.fixture
async def operator(bare_yard: Yard) -> Person:
    """Looks after the bot of this yard, which has worked for some minutes."""
    yard = bare_yard
    person = yard.world.add_person("Olga")
    yard.world.start(person)
    yard.overrides["OPERATORS"] = str(person.id)
    await yard.move_in()
    for _ in range(3):
        await answers(yard)
        yard.clock.turn(HALF_SETTLED)
    await answers(yard)
    return person


async def answers(yard: Yard) -> None:
    """Somebody is heard and answered."""
    seen = len(yard.group.messages)
    yard.say(yard.tom, "/help", ephemeral=False)
    await yard.world.until(
        lambda: any("I help neighbours" in message.text for message in yard.group.messages[seen:])
    )
    await yard.world.until(lambda: not yard.world.updates)


def told(yard: Yard, operator: Person) -> list[str]:
    chat = yard.world.private(operator)
    return [m.text for m in chat.messages if "token" in m.text and m.sender is yard.world.bot]


def elsewhere(yard: Yard, folder: Path) -> Yard:
    """The same token on another machine, where nothing is known yet."""
    folder.mkdir()
    database = f"sqlite:///{folder}/data/dvor.sqlite3"
    return replace(yard, folder=folder, database_url=database, overrides={}, _task=None, app=None)


async def test_of_two_processes_with_one_token_one_ends_in_words_and_one_works(
    tmp_path: Path, real_server: Server
) -> None:
    world = real_server.world
    nina = world.add_person("Nina")
    bots = []
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        database = f"sqlite:///{tmp_path / name}/data/dvor.sqlite3"
        bots.append(BotProcess(tmp_path / name, database, real_server))
    try:
        for bot in bots:
            await bot.launch()
        ends = {asyncio.create_task(bot.running.wait()): bot for bot in bots if bot.running}
        async with asyncio.timeout(PATIENCE):
            (ended,), _ = await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        loser = ends[ended]
        assert ended.result() == 2
        assert "Another bot works with this BOT_TOKEN" in loser.log
        assert "Traceback" not in loser.log
        (winner,) = (bot for bot in bots if bot is not loser)
        assert winner.running is not None
        await says(winner.running, "at work")
        world.start(nina)
        await world.message(nina, world.private(nina), "I help neighbours", PATIENCE)
        assert winner.running.returncode is None
    finally:
        for bot in bots:
            await bot.kill()


async def test_a_newcomer_ends_and_whoever_was_there_first_stays_and_says_it_once(
    bare_yard: Yard, operator: Person, tmp_path: Path
) -> None:
    for number in range(2):
        newcomer = elsewhere(bare_yard, tmp_path / f"elsewhere-{number}")
        await newcomer.start()
        with pytest.raises(OtherPollerError, match="was there first"):
            await newcomer.ended()
    await answers(bare_yard)
    await bare_yard.world.until(lambda: told(bare_yard, operator))
    assert len(told(bare_yard, operator)) == 1
    assert len(bare_yard.log.errors) == 1
    assert "another program takes updates with this BOT_TOKEN" in bare_yard.log.errors[0]


async def test_beside_a_program_that_does_not_go_the_bot_waits_and_says_it_once(
    bare_yard: Yard, operator: Person
) -> None:
    yard = bare_yard
    fault = yard.server.faults.add(
        "getUpdates",
        "error",
        times=1_000,
        code=409,
        description="Conflict: can't use getUpdates method while webhook is active",
    )

    def was_often_ended() -> bool:
        yard.clock.turn(timedelta(seconds=1))
        return fault.struck > 12

    yard.say(yard.tom, "/help")
    await yard.world.until(was_often_ended)
    yard.server.faults.clear()
    yard.clock.turn(timedelta(seconds=30))
    await answers(yard)
    assert len(told(yard, operator)) == 1


def test_who_was_there_first_is_who_was_heard_for_minutes_without_a_long_silence() -> None:
    clock = TurnableClock(running=False)
    alarms: list[str] = []
    poller = OtherPoller(clock, lambda: alarms.append("told"))

    def three_conflicts() -> list[float]:
        return [poller.note_conflict() for _ in range(3)]

    def settle() -> None:
        for _ in range(5):
            clock.turn(timedelta(seconds=30))
            poller.note_answer()

    poller.note_answer()
    with pytest.raises(OtherPollerError):
        three_conflicts()
    settle()
    assert three_conflicts() == [0.5, 0.5, 0.5]
    assert alarms == ["told"]
    # Asleep for a night, while another was started in its place.
    clock.turn(timedelta(hours=8))
    with pytest.raises(OtherPollerError):
        three_conflicts()
    settle()
    poller.forget()
    with pytest.raises(OtherPollerError):
        three_conflicts()


def test_conflicts_minutes_apart_are_no_other_bot() -> None:
    clock = TurnableClock(running=False)
    poller = OtherPoller(clock, lambda: None)
    for _ in range(10):
        poller.note_conflict()
        clock.turn(timedelta(minutes=1))
        poller.note_answer()


def test_the_pause_grows_to_half_a_minute_and_another_alarm_comes_after_ten_quiet_ones() -> None:
    clock = TurnableClock(running=False)
    alarms: list[str] = []
    poller = OtherPoller(clock, lambda: alarms.append("told"))
    for _ in range(2):
        for _ in range(25):
            clock.turn(timedelta(seconds=30))
            poller.note_answer()
        pauses = [poller.note_conflict() for _ in range(20)]
        assert pauses == sorted(pauses)
        assert pauses[9:12] == [0.5, 1.0, 2.0]
        assert pauses[-1] == 30.0
    assert len(alarms) == 2
