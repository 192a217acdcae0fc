"""A recall: an election of its own kind, by the rule by which the representative was elected."""

from __future__ import annotations

import pytest

from playground.chats import Message
from playground.people import Person
from tests.chats.setting_up import speak
from tests.elections.campaign import at_the_hour, newest_update, redeliver
from tests.elections.representatives.office import (
    NAME,
    answer_to,
    close,
    elect,
    forge,
    in_office,
    offer,
    offices,
    open_list,
    opened,
    post,
    recalls,
    see_office,
)
from tests.yard import Yard

pytestmark = pytest.mark.databases("sqlite", "postgresql")  # this is about rows

OVER = "Collecting signatures is over"
SENTENCE = "I live here, I am 18 or older, and I sign for recalling Vera K."


async def open_recall(yard: Yard) -> Message:
    """From the list to the question, as Vera, an organiser."""
    page = await opened(yard, yard.vera, await open_list(yard, yard.vera), NAME)
    await yard.tap(yard.vera, page, "Recall")
    await yard.world.until(lambda: "Collect signatures for recalling" in page.text)
    return page


async def begin(yard: Yard) -> Message:
    """Gives the card of the recall."""
    page = await open_recall(yard)
    await yard.tap(yard.vera, page, "Collect signatures")
    await yard.settled(61)
    return await yard.card("Recall of Vera K.")


async def sign(yard: Yard, person: Person, card: Message) -> Message:
    """Sign for the recall; gives the page that says so."""
    await yard.tap(person, card, "Sign")
    page = await yard.hears(person, SENTENCE)
    await yard.tap(person, page, "Vera K.: yes, recall")
    await yard.world.until(lambda: "You signed for recalling Vera K." in page.text)
    return page


async def test_enough_signatures_end_the_office_once_the_recall_is_closed(yard: Yard) -> None:
    offered = await in_office(yard)
    page = await open_recall(yard)
    assert "At least 25 percent of 4 residents: 1 signature" in page.text
    await yard.tap(yard.vera, page, "Collect signatures")
    card = await yard.card("Recall of Vera K.")
    assert "For the recall" in card.text
    assert "/stand" not in card.text
    await sign(yard, yard.tom, card)
    await at_the_hour(yard)
    reached = await post(yard, "Enough signatures for recalling Vera K.")
    assert "Congratulations" not in reached.text
    assert [office.state for office in offices(yard)] == ["held"]

    await close(yard, card, OVER)
    await post(yard, "Vera K. is no longer in office")
    (office,) = offices(yard)
    assert (office.state, office.ended_by, office.holder_tag) == ("ended", "recalled", None)
    assert "nobody in this office" in await forge(yard, yard.vera, offered, "rep.recall!:1")


async def test_without_enough_signatures_the_representative_stays(yard: Yard) -> None:
    await in_office(yard)
    await close(yard, await begin(yard), OVER)
    await post(yard, "Vera K. stays in office")
    assert [office.state for office in offices(yard)] == ["held"]
    again = await begin(yard)
    assert again.buttons


async def test_one_recall_at_a_time_and_a_redelivered_tap_begins_no_other(yard: Yard) -> None:
    offered = await in_office(yard)
    page = await open_recall(yard)
    yard.world.tap(yard.vera, page, "Collect signatures")
    beginning = newest_update(yard)
    await yard.card("Recall of Vera K.")
    await redeliver(yard, beginning)
    assert len(recalls(yard)) == 1
    assert "being collected already" in await forge(yard, yard.vera, offered, "rep.recall!:1")
    assert len(recalls(yard)) == 1


async def test_only_organisers_begin_a_recall_of_whom_is_in_office(yard: Yard) -> None:
    await elect(yard)
    offered = await offer(yard)
    assert "nobody in this office" in await forge(yard, yard.vera, offered, "rep.recall!:1")
    for data in ("rep.recall:1", "rep.recall!:1"):
        assert "Only this chat's" in await forge(yard, yard.tom, offered, data)
    page = await see_office(yard, yard.vera, offered)
    assert "Recall" not in "".join(yard.labels(page))
    assert recalls(yard) == []


async def test_nobody_stands_in_a_recall_nor_is_offered_an_office_by_it(yard: Yard) -> None:
    await in_office(yard)
    card = await begin(yard)
    await sign(yard, yard.tom, card)
    await at_the_hour(yard)
    await post(yard, "Enough signatures for recalling")
    await close(yard, await yard.card("Vera K. ✅", button="⋯"))
    refused = await answer_to(yard, yard.ales, "/stand Ales M.")
    assert "Цяпер тут подпісы не збіраюць" in refused.text
    page = await open_list(yard, yard.vera)
    await yard.tap(yard.vera, page, "Add from an election")
    await yard.world.until(lambda: "Nobody to offer" in page.text)
    answer = await yard.forge(yard.vera, card, "rep.offer!:2:")
    assert answer.show_alert


async def test_a_recall_of_whom_has_stepped_down_is_over(yard: Yard) -> None:
    offered = await in_office(yard)
    card = await begin(yard)
    await yard.forge(yard.tom, offered, "rep.leave!:1")
    await post(yard, "Vera K. steps down")
    await yard.world.until(lambda: OVER in card.text)
    assert [election.state for election in recalls(yard)] == ["closed"]
    assert not any("stays in office" in message.text for message in yard.group.messages)


async def test_the_card_of_a_recall_speaks_the_language_of_the_chat(yard: Yard) -> None:
    await in_office(yard)
    await speak(yard, "Русский")
    page = await open_recall(yard)
    await yard.tap(yard.vera, page, "Collect signatures")
    card = await yard.card("Отзыв представителя: Vera K.")
    assert "За отзыв" in card.text
