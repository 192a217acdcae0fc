"""Somebody watches whatever the chat shows, sees who taps, and wants to know whose tap moved a number."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest

from playground.chats import Message
from tests.elections.campaign import (
    Records,
    agreed,
    announce,
    at_the_hour,
    by_two,
    list_buildings,
    neighbours,
    organiser,
    sign,
    sign_at_once,
    stand,
)
from tests.elections.looking import content, look
from tests.elections.paper.collecting import documents, ledger, order
from tests.yard import Yard, turn_to

pytestmark = pytest.mark.databases("sqlite", "postgresql")  # this is about rows

HOUSES = "Fountain street 5: 60\nOak lane 1: 60"


async def campaign(yard: Yard) -> Message:
    """An election of 120 with two buildings; gives the card. Thirty signatures are enough."""
    await list_buildings(yard, HOUSES)
    await announce(yard, "/elect Representative of Yard 5")
    return await stand(yard, yard.tom, "Vera K.")


def seen_by_all(yard: Yard) -> tuple[int, list[str]]:
    """How often the bot edited or pinned something, and what everyone reads."""
    deeds = [call for call in yard.world.calls if call.method.startswith(("edit", "pin", "unpin"))]
    return len(deeds), [m.text for m in yard.group.messages if not m.is_ephemeral]


async def test_who_watches_thirty_taps_sees_one_tick_at_the_hour(yard: Yard) -> None:
    card = await campaign(yard)
    await yard.settled(601)
    # What was said to single people for a while is gone.
    await yard.world.until(
        lambda: not any("your eyes only" in each for each in seen_by_all(yard)[1])
    )
    people, random = neighbours(yard, 30), Random(5)
    before = await look(yard, yard.tom)
    text, picture, changes = before.text, content(before), Records(yard).card.changes
    seen = seen_by_all(yard)
    for number, person in enumerate(people):
        await yard.forge(person, card, f"e.signin!:1:1:{1 + number % 2}")
        await yard.settled(random.uniform(20, 60))
        assert seen_by_all(yard) == seen, f"something moved after tap {number + 1}"
    now = await look(yard, yard.tom)
    assert (now.text, content(now)) == (text, picture)
    assert Records(yard).card.changes == changes

    card = await at_the_hour(yard, "30 / 30")
    assert Records(yard).card.changes == changes + 1
    assert "As of 13:00, Wed 21 October" in card.text
    edits = [call for call in yard.world.calls[-40:] if call.method == "editMessageText"]
    assert len([call for call in edits if "30 / 30" in str(call.params)]) == 1
    told = await look(yard, yard.tom)
    assert "Fountain street 5: 15\nOak lane 1: 15" in told.text
    await yard.hears(yard.tom, "has enough signatures")


async def test_the_hour_comes_while_the_bot_is_away(yard: Yard) -> None:
    """It tells what stood at the hour, and a tap that waited for the bot isn't in it."""
    card = await campaign(yard)
    people = neighbours(yard, 14)
    for person in people[:6]:
        await sign_at_once(yard, person, card)
    signing = await yard.stored("e.sign!:1:1")
    await yard.stop()
    turn_to(yard, "2026-10-21 10:20")
    late = [yard.world.tap_data(person, card, signing) for person in people[6:]]
    await yard.start()
    for tap in late:
        await yard.world.answered(tap)
    await yard.settled(61)
    card = await yard.card("▱ 5 / 30")
    assert "As of 13:00, Wed 21 October" in card.text
    (row,) = Records(yard).candidates
    assert (row.published, row.shown, row.signatures) == (6, 5, 6 + len(late))
    await at_the_hour(yard, "/ 30")
    assert Records(yard).candidates[0].published == 6 + len(late)
    assert Records(yard).elections[0].publish_at is None, "nothing waits any more"


async def test_no_act_of_an_organiser_shows_what_came_since_the_hour(yard: Yard) -> None:
    """Whatever makes the card be drawn again, the number from the chat is the one of the hour."""
    card = await campaign(yard)
    second, people = organiser(yard), neighbours(yard, 13)
    await stand(yard, second, "Adam L.")
    yard.world.start(yard.vera)
    for person in people[:7]:
        await yard.forge(person, card, "e.signin!:1:1:1")
    await at_the_hour(yard, "▱ 5 / 30")
    for person in people[7:]:
        await yard.forge(person, card, "e.signin!:1:1:1")
    assert Records(yard).candidates[0].signatures == 13

    async def still_five(*containing: str) -> None:
        await yard.settled(61)
        for words in ("Vera K.", "As of 13:00", *containing):
            await yard.card(words)
        records = Records(yard)
        assert (records.candidates[0].shown, records.buildings_shown) == (5, {1: 5})

    question = await order(yard, "/sheet 10 Oak lane 1")
    await yard.tap(yard.vera, question, "Vera K.")
    await yard.world.until(lambda: documents(yard))
    await yard.settled(
        61
    )  # past the minute in which one person gets only so many answers in a group
    await ledger(yard, "/paper 1 returned 4")
    await ledger(yard, "/paper 1 checked 4")
    await still_five("9 / 30", "in the chat 5, on paper 4")
    await by_two(yard, second, card, "ec.let!:1:1")
    await still_five("after the beginning may sign too")
    await yard.forge(second, card, "ec.leave!:1")
    await still_five()
    await list_buildings(yard, "Oak lane 1: 20")
    await yard.quiet()
    yard.clock.turn(timedelta(minutes=2))
    await agreed(yard, second, "would be counted again, for 80 residents")
    # Of twenty the 13 and 4 would be 15 and more.
    await still_five("9 / 20")
    await at_the_hour(yard, "in the chat 10, on paper 4")


async def test_who_signs_is_told_when_the_number_may_move_and_nothing_more(yard: Yard) -> None:
    """The fifth reads what the first read: else whoever signs and withdraws would learn the true count."""
    await announce(yard)
    card = await stand(yard, yard.tom, "Vera K.")
    first = await sign(yard, yard.vera, card)
    for person in neighbours(yard, 3):
        await sign_at_once(yard, person, card)
    fifth = await sign(yard, yard.tom, card)
    assert "in fives and at full hours, at 13:00 at the earliest" in first.text
    assert fifth.text == first.text


async def test_where_nothing_changed_nothing_is_written(yard: Yard) -> None:
    card = await campaign(yard)
    people = neighbours(yard, 3)
    for person in people:
        await sign_at_once(yard, person, card)
    await at_the_hour(yard, "fewer than 5")
    changes = Records(yard).card.changes
    assert "As of 12:00" in card.text, "the card isn't drawn anew to say another hour"
    assert Records(yard).elections[0].publish_at is None
    for person in people:
        await yard.forge(person, card, "e.withdraw:1")
    await at_the_hour(yard, "fewer than 5")
    assert Records(yard).card.changes == changes
    # Whether anybody came or went can't be told from the hour that is said either.
    assert "As of 14:00" in (await look(yard, yard.tom)).text


async def test_another_zone_brings_no_hour_forward(yard: Yard) -> None:
    """Else an organiser who saw a tap would read its tick minutes later, by a clock 45 minutes off."""
    card = await campaign(yard)
    for person in neighbours(yard, 5):
        await sign_at_once(yard, person, card)
    waits = Records(yard).elections[0].publish_at
    yard.say(yard.vera, "/timezone Asia/Kathmandu")
    await yard.hears(yard.vera, "Kathmandu")
    await sign_at_once(yard, yard.vera, card)
    assert Records(yard).elections[0].publish_at == waits
    assert waits is not None
    assert (waits.minute, waits - yard.clock.now() < timedelta(hours=1)) == (0, True)
