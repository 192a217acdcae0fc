"""The card offers what everybody may do; ⋯ whispers what this reader may do more."""

from __future__ import annotations

from tests.elections.campaign import (
    CONFIRM,
    SENTENCE,
    announce,
    close_by_two,
    look_behind,
    manage,
    redrawn,
    sign,
    stand,
)
from tests.yard import Yard

OF_ORGANISERS = ("⚙️ Manage", "⏰ Remind", "🖨 Print sheets")


async def test_a_neighbour_finds_what_a_neighbour_may_do(yard: Yard) -> None:
    await announce(yard)
    card = await stand(yard, yard.tom, "Tom K.")
    assert yard.labels(card) == ["✍️ Sign", "📊 Picture", "⋯"]
    answer = await yard.tap(yard.ales, card, "⋯")
    assert answer.url is None
    page = await yard.hears(yard.ales, "Што вы можаце тут зрабіць")
    assert page.is_ephemeral
    assert yard.labels(page)[:2] == ["🙋 Стаць кандыдатам", "ℹ️ Што значаць лікі"]
    assert not any("⚙️" in label for label in yard.labels(page))


async def test_an_organiser_finds_an_organisers_things_too(yard: Yard) -> None:
    await announce(yard)
    card = await stand(yard, yard.tom, "Tom K.")
    page = await look_behind(yard, yard.vera, card)
    assert set(OF_ORGANISERS) <= set(yard.labels(page))
    await yard.tap(yard.vera, page, "Manage")
    page = await yard.hears(yard.vera, "What about")
    assert yard.labels(page)[0] == "⏳ Deadline"
    await yard.tap(yard.vera, page, "‹ Back")
    page = await yard.hears(yard.vera, "What you can do here")
    await yard.tap(yard.vera, page, "Print sheets")
    await yard.hears(yard.vera, "How many rows")


async def test_a_candidate_finds_their_candidacy(yard: Yard) -> None:
    await announce(yard)
    card = await stand(yard, yard.tom, "Tom K.")
    page = await look_behind(yard, yard.tom, card)
    assert not set(OF_ORGANISERS) & set(yard.labels(page))
    await yard.tap(yard.tom, page, "My candidacy")
    page = await yard.hears(yard.tom, "You're a candidate")
    await yard.tap(yard.tom, page, "‹ Back")
    await yard.hears(yard.tom, "What you can do here")


async def test_whoever_signed_finds_the_code_and_the_way_to_withdraw(yard: Yard) -> None:
    await announce(yard)
    card = await stand(yard, yard.tom, "Tom K.")
    page = await look_behind(yard, yard.vera, card)
    assert not any("Withdraw" in label for label in yard.labels(page))
    await sign(yard, yard.vera, card)
    page = await look_behind(yard, yard.vera, card)
    assert "You signed for: Tom K." in page.text
    assert {"🔑 Proof code", "🔎 Look for it now"} <= set(yard.labels(page))
    await yard.tap(yard.vera, page, "Withdraw my signature")
    page = await yard.hears(yard.vera, "Your signature is withdrawn")
    assert page.is_ephemeral
    await yard.tap(yard.vera, page, "Sign")
    page = await yard.hears(yard.vera, SENTENCE)
    await yard.tap(yard.vera, page, CONFIRM)
    await yard.hears(yard.vera, "Your signature is counted")


async def test_the_numbers_are_explained_with_the_key_to_check_them(yard: Yard) -> None:
    await announce(yard)
    card = await stand(yard, yard.tom, "Tom K.")
    page = await look_behind(yard, yard.vera, card)
    await yard.tap(yard.vera, page, "What the numbers mean")
    page = await yard.hears(yard.vera, "Why in fives")
    assert "At least 25 percent of 400 residents: 100 signatures" in page.text
    assert "Key of the bulletins" in page.text
    await yard.tap(yard.vera, page, "How it works")
    page = await yard.hears(yard.vera, "Bulletins: if you signed")
    await yard.tap(yard.vera, page, "‹ Back")
    page = await yard.hears(yard.vera, "Why in fives")
    await yard.tap(yard.vera, page, "‹ Back")
    await yard.hears(yard.vera, "What you can do here")


async def test_when_it_is_over_the_card_shows_the_picture_and_what_is_left(yard: Yard) -> None:
    await announce(yard)
    card = await stand(yard, yard.tom, "Tom K.")
    await close_by_two(yard, card)
    card = await redrawn(yard, "This election is over.\n")
    assert yard.labels(card) == ["📊 Picture", "⋯"]
    page = await look_behind(yard, yard.tom, card)
    assert not set(OF_ORGANISERS) & set(yard.labels(page))
    assert not any("candida" in label for label in yard.labels(page))
    page = await manage(yard, yard.vera, card)
    assert "📜 Certificate" in yard.labels(page)


async def test_a_card_of_before_goes_on_working(yard: Yard) -> None:
    """Its button led to the managing itself."""
    await announce(yard)
    card = await stand(yard, yard.tom, "Tom K.")
    await yard.forge(yard.vera, card, "e.manage:1")
    await yard.hears(yard.vera, "What about Representative of Yard 5?")


async def test_where_there_are_no_whispers_it_comes_in_private_with_a_way_back(
    bare_yard: Yard,
) -> None:
    yard = bare_yard
    yard.world.ephemeral_supported = False
    await yard.move_in()
    await announce(yard)
    card = await stand(yard, yard.tom, "Tom K.")
    page = await look_behind(yard, yard.vera, card)
    assert page.chat is yard.world.private(yard.vera)
    assert "💬 To the card" in yard.labels(page)
    await yard.tap(yard.vera, page, "Manage")
    await yard.hears(yard.vera, "What about", page.chat)
