"""The term of an office: agreed before it is taken, over by itself; and other ends."""

from __future__ import annotations

from datetime import timedelta

import pytest

from playground.chats import Message
from tests.elections.campaign import newest_update, redeliver
from tests.elections.representatives.office import (
    NAME,
    elect,
    forge,
    in_office,
    offer,
    offices,
    open_list,
    open_offer,
    opened,
    post,
    see_office,
)
from tests.yard import Yard

pytestmark = pytest.mark.databases("sqlite")


async def open_own(yard: Yard) -> Message:
    """Tom, the representative, opens his office from the list."""
    return await opened(yard, yard.tom, await open_list(yard, yard.tom), NAME)


async def test_a_term_of_one_year_ends_by_itself_with_thanks(yard: Yard) -> None:
    offered = await in_office(yard, "1 year")
    assert "Last day: Thursday 21 October 2027" in offered.text
    yard.clock.turn(timedelta(days=365))
    await yard.settled(61)
    assert [office.state for office in offices(yard)] == ["held"]  # it is the last day itself
    yard.clock.turn(timedelta(days=1))
    await post(yard, "The term of Vera K. is over")
    (office,) = offices(yard)
    assert (office.state, office.holder_tag) == ("ended", None)

    page = await open_list(yard, yard.ales)
    await yard.tap(yard.ales, page, "Хто быў раней")
    await yard.world.until(lambda: "тэрмін скончыўся" in page.text)
    assert "21 кастрычніка 2027 г. (чц)" in page.text


async def test_a_term_that_ends_while_the_bot_is_down_ends_on_its_day(yard: Yard) -> None:
    await in_office(yard, "1 year")
    await yard.stop()
    yard.clock.turn(timedelta(days=400))
    await yard.start()
    await post(yard, "The term of Vera K. is over")
    await yard.restart()
    await yard.settled(61)
    assert str(offices(yard)[0].ended_on) == "2027-10-21"
    assert len([m for m in yard.group.messages if "is over" in m.text]) == 1


async def test_the_last_day_is_typed_in_private(yard: Yard) -> None:
    await elect(yard)
    page = await open_offer(yard)
    private = await yard.follow(yard.vera, await yard.tap(yard.vera, page, "Another day"))
    await yard.hears(yard.vera, "Until which day", private)
    for wrong in ("soon", "31.02.2027", "01.01.2020", "01.01.2090", "yesterday", "7pm", "/"):
        yard.say(yard.vera, wrong, chat=private)
        await yard.quiet()
    yard.say(yard.vera, "31.12.2027", chat=private)
    preview = await yard.hears(yard.vera, "Last day: Friday 31 December 2027", private)
    await yard.tap(yard.vera, preview, "Offer the office")
    offered = await post(yard, "The office is offered")
    assert "Friday 31 December 2027" in offered.text
    assert str(offices(yard)[0].until) == "2027-12-31"


async def test_the_year_of_the_last_day_may_come_before_the_day(yard: Yard) -> None:
    await elect(yard)
    page = await open_offer(yard)
    private = await yard.follow(yard.vera, await yard.tap(yard.vera, page, "Another day"))
    await yard.hears(yard.vera, "Until which day", private)
    yard.say(yard.vera, "2028", chat=private)
    await yard.hears(yard.vera, "I can't read that day", private)
    yard.say(yard.vera, "31 december", chat=private)
    await yard.hears(yard.vera, "Last day: Sunday 31 December 2028", private)


async def test_an_offer_lapses_with_its_term(yard: Yard) -> None:
    await elect(yard)
    offered = await offer(yard, "1 year")
    yard.clock.turn(timedelta(days=366))
    await post(yard, "The offer to Vera K. has run out")
    assert "isn't waiting" in await forge(yard, yard.tom, offered, "rep.take!:1")


