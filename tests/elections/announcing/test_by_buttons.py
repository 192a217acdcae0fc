"""`/elect` alone: an election begun with a thumb, its title offered, its number picked or known."""

from __future__ import annotations

from datetime import timedelta

import pytest

from playground.chats import Message
from tests.elections.campaign import Records, announce, list_buildings, reply_to
from tests.elections.looking import look
from tests.yard import Yard

OFFERED = "Representative of our courtyard"
PREVIEW = "This is what neighbours will sign for"


async def begin(yard: Yard) -> Message:
    """Type the command alone; gives the first question."""
    return await reply_to(yard, yard.say(yard.vera, "/elect"))


async def test_four_taps_and_nothing_typed_where_the_buildings_are_listed(yard: Yard) -> None:
    await list_buildings(yard, "Fountain street 5: 120\nFountain street 7: 280")
    page = await begin(yard)
    await yard.tap(yard.vera, page, OFFERED)
    page = await yard.hears(yard.vera, "When does signing close?")
    await yard.tap(yard.vera, page, "In a month")
    page = await yard.hears(yard.vera, PREVIEW)
    assert "At least 25 percent of 400 residents: 100 signatures" in page.text
    assert "Neighbours can sign until Sat 21 November, 21:00" in page.text
    await yard.tap(yard.vera, page, "Publish")
    card = await yard.card(OFFERED)
    assert "You can sign until Sat 21 November, 21:00" in card.text


async def test_how_many_live_here_is_picked_where_nobody_listed_them(yard: Yard) -> None:
    page = await begin(yard)
    await yard.tap(yard.vera, page, OFFERED)
    page = await yard.hears(yard.vera, "How many residents are there?")
    assert OFFERED in page.text
    await yard.tap(yard.vera, page, "120")
    page = await yard.hears(yard.vera, "When does signing close?")
    await yard.tap(yard.vera, page, "No deadline")
    page = await yard.hears(yard.vera, PREVIEW)
    assert "At least 25 percent of 120 residents: 30 signatures" in page.text


async def test_another_title_and_number_are_typed_in_private(yard: Yard) -> None:
    page = await begin(yard)
    private = await yard.follow(yard.vera, await yard.tap(yard.vera, page, "Something else"))
    await yard.hears(yard.vera, "Write it to me here", private)
    yard.say(yard.vera, "keeper of the fountain", chat=private)
    page = await yard.hears(yard.vera, "How many residents are there?", private)
    await yard.tap(yard.vera, page, "Another number")
    await yard.hears(yard.vera, "Write the number to me here", private)
    yard.say(yard.vera, "many", chat=private)
    await yard.hears(yard.vera, "In digits, please", private)
    yard.say(yard.vera, "1 200", chat=private)
    page = await yard.hears(yard.vera, "When does signing close?", private)
    await yard.tap(yard.vera, page, "In 2 weeks")
    page = await yard.hears(yard.vera, PREVIEW, private)
    assert "25 percent of 1,200 residents" in page.text
    await yard.tap(yard.vera, page, "Publish")
    await yard.card("Keeper of the fountain")


async def test_a_title_without_a_number_is_asked_for_the_number_alone(yard: Yard) -> None:
    page = await reply_to(yard, yard.say(yard.vera, "/elect Keeper of the fountain"))
    assert "Keeper of the fountain" in page.text
    assert "How many residents are there?" in page.text
    await yard.tap(yard.vera, page, "60")
    page = await yard.hears(yard.vera, "When does signing close?")
    await yard.tap(yard.vera, page, "In a month")
    page = await yard.hears(yard.vera, "Keeper of the fountain")
    assert PREVIEW in page.text


async def test_a_number_without_a_title_is_asked_for_the_title_alone(yard: Yard) -> None:
    page = await reply_to(yard, yard.say(yard.vera, "/elect 400"))
    await yard.tap(yard.vera, page, OFFERED)
    page = await yard.hears(yard.vera, "When does signing close?")
    await yard.tap(yard.vera, page, "In a month")
    page = await yard.hears(yard.vera, PREVIEW)
    assert "400 residents" in page.text


async def test_a_reply_to_a_question_answers_it_too(yard: Yard) -> None:
    yard.say(yard.vera, "/elect")
    page = await yard.asks(yard.vera, "Who are the signatures for?")
    yard.say(yard.vera, "Keeper of the fountain", reply_to=page)
    page = await yard.asks(yard.vera, "How many residents are there?")
    assert "Keeper of the fountain" in page.text
    yard.say(yard.vera, "many", reply_to=page)
    page = await yard.asks(yard.vera, "In digits, please")
    yard.say(yard.vera, "60", reply_to=page)
    page = await yard.asks(yard.vera, "When does signing close?")
    yard.say(yard.vera, "24.12", reply_to=page)
    page = await yard.asks(yard.vera, "At what time?")
    yard.say(yard.vera, "20:00", reply_to=page)
    page = await yard.hears(yard.vera, PREVIEW)
    assert "25 percent of 60 residents" in page.text
    assert "Neighbours can sign until Thu 24 December, 20:00" in page.text


