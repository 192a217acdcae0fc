"""Numbers of an action that tell nobody whose tap moved them, where a chat has chosen that."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select

from playground.chats import Message
from playground.people import Person
from storage import actions
from storage.actions import ActionRow
from storage.database import Database
from tests.actions.announce import announce
from tests.chats.setting_up import settings, speak
from tests.elections.campaign import eventually, neighbours
from tests.yard import Yard, page_after, turn_to_full_hour

pytestmark = pytest.mark.databases("sqlite", "postgresql")  # this is about rows


async def choose(yard: Yard, way: str) -> Message:
    """Vera chooses how numbers move; gives the page."""
    page = await page_after(yard, yard.vera, "/careful")
    await yard.tap(yard.vera, page, way)
    await yard.world.until(lambda: f"✓ {way}" in yard.labels(page))
    return page


async def answer_all(yard: Yard, people: list[Person], card: Message) -> None:
    for person in people:
        await yard.tap(person, card, (0, 0))
        await yard.settled(25)


async def at_the_hour(yard: Yard) -> None:
    await turn_to_full_hour(yard, actions.next_publishing)
    await yard.settled(61)


def shows(card: Message) -> str:
    """What a card says of its numbers."""
    return next((line for line in card.text.splitlines() if line.startswith("👥")), "")


def edits(yard: Yard, card: Message) -> int:
    """Of the card alone: its author's page tells a little later that it is published."""
    edited = [call for call in yard.world.calls if call.method.startswith("edit")]
    return sum(call.params.get("message_id") == str(card.message_id) for call in edited)


def stored(yard: Yard) -> list[ActionRow]:
    database = Database(yard.database_url)
    try:
        query = select(ActionRow).order_by("id")
        return database.read_now(lambda session: list(session.exec(query)))
    finally:
        database.close()


async def test_who_watches_the_card_sees_one_tick_at_the_hour(yard: Yard) -> None:
    await choose(yard, "In fives, at full hours")
    card = await announce(yard, yard.tom)
    assert "In fives, as of 12:00, Wed 21 October" in card.text
    nothing = "👥 Fewer than 5 come so far"
    assert shows(card) == nothing
    people = neighbours(yard, 12)
    await yard.settled(61)
    seen = edits(yard, card)
    await answer_all(yard, people[:7], card)
    assert (edits(yard, card), shows(card)) == (seen, nothing)
    # Whatever makes the card be drawn again shows nothing newer.
    await speak(yard, "Русский")
    await yard.settled(61)
    await yard.world.until(lambda: "Приду" in str(yard.labels(card)))
    assert shows(card) == "👥 Пока меньше 5"
    await answer_all(yard, people[7:9], card)
    await at_the_hour(yard)
    await yard.world.until(lambda: shows(card) == "👥 Придут 5")
    assert "Пятёрками, на 13:00, 21 октября (ср)" in card.text
    assert edits(yard, card) > seen


async def test_the_hour_comes_while_the_bot_is_away_and_only_fives_are_kept(yard: Yard) -> None:
    await choose(yard, "In fives, at full hours")
    card = await announce(yard, yard.tom)
    await answer_all(yard, neighbours(yard, 8), card)
    await yard.stop()
    yard.clock.turn(timedelta(hours=3))
    await yard.start()
    await yard.settled(61)
    await yard.world.until(lambda: shows(card) == "👥 5 come")
    yard.clock.turn(timedelta(days=3))
    await eventually(lambda: stored(yard)[0].final_going is not None)
    await yard.settled(61)
    await yard.world.until(lambda: "they'd come: 5." in card.text)
    (row,) = stored(yard)
    assert (row.final_going, row.final_maybe, row.publish_at) == (5, 0, None)


async def test_it_holds_at_once_and_is_never_taken_back(yard: Yard) -> None:
    """Whoever answered under this promise can rely on it."""
    card = await announce(yard, yard.tom)
    await answer_all(yard, neighbours(yard, 7), card)
    await yard.world.until(lambda: shows(card) == "👥 7 come")
    assert "whoever watches it closely" in (await page_after(yard, yard.tom, "/actions")).text
    await choose(yard, "In fives, at full hours")
    await yard.settled(61)
    await yard.world.until(lambda: shows(card) == "👥 5 come")
    assert "nobody can tell" in (await page_after(yard, yard.tom, "/actions")).text
    await choose(yard, "With each tap")
    await yard.settled(61)
    assert shows(card) == "👥 5 come"
    yard.say(yard.tom, "/action tomorrow 20:00 Tea @ Fountain")
    await yard.tap(yard.tom, await yard.hears(yard.tom, "📣 Tea"), "Publish")
    later = await yard.card("📣 Tea")
    await yard.tap(yard.nina, later, "Going")
    await yard.settled(61)
    await yard.world.until(lambda: shows(later) == "👥 1 comes")


async def test_only_organisers_choose(yard: Yard) -> None:
    page = await page_after(yard, yard.tom, "/careful")
    assert page.text.startswith("Only this chat's administrators")
    welcome = await yard.card("Hello, neighbours")
    for forged in ("c.careful!:1:1", "c.careful:1"):
        answer = await yard.forge(yard.tom, welcome, forged)
        assert (answer.text or "").startswith("Only this chat's administrators")
    answer = await yard.forge(yard.vera, welcome, "c.careful!:999:1")
    assert answer.show_alert
    assert "🔢 Numbers: with each tap" in yard.labels(await settings(yard))
