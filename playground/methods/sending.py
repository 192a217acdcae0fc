"""Where a message of the bot goes: which chat, topic and person its parameters name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground import access, posting
from playground.below_field import keys_after
from playground.methods.ephemeral import ephemeral_request, send_ephemeral
from playground.methods.replies import replied_message

if TYPE_CHECKING:
    from playground.chats import Chat, Message, Topic
    from playground.content import Content
    from playground.errors import JSON
    from playground.methods.registry import Call


def send(call: Call, content: Content, permission: str, what: str) -> Message:
    """Send to everyone in the chat, or to the one person the parameters name. Raises ApiError."""
    chat, topic = _place(call, permission, what)
    asked = ephemeral_request(call)
    if asked is not None:
        return send_ephemeral(call, chat, topic, content, asked)
    return _post(call, chat, _ordinary(call, chat, topic, content))


def send_to_all(
    call: Call,
    content: Content,
    permission: str,
    what: str,
    *,
    forward_origin: dict[str, JSON] | None = None,
    media_group_id: str | None = None,
) -> Message:
    """Send by a method that knows no ephemeral messages. Raises ApiError."""
    chat, topic = _place(call, permission, what)
    message = _ordinary(call, chat, topic, content)
    message.forward_origin = forward_origin
    message.media_group_id = media_group_id
    return _post(call, chat, message)


def _place(call: Call, permission: str, what: str) -> tuple[Chat, Topic | None]:
    chat = access.chat_to_write(call.world, call.params)
    topic = access.topic_to_write(call.world, chat, call.params.integer("message_thread_id"))
    access.check_may_send(call.world, chat, permission, what)
    return chat, topic


def _post(call: Call, chat: Chat, message: Message) -> Message:
    """It stands in its chat, and with it what it brings below the field."""
    markup = call.params.nested("reply_markup", "reply keyboard markup")
    chat.keys = keys_after(markup, chat.keys, is_private=chat.person is not None)
    return posting.post(call.world, message)


def _ordinary(call: Call, chat: Chat, topic: Topic | None, content: Content) -> Message:
    access.check_slow_mode(call.world, chat)
    replied = replied_message(call, chat)
    if replied is not None and not call.params.integer("message_thread_id"):
        topic = replied.topic or topic
    message = posting.new_message(call.world, chat, call.world.bot, content, topic=topic)
    message.reply_to = replied
    return message
