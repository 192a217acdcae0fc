"""An update that waits holds up nobody: neither other chats, nor what its own chat says after it."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from bot.clock import TurnableClock
from playground.chats import Chat, Message
from playground.people import Person
from playground.taps import Tap
from tests.actions.announce import announce
from tests.intake.test_journal import journal_of
from tests.person.test_membership import way_into_private
from tests.yard import NOON, Yard

pytestmark = pytest.mark.databases("sqlite")

MORE_THAN_TELEGRAM_SHOWS = 120


@pytest.fixture
def clock() -> TurnableClock:
    """It stands still: what waits for Telegram's limits waits until a test turns it."""
    return TurnableClock(NOON, running=False)


def crowd(yard: Yard, name: str, count: int) -> list[Person]:
    return [yard.world.add_person(f"{name} {number}") for number in range(count)]


async def second_group(yard: Yard, members: list[Person]) -> Chat:
    group = yard.world.add_group("Yard 6", yard.vera, members=members)
    yard.world.add_bot(group, by=yard.vera)
    await yard.hears(yard.vera, "Hello, neighbours", group)
    yard.clock.turn(timedelta(minutes=2))
    return group


def tap_all(yard: Yard, card: Message, people: list[Person], times: int) -> list[Tap]:
    for person in people:
        yard.world.join(card.chat, person)
    return [
        yard.world.tap(person, card, (0, number % 2))
        for number in range(times)
        for person in people
    ]


def helped(yard: Yard, group: Chat) -> list[Message]:
    return [m for m in group.log if m.sender is yard.world.bot and "I help neighbours" in m.text]


async def all_answered(yard: Yard, taps: list[Tap]) -> None:
    await yard.world.until(lambda: all(tap.answer for tap in taps))


async def test_four_hundred_taps_are_answered_while_another_groups_commands_wait(
    yard: Yard,
) -> None:
    """By the clock that the commands wait for it takes no time at all."""
    card = await announce(yard, yard.ales)
    asking = crowd(yard, "Neighbour", MORE_THAN_TELEGRAM_SHOWS)
    other = await second_group(yard, asking)
    yard.world.promote(other, yard.world.bot, yard.vera)
    for person in asking:
        yard.say(person, "/help", chat=other, ephemeral=True)
    await all_answered(yard, tap_all(yard, card, crowd(yard, "Tapper", 20), 20))
    assert 0 < len(helped(yard, other)) < len(asking)


async def test_a_question_to_telegram_holds_up_neither_its_own_group_nor_others(yard: Yard) -> None:
    card = await announce(yard, yard.ales)
    other = await second_group(yard, [yard.tom])
    yard.promote_bot()  # it hears everything now
    question = yard.server.faults.add("getChatAdministrators", "hold")
    yard.say(yard.vera, "/quiet")
    await yard.world.until(lambda: question.struck)
    for number in range(MORE_THAN_TELEGRAM_SHOWS):
        yard.say(yard.tom, f"Look, number {number}")
    tap = yard.world.tap(yard.nina, card, (0, 0))
    yard.say(yard.tom, "/help", chat=other)
    await yard.world.answered(tap)
    await yard.hears(yard.tom, "I help neighbours", other)
    question.released.set()
    await yard.hears(yard.vera, "Quiet")
    await yard.quiet()


async def test_questions_about_private_taps_hold_up_no_group_and_no_tap_is_lost(
    yard: Yard,
) -> None:
    """In private all wait for the first, and they are more than Telegram shows at once."""
    card = await announce(yard, yard.ales)
    people = crowd(yard, "Neighbour", 7)
    for person in people:
        yard.world.join(yard.group, person)
        yard.world.promote(yard.group, person, yard.vera)
    yard.promote_bot()
    pages = {person: await way_into_private(yard, person) for person in people}
    yard.clock.turn(timedelta(minutes=1))
    question = yard.server.faults.add("getChatMember", "hold", times=len(people))
    taps = [
        yard.world.tap_data(person, page, f"a.answer:1:{word}")
        for person, page in pages.items()
        for word in ("going", "cant") * 8
    ]
    await yard.world.until(lambda: question.struck == len(people))
    first = yard.world.tap(yard.tom, card, (0, 0))
    await yard.world.answered(first)
    assert not any(tap.answer for tap in taps)
    question.released.set()
    await all_answered(yard, taps)
    assert all(
        tap.answer and ("See you there" in str(tap.answer.text)) == tap.data.endswith("going")
        for tap in taps
    )


async def test_after_a_crash_commands_that_wait_hold_up_nobody_either(yard: Yard) -> None:
    """Those that were in hand are tried one at a time, to know the one to blame."""
    card = await announce(yard, yard.ales)
    yard.promote_bot()
    asking = crowd(yard, "Neighbour", 20)
    for person in asking:
        yard.world.join(yard.group, person)
    await yard.quiet()
    await yard.stop()
    for person in asking:
        yard.say(person, "/help", ephemeral=True)
    in_hand = {update.update_id: 0 for update in yard.world.updates.waiting()}
    journal_of(yard).write_text(json.dumps(in_hand))
    tap = yard.world.tap(yard.nina, card, (0, 0))
    await yard.start()
    await yard.world.answered(tap)
    assert len(helped(yard, yard.group)) < len(asking)
