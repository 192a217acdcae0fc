"""A representative in office lends an action their name; the card says what that doesn't mean."""

from __future__ import annotations

from datetime import timedelta

import pytest

from playground.chats import Message
from playground.people import Person
from tests.actions.announce import announce
from tests.elections.campaign import newest_update, redeliver
from tests.elections.representatives.office import (
    endorsements,
    forge,
    in_office,
    offices,
    opened,
    post,
)
from tests.yard import Yard

pytestmark = pytest.mark.databases("sqlite", "postgresql")  # this is about rows

SUPPORT = "With the representative's support: Vera K."
NOT_IN_OFFICE = "Only a representative in office"


async def open_more(yard: Yard, person: Person, card: Message) -> Message:
    return await opened(yard, person, card, "⋯")


async def supported(yard: Yard) -> Message:
    """Nina's concert with the support of Tom, the representative; gives the card."""
    card = await announce(yard, yard.nina)
    await yard.tap(yard.tom, await open_more(yard, yard.tom, card), "Support this")
    await yard.settled(61)
    await yard.world.until(lambda: SUPPORT in card.text)
    return card


async def test_the_card_names_who_supports_it_and_says_it_is_no_permission(yard: Yard) -> None:
    await in_office(yard)
    card = await announce(yard, yard.nina)
    page = await open_more(yard, yard.tom, card)
    assert "🤝 Support this" in yard.labels(page)
    assert "🕖 Time" not in yard.labels(page)  # not their action
    await yard.tap(yard.tom, page, "Support this")
    await yard.settled(61)
    await yard.world.until(lambda: SUPPORT in card.text)
    assert "Recognition is not a permission" in card.text

    page = await open_more(yard, yard.tom, card)
    await yard.tap(yard.tom, page, "Withdraw my support")
    await yard.settled(61)
    await yard.world.until(lambda: SUPPORT not in card.text)
    assert "Recognition" not in card.text
    assert endorsements(yard) == []


async def test_a_tap_that_comes_twice_supports_once(yard: Yard) -> None:
    await in_office(yard)
    card = await announce(yard, yard.nina)
    page = await open_more(yard, yard.tom, card)
    yard.world.tap(yard.tom, page, "Support this")
    supporting = newest_update(yard)
    await yard.forge(yard.tom, card, "a.support!:1")
    await redeliver(yard, supporting)
    assert len(endorsements(yard)) == 1


async def test_nobody_but_a_representative_supports_in_that_name(yard: Yard) -> None:
    await in_office(yard)
    card = await announce(yard, yard.nina)
    page = await open_more(yard, yard.ales, card)
    assert "🤝" not in str(yard.labels(page))
    for data in ("a.support!:1", "a.unsupport!:1"):
        assert NOT_IN_OFFICE in await forge(yard, yard.vera, card, data)
    page = await open_more(yard, yard.vera, card)  # an organiser may change it, not support it
    assert "Support this" not in yard.labels(page)
    assert endorsements(yard) == []


async def test_a_representative_of_another_yard_supports_nothing_here(yard: Yard) -> None:
    await in_office(yard)
    other = yard.world.add_group("Yard 6", creator=yard.ales, members=[yard.tom])
    yard.world.add_bot(other, by=yard.ales)
    await yard.card("Вітаю", other)
    yard.say(yard.ales, "/action заўтра 19:00 Concert", chat=other)
    preview = await yard.hears(yard.ales, "Concert", other)
    await yard.tap(yard.ales, preview, (0, 0))
    card = await yard.card("Concert", other)
    assert NOT_IN_OFFICE in await forge(yard, yard.tom, card, "a.support!:1")


async def test_with_the_office_the_support_of_what_is_ahead_ends(yard: Yard) -> None:
    offered = await in_office(yard)
    card = await supported(yard)
    await yard.forge(yard.tom, offered, "rep.leave!:1")
    await post(yard, "steps down")
    await yard.world.until(lambda: SUPPORT not in card.text)
    assert NOT_IN_OFFICE in await forge(yard, yard.tom, card, "a.support!:1")
    assert endorsements(yard) == []


async def test_what_is_past_keeps_the_name_until_its_line_is_erased(yard: Yard) -> None:
    offered = await in_office(yard)
    card = await supported(yard)
    yard.clock.turn(timedelta(days=3))
    await yard.forge(yard.tom, offered, "rep.leave!:1")
    await post(yard, "steps down")
    await yard.world.until(lambda: "This is over" in card.text)
    assert SUPPORT in card.text
    assert "Recognition" not in card.text

    await yard.forge(yard.vera, offered, "rep.forget!:1")
    await yard.settled(61)
    await yard.world.until(lambda: SUPPORT not in card.text)
    assert (offices(yard), endorsements(yard)) == ([], [])
