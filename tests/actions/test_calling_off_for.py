"""Whoever calls an action off may say why: the card and the news of it do."""

from __future__ import annotations

import pytest

from playground.chats import Chat, Message
from tests.actions.announce import announce, behind_more
from tests.yard import Yard

WHY = "It will rain all evening <b>"


async def asked_why(yard: Yard, card: Message) -> Chat:
    """⋯, Call it off, Say why, and into the private chat."""
    page = await behind_more(yard, yard.tom, card)
    await yard.tap(yard.tom, page, "Call it off")
    await yard.world.until(lambda: "Really call off" in page.text)
    private = await yard.follow(yard.tom, await yard.tap(yard.tom, page, "Say why"))
    await yard.hears(yard.tom, "Why is Concert in the courtyard called off?", private)
    return private


async def test_everybody_reads_why(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    private = await asked_why(yard, card)
    yard.say(yard.tom, "It rains", chat=private)
    await yard.hears(yard.tom, "Everybody will read", private)
    yard.say(yard.tom, WHY, chat=private)
    page = await yard.hears(yard.tom, WHY, private)
    await yard.tap(yard.tom, page, "Yes, call it off")
    post = await yard.hears(yard.nina, "is called off")
    assert f"💬 {WHY}" in post.text
    await yard.settled()
    await yard.world.until(lambda: f"💬 {WHY}" in card.text)
    assert not card.buttons


async def test_an_older_page_confirms_nothing_that_it_does_not_show(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    private = await asked_why(yard, card)
    yard.say(yard.tom, "It rains", chat=private)
    older = await yard.hears(yard.tom, "It rains", private)
    yard.say(yard.tom, WHY, chat=private)
    page = await yard.hears(yard.tom, WHY, private)
    await yard.tap(yard.tom, older, "Yes, call it off")
    await yard.settled()
    assert card.buttons
    await yard.tap(yard.tom, page, "Yes, call it off")
    assert f"💬 {WHY}" in (await yard.hears(yard.nina, "is called off")).text


async def test_it_needn_t_be_said(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    private = await asked_why(yard, card)
    page = await yard.hears(yard.tom, "Why is", private)
    await yard.tap(yard.tom, page, "‹ Back")
    await yard.world.until(lambda: "Really call off" in page.text)
    await yard.tap(yard.tom, page, "Yes, call it off")
    assert "💬" not in (await yard.hears(yard.nina, "is called off")).text


@pytest.mark.parametrize("typed", ["\u3164", "x" * 501])
async def test_what_is_no_reason_is_asked_for_again(yard: Yard, typed: str) -> None:
    private = await asked_why(yard, await announce(yard, yard.tom))
    yard.say(yard.tom, typed, chat=private)
    await yard.hears(yard.tom, "too long" if len(typed) > 1 else "I see no words", private)
    yard.say(yard.tom, "Rain", chat=private)
    await yard.hears(yard.tom, "💬 Rain", private)


async def test_nobody_else_calls_it_off_so(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    for data in ("a.cancelfor!:1", "a.cancelfor:1"):
        answer = await yard.forge(yard.nina, card, data)
        assert answer.show_alert
    private = await yard.follow(yard.nina, await yard.forge(yard.nina, card, "a.why:1"))
    await yard.hears(yard.nina, "Менять это могут только", private)
