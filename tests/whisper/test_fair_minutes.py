"""A group's minute is everybody's: who asks much uses up nothing that a neighbour needs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.clock import TurnableClock
from playground.chats import Message
from tests.yard import NOON, Yard, page_after

pytestmark = pytest.mark.databases("sqlite")

READ = ["🙊"]


@pytest.fixture
def clock() -> TurnableClock:
    return TurnableClock(NOON, running=False)


async def replied(yard: Yard, command: Message) -> None:
    await yard.world.until(lambda: any(m.reply_to is command for m in yard.group.log))


@pytest.mark.parametrize(("is_administrator", "minutes"), [(False, 8), (True, 2)])
async def test_who_asks_every_second_unseen_leaves_a_neighbour_their_answers(
    yard: Yard, is_administrator: bool, minutes: int
) -> None:
    if is_administrator:
        yard.promote_bot()
    mallory = yard.world.add_person("Mallory")
    yard.world.join(yard.group, mallory)
    yard.clock.turn(timedelta(minutes=2))
    yard.server.limits.enforce = True
    for number in range(minutes * 6):
        for _ in range(10):
            yard.say(mallory, "/help", ephemeral=True)
        if number % 2:
            await page_after(yard, yard.tom, "/actions")
        yard.clock.turn(timedelta(seconds=10))
    assert yard.server.limits.refused == 0


async def test_many_visible_commands_of_one_person_are_signed_and_answered_in_private(
    yard: Yard,
) -> None:
    yard.world.start(yard.nina)
    for number in range(8):
        command = yard.say(yard.nina, "/actions", ephemeral=False)
        if number < 7:
            await replied(yard, command)
    aside = await yard.hears(yard.nina, "Сейчас я не могу писать", yard.world.private(yard.nina))
    assert "Пока ничего" in aside.text, "the answer itself"
    first = yard.say(yard.tom, "/actions", ephemeral=False)
    await replied(yard, first)


async def test_the_same_refusal_is_said_once_while_it_stands(yard: Yard) -> None:
    first = yard.say(yard.tom, "/action yesterday 19:00 Tea", ephemeral=False)
    await replied(yard, first)
    again = yard.say(yard.tom, "/action yesterday 19:00 Tea", ephemeral=False)
    await yard.world.until(lambda: again.reactions.get(yard.world.bot.id) == READ)
    other = yard.say(yard.nina, "/action yesterday 19:00 Tea", ephemeral=False)
    await replied(yard, other)
    assert not [m for m in yard.group.log if m.reply_to is again]
    yard.clock.turn(timedelta(seconds=31))
    later = yard.say(yard.tom, "/action yesterday 19:00 Tea", ephemeral=False)
    await replied(yard, later)
