"""A card that everybody taps at once. The clock stands still between its turns, so that how often the card
is redrawn in a minute says nothing about the machine."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.bot_api.pace import Limits
from bot.clock import TurnableClock
from playground.chats import Message
from playground.people import Person
from tests.actions.announce import announce
from tests.delivery.test_turn import attempts, cards_in, turned_until
from tests.yard import NOON, Yard

pytestmark = pytest.mark.databases("sqlite", "postgresql")  # this is about rows

WAVES, IN_A_WAVE = 10, 20


@pytest.fixture
def clock() -> TurnableClock:
    return TurnableClock(NOON, running=False)


def whispers(yard: Yard) -> int:
    """What was said to one person in the group; the very first takes two requests."""
    return attempts(yard) + attempts(yard, "editEphemeralMessageText")


async def all_tap(yard: Yard, card: Message, people: list[Person]) -> None:
    taps = [yard.world.tap(person, card, (0, 0)) for person in people]
    await yard.world.until(lambda: all(tap.answer for tap in taps))


async def test_a_storm_of_taps_costs_few_edits_and_loses_none(yard: Yard) -> None:
    card = await announce(yard, yard.ales)
    crowd = [yard.world.add_person(f"Neighbour {number}") for number in range(WAVES * IN_A_WAVE)]
    for person in crowd:
        yard.world.join(yard.group, person)
    yard.clock.turn(timedelta(minutes=2))
    yard.server.limits.enforce = True
    before = attempts(yard, "editMessageText")
    for wave in range(WAVES):
        await all_tap(yard, card, crowd[wave * IN_A_WAVE : (wave + 1) * IN_A_WAVE])
        yard.clock.turn(timedelta(minutes=1) / WAVES)
    assert attempts(yard, "editMessageText") - before <= Limits().group_edits
    await turned_until(yard, lambda: "👥 200 come" in card.text)
    assert yard.server.limits.refused == 0
    assert cards_in(yard.group) == [card]


async def test_many_who_ask_leave_the_card_its_share_of_the_minute(yard: Yard) -> None:
    yard.promote_bot()
    card = await announce(yard, yard.ales)
    crowd = [yard.world.add_person(f"Neighbour {number}") for number in range(28)]
    for person in crowd:
        yard.world.join(yard.group, person)
    yard.clock.turn(timedelta(minutes=2))
    yard.server.limits.enforce = True
    before = whispers(yard)
    for person in crowd:
        yard.say(person, "/help", ephemeral=True)
    await yard.world.until(lambda: whispers(yard) - before == Limits().group_whispers)
    await all_tap(yard, card, crowd[:1])
    await turned_until(yard, lambda: "👥 1 comes" in card.text, seconds=1, most=5)
    assert whispers(yard) - before == Limits().group_whispers
    assert yard.server.limits.refused == 0
