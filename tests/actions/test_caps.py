"""How much one neighbour, and all of them, may announce in a day."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.actions.caps import MOST_CHANGES, MOST_OF_A_NEIGHBOUR, MOST_OF_AN_ORGANISER
from playground.people import Person
from tests.actions.announce import asked_to_type
from tests.delivery.test_turn import cards_in
from tests.yard import Yard, page_after

pytestmark = pytest.mark.databases("sqlite", "postgresql")  # this is about rows

PLENTY = "that fills a day"


async def try_to_announce(yard: Yard, person: Person, number: int) -> str:
    """Returns what the tap on Publish is answered with; turns the minute over."""
    yard.clock.turn(timedelta(minutes=1))
    preview = await page_after(yard, person, f"/action tomorrow 19:00 Concert {number} @ Fountain")
    answer = await yard.tap(person, preview, (0, 0))
    return answer.text or ""


async def test_a_neighbour_announces_a_few_things_a_day_and_an_organiser_more(yard: Yard) -> None:
    for number in range(MOST_OF_A_NEIGHBOUR):
        assert PLENTY not in await try_to_announce(yard, yard.tom, number)
    assert PLENTY in await try_to_announce(yard, yard.tom, 50)
    await yard.world.until(lambda: len(cards_in(yard.group)) == MOST_OF_A_NEIGHBOUR)
    # Others aren't kept from it, and organisers may announce more.
    assert "даволі" not in await try_to_announce(yard, yard.ales, 60)
    for number in range(MOST_OF_AN_ORGANISER):
        assert PLENTY not in await try_to_announce(yard, yard.vera, 100 + number)
    assert PLENTY in await try_to_announce(yard, yard.vera, 150)
    yard.clock.turn(timedelta(hours=24))
    assert PLENTY not in await try_to_announce(yard, yard.tom, 51)


async def test_everyone_is_told_of_a_few_changes_a_day(yard: Yard) -> None:
    await try_to_announce(yard, yard.tom, 0)
    card = await yard.card("Concert")
    private = yard.world.private(yard.tom)
    for number in range(MOST_CHANGES + 1):
        yard.clock.turn(timedelta(minutes=3))
        await asked_to_type(yard, yard.tom, card, "Words")
        await yard.hears(yard.tom, "How should it read", private)
        yard.say(yard.tom, f"tomorrow 20:00 Concert {number} of many @ Fountain", chat=private)
        preview = await yard.hears(yard.tom, f"Concert {number} of many", private)
        answer = await yard.tap(yard.tom, preview, (0, 0))
    assert "many changes" in (answer.text or "")