async def test_what_was_tapped_stays_where_the_next_answer_is_typed(yard: Yard) -> None:
    yard.say(yard.vera, "/elect")
    page = await yard.asks(yard.vera, "Who are the signatures for?")
    await yard.tap(yard.vera, page, OFFERED)
    yard.say(yard.vera, "60", reply_to=page)
    page = await yard.hears(yard.vera, "When does signing close?")
    await yard.tap(yard.vera, page, "In a month")
    page = await yard.hears(yard.vera, PREVIEW)
    assert OFFERED in page.text
    assert "25 percent of 60 residents" in page.text


@pytest.mark.parametrize("answers", [("24.12", "20:00"), ("at 20:00", "24 dec")])
async def test_a_deadline_is_typed_in_two_goes(yard: Yard, answers: tuple[str, str]) -> None:
    page = await begin(yard)
    await yard.tap(yard.vera, page, OFFERED)
    await yard.tap(yard.vera, await yard.hears(yard.vera, "How many residents"), "120")
    page = await yard.hears(yard.vera, "When does signing close?")
    private = await yard.follow(yard.vera, await yard.tap(yard.vera, page, "Another moment"))
    await yard.hears(yard.vera, "Write it here", private)
    first, second = answers
    yard.say(yard.vera, first, chat=private)
    await yard.hears(yard.vera, "will do, like", private)
    yard.say(yard.vera, second, chat=private)
    page = await yard.hears(yard.vera, PREVIEW, private)
    assert "Neighbours can sign until Thu 24 December, 20:00" in page.text


async def test_there_is_a_way_back_from_every_question(yard: Yard) -> None:
    page = await begin(yard)
    await yard.tap(yard.vera, page, OFFERED)
    page = await yard.hears(yard.vera, "How many residents are there?")
    await yard.tap(yard.vera, page, "‹ Back")
    page = await yard.hears(yard.vera, "Who are the signatures for?")
    await yard.tap(yard.vera, page, OFFERED)
    page = await yard.hears(yard.vera, "How many residents are there?")
    await yard.tap(yard.vera, page, "80")
    page = await yard.hears(yard.vera, "When does signing close?")
    await yard.tap(yard.vera, page, "No deadline")

    # From the preview each can be changed, and it is where one comes back to.
    page = await yard.hears(yard.vera, PREVIEW)
    for button, asks in (
        ("Title", "Who are the signatures for?"),
        ("Residents", "How many residents are there?"),
        ("Deadline", "When does signing close?"),
    ):
        yard.clock.turn(timedelta(minutes=1))  # a group takes only so many turns a minute
        await yard.tap(yard.vera, page, button)
        page = await yard.hears(yard.vera, asks)
        await yard.tap(yard.vera, page, "‹ Back")
        page = await yard.hears(yard.vera, PREVIEW)
    await yard.tap(yard.vera, page, "Residents")
    page = await yard.hears(yard.vera, "How many residents are there?")
    await yard.tap(yard.vera, page, "100")
    page = await yard.hears(yard.vera, PREVIEW)
    assert "100 residents" in page.text


async def test_the_title_speaks_the_language_of_the_chat(yard: Yard) -> None:
    yard.world.promote(yard.group, yard.nina, yard.vera)
    page = await reply_to(yard, yard.say(yard.nina, "/elect"))
    assert OFFERED in yard.labels(page)
    assert "Кандидаты" in page.text


@pytest.mark.databases("sqlite")
async def test_forged_buttons_begin_and_change_nothing(yard: Yard) -> None:
    card = await announce(yard)
    for data in ("e.new:1", "e.title!:1", "e.base!:1:5", "e.base:1", "e.means:1", "e.titletype:1"):
        answer = await yard.forge(yard.tom, card, data)
        assert answer.show_alert or answer.url, data
    assert len(Records(yard).elections) == 1


async def test_where_there_is_none_it_is_told_what_it_is_and_who_begins_one(yard: Yard) -> None:
    page = await look(yard, yard.tom)
    assert "No election is under way" in page.text
    assert "nobody sees who signed" in page.text
    assert not any("Begin" in label for label in yard.labels(page))

    page = await look(yard, yard.vera)
    await yard.tap(yard.vera, page, "Begin an election")
    page = await yard.hears(yard.vera, "Who are the signatures for?")
    await yard.tap(yard.vera, page, OFFERED)
    await yard.hears(yard.vera, "How many residents are there?")
