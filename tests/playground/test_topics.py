"""Forum topics: General, named, closed and deleted ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from playground.chats import GENERAL_THREAD_ID

if TYPE_CHECKING:
    from telegram import Bot

    from playground.chats import Chat
    from playground.people import Person
    from playground.world import World


@pytest.fixture
def forum(world: World, vera: Person) -> Chat:
    group = world.add_group("Yard forum", creator=vera, forum=True)
    world.add_bot(group, by=vera)
    return group


async def test_messages_stand_in_their_topic(
    bot: Bot, world: World, forum: Chat, vera: Person
) -> None:
    topic = world.add_topic(forum, "Actions", by=vera)
    asked = world.say(forum, vera, "/action", topic=topic)
    heard = (await bot.get_updates(offset=-1))[0].message
    assert heard is not None
    assert (heard.message_thread_id, heard.is_topic_message) == (topic.thread_id, True)
    assert heard.reply_to_message is not None
    assert heard.reply_to_message.forum_topic_created is not None
    await bot.send_message(forum.id, "card", message_thread_id=topic.thread_id)
    assert forum.messages[-1].topic is topic
    await bot.send_message(forum.id, "reply", reply_to_message_id=asked.message_id)
    assert forum.messages[-1].topic is topic
    general = await bot.send_message(forum.id, "in General")
    assert general.message_thread_id is None
    assert forum.messages[-1].topic is forum.general


async def test_closed_deleted_and_unknown_topics(
    bot: Bot, refusal: Any, world: World, forum: Chat, vera: Person
) -> None:
    async def send(thread_id: int) -> str:
        return str(
            await refusal("sendMessage", chat_id=forum.id, text="x", message_thread_id=thread_id)
        )

    not_found = "Bad Request: message thread not found"
    topic = world.add_topic(forum, "Actions", by=vera)
    world.close_topic(forum, topic)
    assert await send(topic.thread_id) == "Bad Request: TOPIC_CLOSED"
    world.reopen_topic(forum, topic)
    sent = await bot.send_message(forum.id, "x", message_thread_id=topic.thread_id)
    world.delete_topic(forum, topic)
    assert await send(topic.thread_id) == not_found
    assert await send(GENERAL_THREAD_ID) == not_found
    assert await send(4711) == not_found
    words = await refusal("editMessageText", chat_id=forum.id, message_id=sent.message_id, text="y")
    assert words == "Bad Request: message to edit not found"
    world.close_topic(forum, forum.general)
    assert await send(0) == "Bad Request: TOPIC_CLOSED"


async def test_an_administrator_bot_keeps_topics(
    bot: Bot, refusal: Any, world: World, forum: Chat, yard: Chat, vera: Person
) -> None:
    assert "not enough rights" in await refusal(
        "createForumTopic", chat_id=forum.id, name="Actions"
    )
    world.set_bot_rights(forum, vera, can_manage_topics=True)
    topic = await bot.create_forum_topic(forum.id, "Actions")
    assert await bot.close_forum_topic(forum.id, topic.message_thread_id)
    assert await refusal(
        "closeForumTopic", chat_id=forum.id, message_thread_id=topic.message_thread_id
    ) == ("Bad Request: TOPIC_NOT_MODIFIED")
    await bot.send_message(forum.id, "x", message_thread_id=topic.message_thread_id)
    assert await bot.reopen_forum_topic(forum.id, topic.message_thread_id)
    assert await bot.delete_forum_topic(forum.id, topic.message_thread_id)
    assert topic.message_thread_id not in forum.topics
    assert await bot.close_general_forum_topic(forum.id)
    assert forum.general.closed
    assert await refusal("createForumTopic", chat_id=yard.id, name="x") == (
        "Bad Request: the chat is not a forum"
    )


async def test_outside_forums_a_thread_is_ignored(bot: Bot, yard: Chat) -> None:
    sent = await bot.send_message(yard.id, "x", message_thread_id=99)
    assert sent.message_thread_id is None


def test_the_first_topic_of_a_fresh_forum_stands_beside_general(world: World, vera: Person) -> None:
    group = world.add_group("Fresh forum", creator=vera, forum=True)
    topic = world.add_topic(group, "Actions", by=vera)
    assert topic.thread_id != GENERAL_THREAD_ID
    assert {found.name for found in group.topics.values()} == {"General", "Actions"}
