"""`/actions`: what is coming."""

from __future__ import annotations

from tests.actions.announce import announce
from tests.yard import Yard, page_after


async def test_the_list_shows_what_is_coming_with_links_to_the_cards(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    await yard.restart()  # where the card stands is recorded by now
    yard.say(yard.nina, "/actions")
    listed = await yard.hears(yard.nina, "22 октября\n19:00")
    (link,) = [entity for entity in listed.entities if entity["type"] == "text_link"]
    assert link["url"].endswith(f"/{card.message_id}")


async def test_the_list_says_the_year_where_it_is_another(yard: Yard) -> None:
    await announce(yard, yard.tom)
    yard.say(yard.tom, "/action 22.10.2027 19:00 Once more")
    preview = await yard.hears(yard.tom, "Once more")
    await yard.tap(yard.tom, preview, "Publish")
    yard.say(yard.tom, "/actions")
    listed = await yard.hears(yard.tom, "Coming up")
    assert "Thursday 22 October\n" in listed.text
    assert "Friday 22 October 2027\n" in listed.text


async def test_an_empty_list_leads_to_an_announcement(yard: Yard) -> None:
    page = await page_after(yard, yard.tom, "/actions")
    assert "Nothing is planned yet" in page.text
    await yard.tap(yard.tom, page, "Announce")
    assert "Which day?" in page.text


async def test_a_long_list_stays_within_one_message(yard: Yard) -> None:
    for number in range(12):
        await announce(
            yard, yard.tom, f"/action tomorrow 19:{number + 10} Concert {'ы' * 180} @ {'щ' * 180}"
        )
        await yard.settled(seconds=70)
    yard.say(yard.tom, "/actions")
    listed = await yard.hears(yard.tom, "more later on")
    assert "Coming up" in listed.text
