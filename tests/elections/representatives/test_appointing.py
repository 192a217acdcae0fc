"""Where the election has forgotten who stood, an organiser shows who it was, and the chat is told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from playground.chats import Message
from playground.people import Person
from tests.elections.representatives.office import (
    NAME,
    answer_to,
    close,
    elect,
    forge,
    forgotten,
    in_office,
    offer,
    offices,
    open_list,
    opened,
    post,
    see_office,
    take,
)
from tests.yard import Yard

pytestmark = pytest.mark.databases("sqlite")


async def offered_after_the_end(yard: Yard) -> Message:
    """The election is closed and has forgotten who stood; then the office is offered."""
    card = await elect(yard)
    await close(yard, card)
    await forgotten(yard)
    return await offer(yard)


async def show(yard: Yard, neighbour: Person) -> Message:
    """Vera answers a neighbour's message with /representative; gives the page."""
    message = yard.say(neighbour, "Good evening, everyone")
    return await answer_to(yard, yard.vera, "/representative", reply_to=message)


async def test_an_organiser_shows_who_it_is_and_they_take_the_office(yard: Yard) -> None:
    offered = await offered_after_the_end(yard)
    page = await see_office(yard, yard.tom, offered)
    assert "has forgotten by now who was the candidate" in page.text
    assert "An administrator can show" in await forge(yard, yard.tom, page, "rep.take!:1")

    question = await show(yard, yard.tom)
    assert "Under which name were they a candidate?" in question.text
    await yard.tap(yard.vera, question, NAME)
    named = await post(yard, "has shown me")
    page = await see_office(yard, yard.ales, named)
    assert "✅" not in "".join(yard.labels(page))  # shown is only one
    await take(yard, yard.tom, named)
    (office,) = offices(yard)
    assert office.state == "held"


async def test_while_the_election_remembers_nobody_else_can_be_shown(yard: Yard) -> None:
    await elect(yard)
    offered = await offer(yard)
    refused = await show(yard, yard.ales)
    assert "it isn't that neighbour" in refused.text
    question = await show(yard, yard.tom)
    await yard.tap(yard.vera, question, NAME)
    await take(yard, yard.tom, offered)


async def test_the_last_word_is_the_neighbours_own(yard: Yard) -> None:
    """Shown in error, then shown right: only the one who was shown last can take it."""
    offered = await offered_after_the_end(yard)
    for neighbour in (yard.nina, yard.tom):
        await yard.tap(yard.vera, await show(yard, neighbour), NAME)
    assert "только для того" in await forge(yard, yard.nina, offered, "rep.take!:1")
    await take(yard, yard.tom, offered)


async def test_a_message_without_a_neighbour_shows_nobody(yard: Yard) -> None:
    await offered_after_the_end(yard)
    plain = await answer_to(yard, yard.vera, "/representative")
    assert "as a reply to a message" in plain.text
    welcome = await yard.hears(yard.vera, "Hello, neighbours")
    to_a_bot = await answer_to(yard, yard.vera, "/representative", reply_to=welcome)
    assert "I can't recognise a neighbour behind that message" in to_a_bot.text
    yard.world.promote(yard.group, yard.tom, yard.vera, is_anonymous=True)
    hidden = yard.say(yard.tom, "From the administrators")
    yard.clock.turn(timedelta(minutes=1))  # the same refusal isn't said twice at once
    to_anonymous = await answer_to(yard, yard.vera, "/representative", reply_to=hidden)
    assert "I can't recognise a neighbour behind that message" in to_anonymous.text


async def test_only_organisers_show_and_only_while_something_is_offered(yard: Yard) -> None:
    await elect(yard)
    early = await show(yard, yard.tom)
    assert "First offer the office" in early.text
    message = yard.say(yard.ales, "Good evening")
    refused = await answer_to(yard, yard.tom, "/representative", reply_to=message)
    assert "Only this chat's administrators" in refused.text


async def test_a_demoted_organiser_no_longer_shows_anybody(yard: Yard) -> None:
    offered = await offered_after_the_end(yard)
    yard.world.promote(yard.group, yard.ales, yard.vera)
    message = yard.say(yard.tom, "Good evening")
    question = await answer_to(yard, yard.ales, "/representative", reply_to=message)
    yard.world.demote(yard.group, yard.ales, yard.vera)
    answer = await yard.tap(yard.ales, question, NAME)
    assert answer.show_alert
    forged = question.buttons[0].callback_data or ""
    assert "belongs to a neighbour" in await forge(yard, yard.tom, offered, forged)
    assert [office.holder_tag for office in offices(yard)] == [None]


async def test_who_is_in_office_is_not_shown_anew(yard: Yard) -> None:
    await in_office(yard)
    refused = await show(yard, yard.ales)
    assert "First offer the office" in refused.text
    page = await open_list(yard, yard.vera)
    own = await opened(yard, yard.vera, page, NAME)
    assert "Take the offer back" not in "".join(yard.labels(own))


async def test_an_anonymous_administrator_shows_who_it_is(yard: Yard) -> None:
    offered = await offered_after_the_end(yard)
    yard.world.set_anonymous(yard.group, yard.vera)
    await yard.tap(yard.vera, await show(yard, yard.tom), NAME)
    await take(yard, yard.tom, offered)
