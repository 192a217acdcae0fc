"""Putting a message into a chat, and telling the bot of it where the bot may know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.chats import ChatKind, Message
from playground.content import Content
from playground.entities import slice_utf16

if TYPE_CHECKING:
    from playground.chats import Chat, Topic
    from playground.errors import JSON
    from playground.people import Account
    from playground.state import WorldState

# The bot hears of its own doing only in these service messages.
_TOLD_OF_OWN = frozenset(
    {
        "pinned_message",
        "left_chat_member",
        "forum_topic_created",
        "forum_topic_closed",
        "forum_topic_reopened",
    }
)


def new_message(
    world: WorldState, chat: Chat, sender: Account, content: Content, *, topic: Topic | None = None
) -> Message:
    """A message of this moment, numbered, not yet in the chat."""
    return Message(
        message_id=world.next_message_id(chat),
        chat=chat,
        sender=sender,
        date=world.clock.now(),
        content=content,
        topic=topic if chat.forum else None,
    )


def new_ephemeral(
    world: WorldState,
    chat: Chat,
    sender: Account,
    receiver: Account,
    content: Content,
    *,
    topic: Topic | None = None,
) -> Message:
    """An ephemeral message of this moment, not yet in the chat."""
    message = Message(
        message_id=0,
        chat=chat,
        sender=sender,
        date=world.clock.now(),
        content=content,
        topic=topic if chat.forum else None,
    )
    message.ephemeral_message_id = world.next_ephemeral_id()
    message.receiver = receiver
    return message


def post(world: WorldState, message: Message) -> Message:
    """The message stands in its chat from now on; the bot gets an update if it may see it."""
    chat = message.chat
    chat.log.append(message)
    if not message.is_ephemeral:
        chat.by_id[message.message_id] = message
    if bot_hears(world, message):
        world.updates.add("message", message.json())
    world.changed()
    return message


def post_service(
    world: WorldState,
    chat: Chat,
    sender: Account,
    fields: dict[str, JSON],
    *,
    topic: Topic | None = None,
) -> Message:
    """A service message, such as a pin or somebody's joining."""
    return post(world, new_message(world, chat, sender, Content(service=fields), topic=topic))


def bot_hears(world: WorldState, message: Message) -> bool:
    """Whether the bot gets an update: by membership, privacy mode, and who wrote it."""
    chat, bot = message.chat, world.bot
    if message.is_ephemeral:
        return message.receiver is bot
    if message.sender is bot:
        return bool(message.service) and not _TOLD_OF_OWN.isdisjoint(message.service or {})
    if chat.kind is ChatKind.PRIVATE:
        return not (chat.person and chat.person.blocked)
    if not chat.has(bot):
        return False
    if message.service or not bot.privacy_mode or chat.is_admin(bot):
        return True
    return _is_meant_for_bot(world, message)


def _is_meant_for_bot(world: WorldState, message: Message) -> bool:
    if message.reply_to is not None and message.reply_to.sender is world.bot:
        return True
    own_name = f"@{world.bot.username}".lower()
    for entity in message.entities:
        words = slice_utf16(message.text, entity["offset"], entity["length"]).lower()
        if entity["type"] == "mention" and words == own_name:
            return True
        if entity["type"] == "bot_command" and ("@" not in words or words.endswith(own_name)):
            return True
        if entity["type"] == "text_mention" and entity["user"].get("id") == world.bot.id:
            return True
    return False


def delete(world: WorldState, message: Message) -> None:
    """Take a message away for everyone; the Bot API tells nobody of it."""
    message.deleted = True
    message.chat.by_id.pop(message.message_id, None)
    if message in message.chat.pins:
        message.chat.pins.remove(message)
        message.pinned = False
    world.changed()


def pin(world: WorldState, message: Message, by: Account) -> Message | None:
    """Pin a message; the service message that tells of it, or None if it was pinned already."""
    if message.pinned:
        return None
    message.pinned = True
    message.chat.pins.append(message)
    fields = {"pinned_message": message.json(with_reply=False)}
    return post_service(world, message.chat, by, fields, topic=message.topic)


def unpin(world: WorldState, message: Message) -> None:
    """Unpin a message, silently."""
    message.pinned = False
    if message in message.chat.pins:
        message.chat.pins.remove(message)
    world.changed()


def announce_member(
    world: WorldState, chat: Chat, by: Account, old: JSON, new: JSON, *, of_bot: bool
) -> None:
    """The `my_chat_member` or `chat_member` update about a change of role."""
    if not of_bot and not chat.is_admin(world.bot):
        return
    body = {
        "chat": chat.json(),
        "from": by.json(),
        "date": int(world.clock.now().timestamp()),
        "old_chat_member": old,
        "new_chat_member": new,
    }
    world.updates.add("my_chat_member" if of_bot else "chat_member", body)
