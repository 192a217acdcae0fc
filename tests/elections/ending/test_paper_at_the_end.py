"""Paper in the count: what was checked counts beside the taps, as the election decided."""

from __future__ import annotations

import pytest

from bot.domain.elections.bulletins.audit import faults_in
from playground.chats import Message
from tests.elections.bulletins.publishing import bulletin
from tests.elections.campaign import (
    TITLE,
    Records,
    agreed,
    announce,
    at_the_hour,
    by_two,
    close_by_two,
    neighbours,
    organiser,
    redrawn,
    sign_at_once,
    stand,
)
from tests.elections.ending.test_result import reached
from tests.elections.paper.collecting import campaign, ledger, online, printed
from tests.yard import Yard

SQLITE = pytest.mark.databases("sqlite")


async def on_paper(yard: Yard, sheet: int, valid: int) -> None:
    """A sheet comes back with so many valid rows."""
    await yard.settled(61)  # a group takes twenty messages a minute
    await ledger(yard, f"/paper {sheet} returned {valid}")
    await ledger(yard, f"/paper {sheet} checked {valid}")


async def test_checked_paper_counts_and_may_be_what_makes_it_enough(yard: Yard) -> None:
    card = await campaign(yard, "Vera K.")
    await online(yard, card, 62)
    await at_the_hour(yard, "60 / 100")
    for number in (1, 2):
        await printed(yard)
        await on_paper(yard, number, 20)
    text = (await redrawn(yard, "in the chat 60, on paper 40")).text
    assert "▰▰▰▰▰▰▰▰▰▰ 100 / 100" in text
    assert "What counts: in the chat + checked paper" in text
    await yard.hears(yard.tom, "Vera K. has enough signatures")
    await yard.settled(61)
    await ledger(yard, "/paper 2 void")
    await yard.hears(yard.tom, "the signatures aren't enough any more")
    assert "80 / 100" in (await redrawn(yard, "in the chat 60, on paper 20")).text
    second = organiser(yard)
    await by_two(yard, second, card, "p.count!:1:online")
    assert "60 / 100" in (await redrawn(yard, "60 / 100")).text
    await yard.settled(61)
    await ledger(yard, "/paper accepted 100")
    await by_two(yard, second, card, "p.count!:1:accepted")
    await redrawn(yard, "100 / 100")
    assert Records(yard).candidates[0].crossings == 2


@SQLITE
async def test_the_tap_that_makes_it_enough_beside_paper_shows_at_the_hour(yard: Yard) -> None:
    card = await campaign(yard, "Vera K.")
    for number in (1, 2, 3, 4, 5):
        await printed(yard)
        await on_paper(yard, number, 19 if number == 5 else 18)
    people = neighbours(yard, 9)
    for person in people[:8]:
        await sign_at_once(yard, person, card)
    await at_the_hour(yard, "in the chat 5, on paper 91")
    await sign_at_once(yard, people[8], card)
    await at_the_hour(yard, "in the chat 9, on paper 91")
    await yard.hears(yard.tom, "Vera K. has enough signatures")


@SQLITE
async def test_entering_paper_does_not_tell_what_lies_between_the_steps(yard: Yard) -> None:
    card = await campaign(yard, "Vera K.")
    await online(yard, card, 8)
    await at_the_hour(yard, "5 / 100")
    for number in (1, 2, 3, 4, 5):
        await printed(yard)
        await on_paper(yard, number, 18)
    await on_paper(yard, 5, 20)  # with 92 on paper, the 8 in the chat would be enough
    await redrawn(yard, "in the chat 5, on paper 92")
    assert not [m for m in yard.group.messages if "has enough signatures" in m.text]
    assert Records(yard).candidates[0].shown == 5
    await close_by_two(yard, card)
    result = await yard.hears(yard.tom, "This election is over")
    assert "100 / 100" in result.text, "at the end it counts in full"


@SQLITE
async def test_the_last_bulletin_has_as_many_lines_as_the_result_says_beside_paper(
    yard: Yard,
) -> None:
    """Two numbers for the same would make neighbours doubt both, and tell more than either."""
    yard.world.start(yard.vera)
    await announce(yard, f"/elect 80 {TITLE}")
    card = await stand(yard, yard.tom, "Vera K.")
    await online(yard, card, 16)
    await yard.settled(61)
    await printed(yard)
    await on_paper(yard, 1, 7)
    await yard.settled(61)
    await close_by_two(yard, card)
    result = await yard.hears(yard.tom, "This election is over")
    assert "in the chat 13, on paper 7" in result.text
    await yard.settled(61)
    found = await bulletin(yard, 1)
    assert found.totals == (("Vera K.", 13),)
    assert list(faults_in(found)) == []


@SQLITE
async def test_what_was_officially_accepted_takes_two_once_it_is_what_counts(yard: Yard) -> None:
    card = await campaign(yard, "Vera K.")
    second = organiser(yard)
    await yard.forge(yard.vera, card, "p.acc!:1:90")
    assert Records(yard).candidates[0].accepted == 90, "it counts for nothing yet"
    await yard.forge(yard.vera, card, "p.count!:1:accepted")
    page = await ledger(yard, "/paper accepted 95")
    await yard.tap(yard.vera, page, "Vera K.")
    message = await yard.card("officially accepted for Vera K.: 95")
    await yard.tap(second, message, "Stop it")
    assert Records(yard).candidates[0].accepted == 90, "who agrees knows to what"
    await yard.forge(second, card, "p.count!:1:accepted")
    await redrawn(yard, "90 / 100")
    page = await ledger(yard, "/paper accepted 100")
    await yard.tap(yard.vera, page, "Vera K.")
    assert Records(yard).candidates[0].accepted == 90
    await agreed(yard, second, "officially accepted for Vera K.: 100")
    await yard.hears(yard.tom, "Vera K. has enough signatures")
    await redrawn(yard, "100 / 100")


async def test_paper_that_comes_after_the_end_counts_too(yard: Yard) -> None:
    yard.world.start(yard.vera)
    card = await reached(yard, 4)
    await printed(yard, "/sheet 5")
    await close_by_two(yard, card)
    result = await yard.hears(yard.tom, "This election is over")
    assert "fewer than 5 / 6" in result.text
    await on_paper(yard, 1, 5)
    await yard.settled(61)
    await yard.world.until(lambda: "5 / 6" in card.text and "fewer" not in card.text)
    await _count_more(yard, card)


async def _count_more(yard: Yard, card: Message) -> None:
    await yard.forge(yard.vera, card, "p.acc!:1:6")
    await by_two(yard, organiser(yard, "Petra"), card, "p.count!:1:accepted")
    await yard.hears(yard.tom, "Vera K. has enough signatures")