async def test_a_representative_steps_down_and_is_forgotten(yard: Yard) -> None:
    await in_office(yard)
    page = await open_own(yard)
    await yard.tap(yard.tom, page, "Step down")
    await yard.world.until(lambda: "Really step down?" in page.text)
    yard.world.tap(yard.tom, page, "Yes, I step down")
    leaving = newest_update(yard)
    await post(yard, "Vera K. steps down")
    await redeliver(yard, leaving)
    (office,) = offices(yard)
    assert (office.state, office.holder_tag, office.ended_by) == ("ended", None, "stepped_down")
    assert "for the neighbour behind that name" in await forge(yard, yard.tom, page, "rep.leave!:1")


async def test_nobody_else_steps_down_for_them(yard: Yard) -> None:
    offered = await in_office(yard)
    for data in ("rep.leave!:1", "rep.leave:1"):
        answer = await yard.forge(yard.vera, offered, data)
        assert "for the neighbour behind that name" in (answer.text or "")
    assert [office.state for office in offices(yard)] == ["held"]


async def test_an_office_that_is_over_stays_a_line_until_organisers_erase_it(yard: Yard) -> None:
    offered = await in_office(yard)
    assert "isn't over yet" in await forge(yard, yard.vera, offered, "rep.forget!:1")
    await yard.forge(yard.tom, offered, "rep.leave!:1")
    await post(yard, "steps down")
    assert "Only this chat's" in await forge(yard, yard.tom, offered, "rep.forget!:1")
    page = await open_list(yard, yard.vera)
    await yard.tap(yard.vera, page, "Earlier ones")
    await yard.world.until(lambda: "stepped down" in page.text)
    await yard.tap(yard.vera, page, NAME)
    await yard.world.until(lambda: "Really erase" in page.text)
    await yard.tap(yard.vera, page, "Yes, erase it")
    await yard.world.until(lambda: not offices(yard))


async def test_an_ended_office_is_not_offered_again_for_the_same_signatures(yard: Yard) -> None:
    offered = await in_office(yard)
    await yard.forge(yard.tom, offered, "rep.leave!:1")
    await post(yard, "steps down")
    await yard.forge(yard.vera, offered, "rep.offer!:1:")
    assert [office.state for office in offices(yard)] == ["ended"]


async def test_no_term_can_be_forged(yard: Yard) -> None:
    card = await elect(yard)
    for until in ("2020-01-01", "2026-10-21", "2090-01-01", "2026-02-30", "soon"):
        answer = await yard.forge(yard.vera, card, f"rep.offer!:1:{until}")
        assert answer.show_alert, until
    assert offices(yard) == []


async def test_an_office_is_for_all_buildings_or_for_those_chosen(yard: Yard) -> None:
    yard.say(yard.vera, "/buildings Fountain street 5: 2\nFountain street 7: 2")
    await yard.hears(yard.vera, "Fountain street 7")
    offered = await in_office(yard)
    page = await see_office(yard, yard.vera, offered)
    assert "For all buildings" in page.text
    await yard.tap(yard.vera, page, "For which buildings")
    await yard.world.until(lambda: "Tap the buildings" in page.text)
    await yard.tap(yard.vera, page, "Fountain street 7")
    await yard.world.until(lambda: "For: Fountain street 7" in page.text)
    assert "✓ Fountain street 7" in yard.labels(page)
    assert "For: Fountain street 7" in (await open_list(yard, yard.vera)).text

    # Off the chat's list, off the office; its name isn't shown any more.
    await yard.forge(yard.vera, page, "b.remove!:1:2")
    assert "no longer listed" in (await open_list(yard, yard.vera)).text
    await yard.forge(yard.vera, page, "rep.all!:1")
    assert "For all buildings" in (await open_list(yard, yard.vera)).text
    assert "Only this chat's" in await forge(yard, yard.tom, offered, "rep.house!:1:1:1:0")
    answer = await yard.forge(yard.vera, page, "rep.house!:1:9:1:0")
    assert answer.show_alert
