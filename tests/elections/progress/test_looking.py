"""`/election`: where it stands."""

from __future__ import annotations

from datetime import timedelta

from tests.elections.campaign import (
    announce,
    at_the_hour,
    begin_standing,
    neighbours,
    sign,
    sign_at_once,
    stand,
)
from tests.elections.looking import look
from tests.yard import Yard


async def test_without_elections_it_says_how_one_begins(yard: Yard) -> None:
    page = await look(yard, yard.tom)
    assert "No election is under way" in page.text
    assert "can begin one: /elect" in page.text


async def test_it_shows_public_numbers_and_links_to_the_card(yard: Yard) -> None:
    card = await announce(yard, "/elect 80 Representative of Yard 5")
    card = await stand(yard, yard.tom, "Vera K.")
    card = await stand(yard, yard.vera, "Adam L.")
    for person in neighbours(yard, 7):
        await sign_at_once(yard, person, card, candidate=2)
    card = await at_the_hour(yard, "5 / 20")
    page = await look(yard, yard.tom)
    assert "At least 25 percent of 80 residents: 20 signatures" in page.text
    assert "Vera K.\n▱▱▱▱▱▱▱▱▱▱ fewer than 5 / 20\nabout 20 more needed" in page.text
    assert "Adam L.\n▰▰▱▱▱▱▱▱▱▱ 5 / 20\nabout 15 more needed" in page.text
    (link,) = [entity["url"] for entity in page.entities if entity["type"] == "text_link"]
    assert link.endswith(f"/{card.message_id}")


async def test_it_says_that_enough_have_signed(yard: Yard) -> None:
    await announce(yard, "/elect 4 Representative of Yard 5")
    card = await stand(yard, yard.tom, "Vera K.")
    await sign(yard, yard.vera, card)
    await at_the_hour(yard, "1 / 1")
    page = await look(yard, yard.tom)
    assert "enough signatures" in page.text
    assert "more needed" not in page.text


async def test_it_keeps_to_itself_for_whom_the_asker_signed(yard: Yard) -> None:
    await announce(yard)
    card = await stand(yard, yard.tom, "Vera K.")
    before = await look(yard, yard.vera)
    await sign(yard, yard.vera, card)
    assert (await look(yard, yard.vera)).text == before.text


async def test_several_elections_are_listed_the_newest_first(yard: Yard) -> None:
    await announce(yard, "/elect 400 Representative of Yard 5")
    await announce(yard, "/elect 60 Keeper of the fountain")
    page = await look(yard, yard.tom)
    assert page.text.index("Keeper of the fountain") < page.text.index("Representative of Yard 5")
    assert page.text.count("No candidates yet") == 2


async def test_what_would_not_fit_into_one_message_is_told_in_brief(yard: Yard) -> None:
    card = await announce(yard, f"/elect 400 {'🌻' * 200}")
    for number, person in enumerate(neighbours(yard, 14), start=2):
        draft = await begin_standing(yard, person, f"{'🌻' * 60} {number:3}")
        await yard.forge(person, card, f"e.stand!:{draft}:1")
        yard.clock.turn(timedelta(seconds=30))
    await announce(yard, f"/elect 400 {'🌼' * 200}")
    await announce(yard, f"/elect 400 {'🌷' * 200}")
    page = await look(yard, yard.tom)
    assert "14 candidates. The numbers are on the card" in page.text
    assert "▱" not in page.text
