"""Every page of an end and of an office leads on: what comes next is a tap away, and there is a way back."""

from __future__ import annotations

from playground.chats import Message
from playground.people import Person
from tests.elections.campaign import at_the_hour, close_by_two, organiser
from tests.elections.representatives.office import (
    NAME,
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

OVER = "This election is over: "
OFFER = "🤝 Offer the office: Vera K."
ADMINISTRATORS_ONLY = ("Offer the office", "Certificate", "Forgetting", "Manage")


async def turned(yard: Yard, person: Person, page: Message, button: str, to: str) -> Message:
    """Tap a button of a page; gives the page once it says that."""
    await yard.tap(person, page, button)
    await yard.world.until(lambda: to in page.text)
    return page


async def test_whoever_agreed_to_the_closing_offers_the_office_in_two_more_taps(yard: Yard) -> None:
    card = await elect(yard)
    yard.promote_bot()
    second = organiser(yard)
    behind = await opened(yard, yard.vera, card, "⋯")
    await turned(yard, yard.vera, behind, "Close the election", "Really close")
    await turned(yard, yard.vera, behind, "Yes, close the election", "I've told the chat")
    asked = await yard.card("wants to close this election now")
    page = await opened(yard, second, asked, "I agree")
    assert "What comes next: offer the office" in page.text
    await turned(yard, second, page, OFFER, "How long is the term?")
    await turned(yard, second, page, "2 years, until 21.10.2028", "Offered, and the chat knows")
    offered = await post(yard, "The office is offered")
    assert "Last day: Saturday 21 October 2028" in offered.text
    own = await see_office(yard, yard.tom, offered)
    await turned(yard, yard.tom, own, "Yes, I take the office", "You are in office now")
    await turned(yard, yard.tom, own, "Your office", "This is your office")


async def test_the_post_of_the_result_shows_more_to_administrators_only(yard: Yard) -> None:
    card = await elect(yard)
    yard.promote_bot()
    result = await close(yard, card, OVER)
    assert "What comes next: an administrator offers the office" in result.text
    assert yard.labels(result) == ["📊 Picture", "⋯"]
    page = await opened(yard, yard.tom, result, "⋯")
    assert "an administrator offers the office" in page.text
    assert not [label for label in yard.labels(page) if label[2:].startswith(ADMINISTRATORS_ONLY)]
    own = await opened(yard, yard.vera, result, "⋯")
    await turned(yard, yard.vera, own, OFFER, "How long is the term?")
    await turned(yard, yard.vera, own, "Without an end", "Offered, and the chat knows")
    await turned(yard, yard.vera, own, "For which buildings", "No buildings are listed")
    (office,) = offices(yard)
    assert office.until is None


async def test_where_the_office_is_offered_already_nobody_is_asked_to_again(yard: Yard) -> None:
    card = await elect(yard)
    await offer(yard)
    yard.promote_bot()
    result = await close(yard, card, OVER)
    page = await opened(yard, yard.vera, result, "⋯")
    assert OFFER not in yard.labels(page)
    assert "What comes next" not in page.text


async def test_an_election_without_enough_signatures_leads_to_no_office(yard: Yard) -> None:
    card = await elect(yard)
    await yard.forge(yard.nina, card, "e.withdraw:1")
    await close_by_two(yard, await at_the_hour(yard, "fewer than 1 / 1"))
    result = await post(yard, "This election is over")
    assert "office" not in result.text


async def test_a_neighbour_reads_how_a_recall_is_begun_and_finds_back(yard: Yard) -> None:
    await in_office(yard)
    listed = await open_list(yard, yard.nina)
    assert "как отозвать представителя" in listed.text
    page = await opened(yard, yard.nina, listed, NAME)
    assert "обратитесь к администратору" in page.text
    await yard.tap(yard.nina, page, "Назад")
    await yard.quiet()
    own = await opened(yard, yard.tom, await open_list(yard, yard.tom), NAME)
    assert "This is your office" in own.text
    assert "ask an administrator" not in own.text


async def test_a_recall_is_three_taps_from_the_news_of_the_office_and_ends_in_a_month(
    yard: Yard,
) -> None:
    await in_office(yard)
    yard.promote_bot()
    taken = await post(yard, "has taken office")
    assert yard.labels(taken) == ["ℹ️ About the office"]
    page = await opened(yard, yard.vera, taken, "About the office")
    await turned(
        yard, yard.vera, page, "Recall", "Neighbours can sign until Sat 21 November, 21:00"
    )
    await turned(yard, yard.vera, page, "Collect signatures", "The card is in the chat")
    card = await yard.card("Recall of Vera K.")
    assert "until Sat 21 November, 21:00" in card.text
    (recall,) = recalls(yard)
    assert recall.closes_at is not None
    await turned(yard, yard.vera, page, "‹ Back", "In office since")


async def test_an_administrator_recalls_the_only_representative_from_the_list(yard: Yard) -> None:
    await in_office(yard)
    listed = await open_list(yard, yard.vera)
    await turned(yard, yard.vera, listed, "Recall", "Collect signatures for recalling Vera K.?")
    assert not [label for label in yard.labels(await open_list(yard, yard.tom)) if "🗳" in label]


async def test_a_day_that_was_to_be_typed_needn_t_be(yard: Yard) -> None:
    await elect(yard)
    page = await open_list(yard, yard.vera)
    await turned(yard, yard.vera, page, "Add from an election", "Who should I offer")
    await turned(yard, yard.vera, page, NAME, "How long is the term?")
    private = await yard.follow(yard.vera, await yard.tap(yard.vera, page, "Another day"))
    asked = await yard.hears(yard.vera, "Until which day", private)
    await turned(yard, yard.vera, asked, "‹ Back", "How long is the term?")
    yard.say(yard.vera, "31.12.2027", chat=private)
    await yard.quiet()
    assert not [m for m in private.messages if "31 December 2027" in m.text and m is not asked]
    await turned(yard, yard.vera, asked, "‹ Back", "Who should I offer")


async def test_whoever_declines_or_steps_down_is_led_to_the_list(yard: Yard) -> None:
    await elect(yard)
    own = await see_office(yard, yard.tom, await offer(yard))
    await turned(yard, yard.tom, own, "No, thank you", "I've told the chat")
    await turned(yard, yard.tom, own, "‹ Back", "Nobody represents this chat yet")
    assert "belongs to" not in await forge(yard, yard.tom, own, "rep.list:1:0")
