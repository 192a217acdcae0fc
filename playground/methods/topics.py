"""Forum topics, as an administrator bot keeps them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground import access
from playground.chats import ChatKind
from playground.errors import JSON, bad_request
from playground.methods.registry import Call, method

if TYPE_CHECKING:
    from playground.chats import Chat, Topic

MAX_TOPIC_NAME = 128


@method("createForumTopic")
def create_forum_topic(call: Call) -> JSON:
    chat = _forum(call)
    name = call.params.text("name").strip()
    if not name or len(name) > MAX_TOPIC_NAME:
        raise bad_request("TOPIC_TITLE_EMPTY" if not name else "TOPIC_TITLE_INVALID")
    topic = call.world.add_topic(chat, name, call.world.bot)
    return {
        "message_thread_id": topic.thread_id,
        "name": topic.name,
        "icon_color": topic.icon_color,
    }


@method("closeForumTopic")
def close_forum_topic(call: Call) -> JSON:
    chat = _forum(call)
    return _set_closed(call, chat, _topic(call, chat), closed=True)


@method("reopenForumTopic")
def reopen_forum_topic(call: Call) -> JSON:
    chat = _forum(call)
    return _set_closed(call, chat, _topic(call, chat), closed=False)


@method("closeGeneralForumTopic")
def close_general_forum_topic(call: Call) -> JSON:
    chat = _forum(call)
    return _set_closed(call, chat, chat.general, closed=True)


@method("reopenGeneralForumTopic")
def reopen_general_forum_topic(call: Call) -> JSON:
    chat = _forum(call)
    return _set_closed(call, chat, chat.general, closed=False)


@method("deleteForumTopic")
def delete_forum_topic(call: Call) -> JSON:
    chat = _forum(call)
    call.world.delete_topic(chat, _topic(call, chat))
    return True


def _forum(call: Call) -> Chat:
    chat = access.chat_to_write(call.world, call.params)
    if chat.kind is not ChatKind.SUPERGROUP:
        raise bad_request("method is available only for supergroups")
    if not chat.forum:
        raise bad_request("the chat is not a forum")
    if not chat.may(call.world.bot, "can_manage_topics"):
        raise bad_request("not enough rights to create a topic")
    return chat


def _topic(call: Call, chat: Chat) -> Topic:
    topic = chat.topics.get(call.params.integer("message_thread_id"))
    if topic is None or topic.is_general:
        raise bad_request("message thread not found")
    return topic


def _set_closed(call: Call, chat: Chat, topic: Topic, *, closed: bool) -> JSON:
    if topic.closed == closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    turn = call.world.close_topic if closed else call.world.reopen_topic
    turn(chat, topic, call.world.bot)
    return True
