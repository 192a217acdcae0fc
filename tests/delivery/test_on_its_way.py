"""Whoever publishes reads that it is on its way, that it stands, or what is in the way."""

from __future__ import annotations

import pytest

from tests.actions.announce import CONCERT
from tests.delivery.refusing import cards_in, is_card, new_forum
from tests.delivery.test_turn import publish, turned_until
from tests.yard import Yard

pytestmark = pytest.mark.databases("sqlite", "postgresql")  # this is about rows


async def test_published_is_said_when_the_card_stands(yard: Yard) -> None:
    yard.promote_bot()
    await yard.quiet()
    fault = yard.server.faults.add("sendMessage", "429", retry_after=30, when=is_card)
    await publish(yard)
    await yard.world.until(lambda: fault.struck)
    page = await yard.hears(yard.tom, "On its way to the chat")
    await turned_until(yard, lambda: cards_in(yard.group), 31)
    await yard.world.until(lambda: page.text == "Published. Your neighbours can see it now.")


async def test_its_author_reads_what_is_in_the_way(yard: Yard) -> None:
    yard.promote_bot()
    await yard.quiet()
    yard.server.faults.add(
        "sendMessage", "error", description="Bad Request: CHAT_WRITE_FORBIDDEN", when=is_card
    )
    await publish(yard)
    page = await yard.hears(yard.tom, "I may not write in the group chat now")
    assert "go on trying" in page.text
    yard.say(yard.vera, "/actions")
    listed = await yard.hears(yard.vera, "Coming up")
    assert "Not in the chat yet" in listed.text
    await turned_until(yard, lambda: cards_in(yard.group), 120)
    await yard.world.until(lambda: "Published" in page.text)


async def test_its_author_reads_nothing_of_a_topic_that_gave_way(yard: Yard) -> None:
    forum, topic = new_forum(yard)
    yard.world.add_bot(forum, by=yard.vera)
    yard.world.promote(forum, yard.world.bot, yard.vera)
    yard.world.demote(forum, yard.world.bot, yard.vera)
    await yard.hears(yard.tom, "Hello, neighbours", forum)
    yard.say(yard.tom, CONCERT, chat=forum, topic=topic, ephemeral=False)
    preview = await yard.hears(yard.tom, "neighbours will see", forum)
    yard.world.close_topic(forum, topic)
    answer = await yard.tap(yard.tom, preview, "Publish")
    assert "On its way" in (answer.text or "")
    await yard.world.until(lambda: cards_in(forum))
    assert not [m for m in forum.log if "It isn't in the chat yet" in m.text]
