"""Another time reaches those who have answered: what they said was for the one before."""

from __future__ import annotations

from playground.chats import Message
from tests.actions.announce import announce, behind_more, change
from tests.actions.test_answering import shows
from tests.actions.test_careful_counts import choose
from tests.actions.test_parties import announce_for, comes
from tests.yard import Yard

AGAIN = "please tap again, for the new time"


async def move(yard: Yard, card: Message) -> Message:
    """Tom lets the concert begin an hour later; gives what everybody reads."""
    post = await change(yard, yard.tom, card, "Time", "20")
    await yard.settled(130)
    return post


async def test_whoever_answered_is_asked_again_and_counts_once_they_do(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    for person, said in ((yard.nina, "Going"), (yard.ales, "Going"), (yard.vera, "Maybe")):
        await yard.tap(person, card, said)
    await shows(yard, card, "2 come, 1 perhaps")
    post = await move(yard, card)
    assert AGAIN in post.text
    await yard.world.until(lambda: "🔁 The time has changed, and 3 have yet" in card.text)
    assert "come" not in card.text
    answer = await yard.tap(yard.nina, post, "Going")
    assert (answer.text or "").startswith("До встречи!")
    await shows(yard, card, "1 comes")
    assert "2 have yet" in card.text
    await yard.tap(yard.ales, card, "Maybe")
    await shows(yard, card, "1 comes, 1 perhaps")
    await yard.tap(yard.vera, card, "Maybe")
    await shows(yard, card, "1 comes, 2 perhaps")
    assert "🔁" not in card.text
    answer = await yard.tap(yard.vera, card, "Maybe")
    assert answer.text == "Your answer is removed."


async def test_their_guests_and_their_places_are_kept_meanwhile(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    await yard.tap(yard.vera, card, "Going")
    page = await behind_more(yard, yard.vera, card)
    await yard.tap(yard.vera, page, "4")
    await shows(yard, card, "4 come")
    await yard.settled(61)
    await move(yard, card)
    page = await behind_more(yard, yard.vera, card)
    assert "You said you'd come: 4 people. The time has changed" in page.text
    await yard.tap(yard.vera, card, "Going")
    await shows(yard, card, "4 come")


async def test_their_places_are_taken_for_everybody_else_too(yard: Yard) -> None:
    card = await announce_for(yard, "5")
    await comes(yard, yard.ales, card, "5")
    await yard.tap(yard.nina, card, "Going")
    await shows(yard, card, "All 5 places taken, 1 in line")
    await move(yard, card)
    await yard.world.until(lambda: "6 have yet to answer again" in card.text)
    assert "All 5 places taken, 1 in line" in card.text
    answer = await yard.tap(yard.tom, card, "Going")
    assert "number 2 in line" in (answer.text or "")
    await yard.tap(yard.ales, card, "Maybe")
    await shows(yard, card, "2 of 5 places taken, 1 perhaps")
    assert "1 has yet to answer again" in card.text


async def test_the_news_does_not_tell_whether_anybody_has_answered(yard: Yard) -> None:
    await choose(yard, "In fives, at full hours")
    card = await announce(yard, yard.tom)
    await yard.settled(130)
    post = await move(yard, card)
    assert AGAIN in post.text
    assert "🔁" not in card.text


async def test_another_word_or_place_asks_nobody_again(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    await yard.tap(yard.nina, card, "Going")
    post = await change(yard, yard.tom, card, "👥", "20")
    assert AGAIN not in post.text
    await shows(yard, card, "1 of 20 places taken")
