"""What organisers do about an end leads back to where they came from."""

from __future__ import annotations

from datetime import timedelta

from playground.chats import Message
from tests.elections.campaign import Records, announce, look_behind, manage, stand
from tests.elections.ending.test_result import reached
from tests.yard import Yard


async def turned(yard: Yard, page: Message, button: str, to: str) -> None:
    """Tap a button of a page, as Vera; its page says that then."""
    await yard.tap(yard.vera, page, button)
    await yard.world.until(lambda: to in page.text)


async def test_a_moment_that_was_to_be_typed_need_not_be(yard: Yard) -> None:
    page = await manage(yard, yard.vera, await announce(yard))
    await turned(yard, page, "Deadline", "there is no deadline")
    private = await yard.follow(yard.vera, await yard.tap(yard.vera, page, "Another moment"))
    asked = await yard.hears(yard.vera, "Write it here", private)
    await turned(yard, asked, "‹ Back", "there is no deadline")
    yard.say(yard.vera, "24.12 20:00", chat=private)
    await yard.quiet()
    assert not [m for m in private.messages if "can sign until" in m.text]
    await turned(yard, asked, "In a month", "You can sign until Sat 21 November, 21:00")
    await turned(yard, asked, "‹ Back", "What about")
    assert Records(yard).elections[0].closes_at is not None


async def test_after_asking_for_a_second_administrator_one_finds_back(yard: Yard) -> None:
    await announce(yard)
    card = await stand(yard, yard.tom, "Vera K.")
    yard.clock.turn(timedelta(minutes=1))
    page = await look_behind(yard, yard.vera, card)
    await turned(yard, page, "Close the election", "Really close")
    await turned(yard, page, "Yes, close the election", "I've told the chat")
    await turned(yard, page, "‹ Back", "What you can do here")


async def test_after_filing_one_finds_back(yard: Yard) -> None:
    card = await reached(yard)
    yard.clock.turn(timedelta(minutes=1))
    page = await manage(yard, yard.vera, card)
    await turned(yard, page, "Vera K.: filed", "really filed")
    await turned(yard, page, "Yes, they are filed", "Noted: the signatures are filed")
    await turned(yard, page, "‹ Back", "What about")
    assert not [label for label in yard.labels(page) if "filed" in label]
