"""What the bot is told of the message that somebody answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from telegram import Bot, Message, Update

if TYPE_CHECKING:
    from playground.chats import Chat
    from playground.people import Person
    from playground.world import World


def heard(world: World, bot: Bot) -> Message:
    """The newest message that the bot gets."""
    update = Update.de_json(world.updates.waiting()[-1].json(), bot)
    assert update.message is not None
    return update.message


async def test_a_quote_says_where_it_stands_and_keeps_its_marks_but_no_links(
    bot: Bot, world: World, yard: Chat, vera: Person
) -> None:
    text = '🐈 Cats. <b>Water</b> is <a href="https://example.org">off</a>.'
    said = world.say(yard, vera, text, html=True)
    world.say(yard, vera, "/remind 13:00", reply_to=said, quote="Water is off.")
    message = heard(world, bot)
    assert message.reply_to_message is not None
    quote = message.quote
    assert quote is not None
    assert (quote.text, quote.position, quote.is_manual) == ("Water is off.", 9, True)
    assert [(e.type, e.offset, e.length) for e in quote.entities or ()] == [("bold", 0, 5)]


async def test_nobody_quotes_what_wasnt_said(world: World, yard: Chat, vera: Person) -> None:
    said = world.say(yard, vera, "Tea")
    with pytest.raises(ValueError, match="substring"):
        world.say(yard, vera, "/remind 13:00", reply_to=said, quote="Cake")


async def test_of_a_message_elsewhere_the_bot_gets_no_message(
    bot: Bot, world: World, yard: Chat, vera: Person
) -> None:
    other = world.add_group("Next yard", vera)
    said = world.say(other, vera, "Water is off")
    world.say(yard, vera, "/remind 13:00", reply_to=said)
    message = heard(world, bot)
    assert message.reply_to_message is None
    assert message.external_reply is not None
    assert message.external_reply.message_id == said.message_id
    assert message.quote is not None
    assert not message.quote.is_manual


async def test_another_topic_is_elsewhere(bot: Bot, world: World, vera: Person) -> None:
    forum = world.add_group("Forum", vera, forum=True)
    world.add_bot(forum, by=vera)
    news, talk = (world.add_topic(forum, name, vera) for name in ("News", "Talk"))
    said = world.say(forum, vera, "Tea", topic=news)
    world.say(forum, vera, "/remind 13:00", topic=talk, reply_to=said)
    assert heard(world, bot).external_reply is not None
    world.say(forum, vera, "/remind 13:00", topic=news, reply_to=said)
    assert heard(world, bot).external_reply is None
    in_general = world.say(forum, vera, "Cake")
    world.say(forum, vera, "/remind 13:00", topic=forum.general, reply_to=in_general)
    assert heard(world, bot).external_reply is None


async def test_a_story_that_is_answered(bot: Bot, world: World, yard: Chat, vera: Person) -> None:
    world.say(yard, vera, "/remind 13:00", reply_to_story=True)
    assert heard(world, bot).reply_to_story is not None
