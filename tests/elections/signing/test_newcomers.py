"""Only members sign; where the bot is an administrator, only those who were there when it opened."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from playground.chats import Message
from playground.people import Person
from playground.taps import CallbackAnswer
from tests.elections.campaign import (
    Records,
    agreed,
    announce,
    by_two,
    manage,
    neighbours,
    open_signing,
    organiser,
    sign_at_once,
    stand,
)
from tests.elections.ending.test_closing import close
from tests.safety.traces import kept_rows
from tests.yard import Yard

ON_ONE_DATABASE = pytest.mark.databases("sqlite")
"""What is asked here, no database decides."""

TOO_LATE = "You joined this chat after the election opened"


async def opened(yard: Yard) -> Message:
    """An election in which Tom stands, and the bot an administrator; gives the card."""
    await announce(yard)
    card = await stand(yard, yard.tom, "Vera K.")
    yard.promote_bot()
    await yard.quiet()
    return card


def come(yard: Yard, name: str = "Newcomer") -> Person:
    person = yard.world.add_person(name, language="en")
    yard.world.join(yard.group, person)
    return person


def come_back(yard: Yard, person: Person) -> None:
    yard.world.leave(yard.group, person)
    yard.world.join(yard.group, person)


async def test_who_joins_later_is_told_so_and_cannot_sign(yard: Yard) -> None:
    before = come(yard, "Neighbour of old")
    card = await opened(yard)
    late = come(yard)
    for data in ("e.sign:1", "e.confirm:1:1", "e.sign!:1:1", "e.signin!:1:1:1"):
        answer = await yard.forge(late, card, data)
        assert TOO_LATE in (answer.text or ""), data
    assert Records(yard).signatures == []
    await sign_at_once(yard, before, card)
    assert len(Records(yard).signatures) == 1

    # It is remembered until the end, and no longer.
    assert kept_rows(yard)["joiner"]
    await close(yard, yard.vera, card)
    assert kept_rows(yard)["joiner"] == b""


@ON_ONE_DATABASE
async def test_a_raid_gets_nowhere_and_costs_telegram_no_question(yard: Yard) -> None:
    card = await opened(yard)
    raiders = neighbours(yard, 200)
    asked = sum(call.method == "getChatMember" for call in yard.world.calls)
    await raid(yard, raiders, card)
    assert sum(call.method == "getChatMember" for call in yard.world.calls) == asked
    assert len(yard.group.messages) < 230, "the bot says nothing to the crowd"


async def test_leaving_and_coming_back_neither_helps_nor_harms(yard: Yard) -> None:
    card = await opened(yard)
    await sign_at_once(yard, yard.nina, card)
    for person in (yard.nina, yard.ales):
        come_back(yard, person)
    # Who had signed goes on as before; who hadn't can't be told from a newcomer.
    await sign_at_once(yard, yard.nina, card)
    await yard.forge(yard.nina, card, "e.withdraw:1")
    await sign_at_once(yard, yard.nina, card)
    answer = await sign_at_once(yard, yard.ales, card)
    assert "далучыліся" in (answer.text or "")
    assert [c.signatures for c in Records(yard).candidates] == [1]


@ON_ONE_DATABASE
async def test_who_left_or_was_banned_does_not_sign_by_an_old_page(yard: Yard) -> None:
    card = await opened(yard)
    page = await open_signing(yard, yard.vera, card)
    assert page.is_ephemeral
    private = await yard.follow(yard.nina, await _second_tap(yard, yard.nina))
    in_private = await yard.hears(yard.nina, "Vera K.", private)
    yard.world.kick(yard.group, yard.nina, yard.vera)
    answer = await yard.tap(yard.nina, in_private, (0, 0))
    # Telegram is asked, unless its word that she is gone came before the tap.
    assert any(why in (answer.text or "") for why in ("уже нет в том чате", "Время вышло"))
    assert Records(yard).signatures == []


@ON_ONE_DATABASE
async def test_two_organisers_let_newcomers_in_and_bar_them_again(yard: Yard) -> None:
    card = await opened(yard)
    late, idle = come(yard), come(yard, "Came and waited")
    answer = await yard.forge(yard.tom, card, "ec.let!:1:1")
    assert "Only this chat's administrators" in (answer.text or "")
    second = organiser(yard)
    page = await manage(yard, yard.vera, card)
    await yard.tap(yard.vera, page, "Let newcomers sign")
    await agreed(yard, second, "wants those who joined the chat after the beginning to sign too")
    await yard.hears(yard.tom, "to sign too.\n\n✅ Done")
    await yard.settled(61)
    await yard.world.until(lambda: "after the beginning may sign too" in card.text)
    await sign_at_once(yard, late, card)
    while_open = come(yard, "Came while it was allowed")
    assert len(Records(yard).signatures) == 1

    await by_two(yard, second, card, "ec.let!:1:0")
    await yard.settled(61)
    await yard.world.until(lambda: "after the beginning may" not in card.text)
    for person in (idle, while_open, come(yard, "Later still")):
        answer = await sign_at_once(yard, person, card)
        assert TOO_LATE in (answer.text or "")
    assert len(Records(yard).signatures) == 1, "who signed stays signed"
    await yard.forge(late, card, "e.withdraw:1")
    answer = await sign_at_once(yard, late, card)
    assert TOO_LATE in (answer.text or ""), "what was given back can't be given anew"


@ON_ONE_DATABASE
async def test_switched_to_and_fro_within_a_second_a_raid_signs_nothing(yard: Yard) -> None:
    card = await opened(yard)
    raiders = neighbours(yard, 10)
    await yard.quiet()
    for may in (1, 0):
        await yard.forge(yard.vera, card, f"ec.let!:1:{may}")
    await raid(yard, raiders, card)
    await yard.card("wants those who joined the chat after the beginning to sign too")

    # Nor do two who are of one mind erase who came late.
    second = organiser(yard)
    await yard.forge(second, card, "ee.stop!:1")
    for may in (1, 0):
        await by_two(yard, second, card, f"ec.let!:1:{may}")
    await raid(yard, raiders, card)


async def raid(yard: Yard, raiders: list[Person], card: Message) -> None:
    """All of them try to sign, and nobody can."""
    signing = await yard.stored("e.sign!:1:1")
    taps = [yard.world.tap_data(person, card, signing) for person in raiders]
    for answer in await asyncio.gather(*(yard.world.answered(tap) for tap in taps)):
        assert "after the election opened" in (answer.text or "")
    assert Records(yard).signatures == []


async def test_without_rights_a_tap_in_the_group_is_the_proof(yard: Yard) -> None:
    """Telegram tells an ordinary member nothing of who joins, nor of who is there."""
    await announce(yard)
    card = await stand(yard, yard.tom, "Vera K.")
    await sign_at_once(yard, come(yard), card)
    assert len(Records(yard).signatures) == 1
    assert kept_rows(yard)["joiner"] == b""


async def _second_tap(yard: Yard, person: Person) -> CallbackAnswer:
    """The second tap finds that the whisper didn't arrive, and leads into the private chat."""
    card = await yard.card("Vera K.")
    await yard.tap(person, card, (0, 0))
    yard.clock.turn(timedelta(seconds=5))
    return await yard.tap(person, card, (0, 0))
