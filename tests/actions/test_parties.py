"""Neighbours bring others, and where room is short they wait in a line that moves by itself."""

from __future__ import annotations

import asyncio

import pytest

from bot.domain.actions.answers import Answer
from bot.person.place import Person
from handlers.actions.heart.answering import come_with, give_answer
from playground import people
from playground.chats import Message
from playground.taps import CallbackAnswer
from tests.actions.announce import CONCERT, announce, behind_more
from tests.actions.past_the_door import tried
from tests.actions.test_answering import shows
from tests.actions.test_careful_counts import at_the_hour, choose
from tests.yard import Yard

pytestmark = pytest.mark.databases("sqlite", "postgresql")  # who waits is about rows


async def announce_for(yard: Yard, room: str) -> Message:
    """Tom announces a concert with room for so many; gives the card."""
    yard.say(yard.tom, CONCERT)
    preview = await yard.hears(yard.tom, "Concert")
    await yard.tap(yard.tom, preview, "👥")
    await yard.world.until(lambda: "For how many" in preview.text)
    await yard.tap(yard.tom, preview, room)
    await yard.world.until(lambda: f"Room for {room}" in preview.text)
    await yard.tap(yard.tom, preview, "Publish")
    return await yard.card("Concert")


async def comes(yard: Yard, person: people.Person, card: Message, how_many: str) -> CallbackAnswer:
    """Somebody says Going, and behind ⋯ how many they are; their whispers' minute passes."""
    await yard.tap(person, card, "Going")
    answer = await yard.tap(person, await behind_more(yard, person, card), how_many)
    await yard.settled(61)
    return answer


async def make_room(yard: Yard, card: Message, room: str) -> None:
    """Tom says that there is room for so many."""
    page = await behind_more(yard, yard.tom, card)
    await yard.tap(yard.tom, page, "👥")
    await yard.world.until(lambda: "For how many" in page.text)
    await yard.tap(yard.tom, page, room)
    await yard.world.until(lambda: "Save" in str(yard.labels(page)))
    await yard.tap(yard.tom, page, "Save")
    await yard.hears(yard.nina, "This has changed")
    await yard.settled(61)


