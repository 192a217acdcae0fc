"""Closing an election: signing ends, the result is told; where somebody stands it takes two organisers."""

from __future__ import annotations

from datetime import timedelta

from playground.chats import Message
from playground.people import Person
from tests.elections.campaign import (
    TITLE,
    Records,
    agreed,
    announce,
    at_the_hour,
    look_behind,
    neighbours,
    newest_update,
    organiser,
    redeliver,
    sign_at_once,
    stand,
)
from tests.yard import Yard


async def open_closing(yard: Yard, organiser: Person, card: Message) -> Message:
    """From the card to the last question."""
    yard.clock.turn(timedelta(minutes=1))  # a group takes only so many turns of a page a minute
    page = await look_behind(yard, organiser, card)
    await yard.tap(organiser, page, "Close the election")
    return await yard.hears(organiser, f"Really close {TITLE}?")


async def close(yard: Yard, first: Person, card: Message) -> None:
    """By two organisers; the second one came just for that."""
    second = organiser(yard)
    await yard.tap(first, await open_closing(yard, first, card), "Yes, close the election")
    await yard.hears(first, "A second administrator has to agree within 24 hours")
    await agreed(yard, second, "wants to close this election now")


async def over(yard: Yard, card: Message) -> None:
    """Wait until the card says so."""
    await yard.settled(61)
    await yard.world.until(lambda: "This election is over" in card.text)


async def test_the_result_is_told_and_the_card_comes_to_rest(yard: Yard) -> None:
    await announce(yard, f"/elect 24 {TITLE}")
    await stand(yard, yard.vera, "Adam L.")
    card = await stand(yard, yard.tom, "Vera K.")
    for person in neighbours(yard, 7):
        await sign_at_once(yard, person, card, candidate=2)
    await close(yard, yard.vera, card)

    result = await yard.hears(yard.tom, f"This election is over: {TITLE}")
    assert "Vera K. ✅\n▰▰▰▰▰▰▰▰▰▰ 6 / 6" in result.text
    assert "Adam L.\n▱▱▱▱▱▱▱▱▱▱ fewer than 5 / 6" in result.text
    assert not result.is_ephemeral
    await over(yard, card)
    assert yard.labels(card) == ["📊 Picture", "⋯"]


async def test_the_card_is_unpinned_at_the_end(yard: Yard) -> None:
    yard.world.promote(yard.group, yard.world.bot, yard.vera, can_pin_messages=True)
    card = await announce(yard)
    await yard.world.until(lambda: card.pinned)
    page = await open_closing(yard, yard.vera, card)
    yard.clock.turn(timedelta(minutes=1))  # the group has room again
    await yard.tap(yard.vera, page, "Yes, close the election")
    await yard.hears(yard.vera, "Signing is over")
    await over(yard, card)
    await yard.world.until(lambda: not card.pinned)


async def test_without_whispers_an_organiser_closes_from_the_private_chat(bare_yard: Yard) -> None:
    yard = bare_yard
    yard.world.ephemeral_supported = False
    await yard.move_in()
    card = await announce(yard)
    page = await look_behind(yard, yard.vera, card)
    private = page.chat
    await yard.tap(yard.vera, page, "Close the election")
    page = await yard.hears(yard.vera, f"Really close {TITLE}?", private)
    await yard.tap(yard.vera, page, "Yes, close the election")
    await yard.hears(yard.vera, "Signing is over", private)
    await over(yard, card)

    # A neighbour finds the same way barred.
    private = await yard.follow(yard.tom, await yard.forge(yard.tom, card, "e.manage:1"))
    await yard.hears(yard.tom, "Only this chat's administrators", private)


async def test_a_threshold_lost_again_does_not_stand_in_the_result(yard: Yard) -> None:
    await announce(yard, f"/elect 24 {TITLE}")
    card = await stand(yard, yard.tom, "Vera K.")
    people = neighbours(yard, 6)
    for person in people:
        await sign_at_once(yard, person, card)
    card = await at_the_hour(yard, "6 / 6")
    await yard.forge(people[0], card, "e.withdraw:1")
    await close(yard, yard.vera, card)
    result = await yard.hears(yard.tom, "This election is over")
    assert "5 / 6" in result.text
    assert "✅" not in result.text


async def test_signatures_that_the_bot_did_not_write_are_not_in_the_result(yard: Yard) -> None:
    await announce(yard, f"/elect 24 {TITLE}")
    card = await stand(yard, yard.tom, "Vera K.")
    for person in neighbours(yard, 6):
        await sign_at_once(yard, person, card)
    Records(yard).tamper()
    await close(yard, yard.vera, card)
    result = await yard.hears(yard.tom, "This election is over")
    assert "fewer than 5 / 6" in result.text
    (fault,) = yard.log.errors
    assert "6 rows among the signatures of election 1 weren't written by the bot" in fault
    yard.log.errors.clear()


async def test_only_organisers_of_this_moment_close(yard: Yard) -> None:
    await announce(yard)
    card = await stand(yard, yard.tom, "Vera K.")
    for data in ("e.manage:1", "e.close:1", "e.close!:1"):
        answer = await yard.forge(yard.tom, card, data)
        assert "Only this chat's administrators" in (answer.text or "")
    yard.world.promote(yard.group, yard.tom, yard.vera)
    yard.clock.turn(timedelta(minutes=3))
    question = await open_closing(yard, yard.tom, card)
    yard.world.demote(yard.group, yard.tom, yard.vera)
    answer = await yard.tap(yard.tom, question, "Yes, close the election")
    assert "Only this chat's administrators" in (answer.text or "")
    assert Records(yard).elections[0].state == "open"


async def test_an_organiser_of_another_chat_closes_nothing_here(yard: Yard) -> None:
    await announce(yard)
    other = yard.world.add_group("Yard 6", creator=yard.tom)
    yard.world.add_bot(other, by=yard.tom)
    elsewhere = await yard.card("Hello, neighbours", other)
    for data in ("e.manage:1", "e.close:1", "e.close!:1", "e.close!:9"):
        answer = await yard.forge(yard.tom, elsewhere, data)
        assert answer.show_alert or answer.url
    assert Records(yard).elections[0].state == "open"


async def test_one_may_think_better_of_it(yard: Yard) -> None:
    card = await announce(yard)
    question = await open_closing(yard, yard.vera, card)
    await yard.tap(yard.vera, question, "No, let it go on")
    await yard.hears(yard.vera, "What you can do here")
    assert Records(yard).elections[0].state == "open"


async def test_after_the_end_nobody_signs_stands_or_withdraws(yard: Yard) -> None:
    await announce(yard)
    card = await stand(yard, yard.tom, "Vera K.")
    await sign_at_once(yard, yard.nina, card)
    await close(yard, yard.vera, card)
    for data in ("e.sign:1", "e.confirm:1:1", "e.sign!:1:1", "e.withdraw:1", "e.close!:1"):
        answer = await yard.forge(yard.vera, card, data)
        assert "This election is over" in (answer.text or ""), data
    yard.say(yard.vera, "/stand Late L.")
    await yard.hears(yard.vera, "No election is under way")


async def test_a_redelivered_closing_tells_the_result_once(yard: Yard) -> None:
    card = await announce(yard)
    question = await open_closing(yard, yard.vera, card)
    yard.world.tap(yard.vera, question, "Yes, close the election")
    closing = newest_update(yard)
    await yard.hears(yard.vera, "This election is over")
    await redeliver(yard, closing)
    await over(yard, card)
    posts = [m for m in yard.group.messages if m.text.startswith("🏁")]
    assert len(posts) == 1
    assert "Nobody was a candidate" in posts[0].text