async def test_whoever_comes_brings_others(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    page = await behind_more(yard, yard.vera, card)
    assert "1" not in yard.labels(page)  # before they come, nobody is asked how many they are
    await yard.settled(130)
    await yard.tap(yard.vera, card, "Going")
    page = await behind_more(yard, yard.vera, card)
    assert "You're coming: 1 person" in page.text
    await yard.tap(yard.vera, page, "3")
    await yard.world.until(lambda: "You're coming: 3 people" in page.text)
    assert "✓ 3" in yard.labels(page)
    await yard.tap(yard.nina, card, "Going")
    await shows(yard, card, "4 come")
    await yard.tap(yard.vera, page, "2")
    await shows(yard, card, "3 come")
    answer = await yard.tap(yard.vera, card, "Going")
    assert answer.text == "Your answer is removed."
    await shows(yard, card, "1 comes")


async def test_where_room_is_short_neighbours_wait_and_move_up(yard: Yard) -> None:
    card = await announce_for(yard, "5")
    assert "👥 0 of 5 places taken" in card.text
    await comes(yard, yard.ales, card, "4")
    await yard.tap(yard.nina, card, "Going")
    await shows(yard, card, "All 5 places taken")
    answer = await yard.tap(yard.tom, card, "Going")
    assert (answer.text or "").startswith("Every place is taken: you're number 1 in line.")
    answer = await yard.tap(yard.vera, card, "Going")
    assert (answer.text or "").startswith("Every place is taken: you're number 2 in line.")
    await shows(yard, card, "All 5 places taken, 2 in line")
    waiting = await behind_more(yard, yard.tom, card)
    assert "You're in line: 1 person, number 1." in waiting.text
    await yard.settled(130)  # sooner the same tap would be of somebody who doesn't see the whisper
    await yard.tap(yard.nina, card, "Maybe")
    await shows(yard, card, "All 5 places taken, 1 in line, 1 perhaps")
    assert "You're coming" in (await behind_more(yard, yard.tom, card)).text


async def test_a_party_that_does_not_fit_is_passed_over_and_keeps_its_place(yard: Yard) -> None:
    card = await announce_for(yard, "5")
    await comes(yard, yard.ales, card, "4")
    await comes(yard, yard.nina, card, "1")
    await comes(yard, yard.tom, card, "2")
    await shows(yard, card, "All 5 places taken, 2 in line")
    await yard.tap(yard.vera, card, "Going")
    await yard.tap(yard.nina, card, "Going")  # one place comes free: Vera fits, Tom's two don't
    await shows(yard, card, "All 5 places taken, 2 in line")
    assert "2 people, number 1" in (await behind_more(yard, yard.tom, card)).text
    await yard.tap(yard.ales, card, "Going")
    await shows(yard, card, "3 of 5 places taken")


async def test_who_has_a_place_does_not_lose_it_by_asking_for_more(yard: Yard) -> None:
    card = await announce_for(yard, "5")
    await comes(yard, yard.ales, card, "2")
    answer = await comes(yard, yard.vera, card, "4")
    assert answer.text == "There's room for 3 of you, and no more are free now."
    await shows(yard, card, "3 of 5 places taken")


async def test_more_room_lets_those_in_who_waited(yard: Yard) -> None:
    card = await announce_for(yard, "5")
    await comes(yard, yard.ales, card, "5")
    await yard.tap(yard.vera, card, "Going")
    await shows(yard, card, "All 5 places taken, 1 in line")
    await make_room(yard, card, "8")
    await shows(yard, card, "6 of 8 places taken")


async def test_who_has_a_place_keeps_it_where_there_is_room_for_fewer_by_now(yard: Yard) -> None:
    card = await announce_for(yard, "8")
    await comes(yard, yard.ales, card, "4")
    await comes(yard, yard.vera, card, "3")
    await make_room(yard, card, "5")
    await shows(yard, card, "All 5 places taken")
    page = await behind_more(yard, yard.vera, card)
    await yard.tap(yard.vera, page, "2")
    await yard.world.until(lambda: "You're coming: 2 people" in page.text)


async def test_where_numbers_are_careful_nobody_learns_how_many_places_are_free(yard: Yard) -> None:
    await choose(yard, "In fives, at full hours")
    card = await announce_for(yard, "5")
    await comes(yard, yard.ales, card, "2")
    answer = await comes(yard, yard.vera, card, "6")
    assert answer.text == "There isn't room for that many of you now. Your places stay yours."


async def test_where_numbers_are_careful_more_room_shows_at_the_hour(yard: Yard) -> None:
    await choose(yard, "In fives, at full hours")
    card = await announce_for(yard, "5")
    await comes(yard, yard.ales, card, "5")
    await comes(yard, yard.vera, card, "6")
    await at_the_hour(yard)
    await shows(yard, card, "All 5 places taken, 5 in line")
    await make_room(yard, card, "12")
    assert "5 in line" in card.text
    await at_the_hour(yard)
    await shows(yard, card, "10 of 12 places taken")


async def test_where_numbers_are_careful_small_rooms_say_only_for_how_many(yard: Yard) -> None:
    await choose(yard, "In fives, at full hours")
    yard.say(yard.tom, CONCERT)
    preview = await yard.hears(yard.tom, "Concert")
    await yard.tap(yard.tom, preview, "👥")
    await yard.world.until(lambda: "For how many" in preview.text)
    private = await yard.follow(yard.tom, await yard.tap(yard.tom, preview, "Another number"))
    await yard.hears(yard.tom, "Write me the number", private)
    yard.say(yard.tom, "3", chat=private)
    await yard.tap(yard.tom, await yard.hears(yard.tom, "Room for 3", private), "Publish")
    card = await yard.card("Concert")
    assert "👥 Room for 3\n" in card.text


async def test_a_number_of_ones_own_is_typed_in_private(yard: Yard) -> None:
    yard.say(yard.tom, CONCERT)
    preview = await yard.hears(yard.tom, "Concert")
    await yard.tap(yard.tom, preview, "👥")
    await yard.world.until(lambda: "For how many" in preview.text)
    private = await yard.follow(yard.tom, await yard.tap(yard.tom, preview, "Another number"))
    await yard.hears(yard.tom, "Write me the number", private)
    yard.say(yard.tom, "a whole crowd", chat=private)
    await yard.hears(yard.tom, "Write a number up to 1000", private)
    yard.say(yard.tom, "18", chat=private)
    await yard.hears(yard.tom, "Room for 18", private)


async def test_where_numbers_are_careful_nobody_learns_how_many_wait(yard: Yard) -> None:
    await choose(yard, "In fives, at full hours")
    card = await announce_for(yard, "5")
    assert "Fewer than 5 of 5 places taken" in card.text
    await comes(yard, yard.ales, card, "5")
    answer = await yard.tap(yard.tom, card, "Going")
    assert (answer.text or "").startswith("Every place is taken: you're in line.")
    assert "You're in line: 1 person. As soon" in (await behind_more(yard, yard.tom, card)).text


async def test_forged_numbers_of_guests_have_no_effect(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    for data in ("a.with!:1:6", "a.with!:99:1", "a.with!:1:-1", "a.with!:1"):
        answer = await yard.forge(yard.nina, card, data)
        assert answer.show_alert
    await yard.tap(yard.tom, card, "Maybe")
    await shows(yard, card, "1 perhaps")


async def test_one_place_and_two_at_once(yard: Yard) -> None:
    """Past the front door, which takes one tap a chat at a time: several processes would not."""
    await announce_for(yard, "5")
    await tried(yard, come_with, Person(1), 1, 3)
    given = await asyncio.gather(
        *(tried(yard, give_answer, Person(number), 1, Answer.GOING) for number in (2, 3, 4))
    )
    assert sorted(each.number or 0 for each in given if each) == [0, 1, 2]
