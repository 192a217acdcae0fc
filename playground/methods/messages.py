"""Sending, forwarding and deleting messages."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

from playground import access, posting
from playground.chats import ChatKind, Message
from playground.compose import caption_content, keyboard, text_content
from playground.content import Content
from playground.entities import utf16_length
from playground.errors import JSON, bad_request
from playground.methods.files import document_of, input_media, photo_of
from playground.methods.registry import Call, method
from playground.methods.sending import send, send_to_all
from playground.params import whole_number
from playground.polls import new_poll
from playground.reactions import REACTIONS

DELETABLE_FOR = timedelta(hours=48)
MAX_ALBUM = 10

_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


@method("sendMessage", sends=True)
def send_message(call: Call) -> JSON:
    content = text_content(call.world, call.params)
    return send(call, content, "can_send_messages", "text messages").json()


@method("sendPhoto", sends=True)
def send_photo(call: Call) -> JSON:
    content = replace(caption_content(call.world, call.params), photo=photo_of(call))
    return send(call, content, "can_send_photos", "photos").json()


@method("sendDocument", sends=True)
def send_document(call: Call) -> JSON:
    content = replace(caption_content(call.world, call.params), document=document_of(call))
    return send(call, content, "can_send_documents", "documents").json()


@method("sendPoll", sends=True)
def send_poll(call: Call) -> JSON:
    question = call.params.text("question").strip()
    if not question:
        raise bad_request("text must be non-empty")
    if utf16_length(question) > 300:
        raise bad_request("poll question length must not exceed 300")
    listed = call.params.nested("options", "options")
    if not isinstance(listed, list) or not all(isinstance(o, (str, dict)) for o in listed):
        raise bad_request("expected an Array of String as options")
    options = [str(o.get("text", "")) if isinstance(o, dict) else o for o in listed]
    if not 1 <= len(options) <= 12:
        raise bad_request("poll must have at least 1 answer option and at most 12")
    if not all(0 < utf16_length(option) <= 100 for option in options):
        raise bad_request("poll options length must not exceed 100")
    anonymous = "is_anonymous" not in call.params.values or call.params.boolean("is_anonymous")
    poll = new_poll(
        call.world.next_ephemeral_id(),
        question,
        options,
        is_anonymous=anonymous,
        several=call.params.boolean("allows_multiple_answers"),
        quiz=call.params.text("type") == "quiz",
    )
    content = Content(poll=poll, keyboard=keyboard(call.params))
    return send_to_all(call, content, "can_send_polls", "polls").json()


@method("sendMediaGroup", sends=True)
def send_media_group(call: Call) -> JSON:
    listed = call.params.nested("media", "media")
    if not isinstance(listed, list):
        raise bad_request("Expected an Array of InputMedia")
    if not listed:
        raise bad_request("there are no messages to send")
    if len(listed) > MAX_ALBUM:
        raise bad_request("too many messages to send as an album")
    contents = [input_media(call, one) for one in listed]
    if len({content.photo is None for content in contents}) > 1:
        raise bad_request("document can't be mixed with other media types")
    album = str(random.getrandbits(53))
    return [
        send_to_all(call, content, "can_send_photos", "photos", media_group_id=album).json()
        for content in contents
    ]


@method("forwardMessage", sends=True)
def forward_message(call: Call) -> JSON:
    source = access.chat_to_read(call.world, call.params, "from_chat_id")
    original = access.message_in(source, call.params.integer("message_id"), "message to forward")
    if original.service:
        raise bad_request("message can't be forwarded")
    origin = original.forward_origin or {
        "type": "user",
        "sender_user": original.sender.json(),
        "date": int(original.date.timestamp()),
    }
    content = replace(original.content, keyboard=[])
    return send_to_all(
        call, content, "can_send_messages", "text messages", forward_origin=origin
    ).json()


@method("deleteMessage")
def delete_message(call: Call) -> JSON:
    chat = access.chat_to_write(call.world, call.params)
    message_id = call.params.integer("message_id")
    if not message_id:
        raise bad_request("message identifier is not specified")
    message = access.message_in(chat, message_id, "message to delete")
    check_deletable(call, message)
    posting.delete(call.world, message)
    return True


@method("deleteMessages")
def delete_messages(call: Call) -> JSON:
    chat = access.chat_to_write(call.world, call.params)
    listed = call.params.nested("message_ids", "message_ids")
    if not listed:
        raise bad_request("message identifiers are not specified")
    if not isinstance(listed, list):
        raise bad_request("expected an Array of message identifiers")
    if len(listed) > 100:
        raise bad_request("too many message identifiers specified")
    numbers = [whole_number(one) for one in listed]
    if None in numbers:
        raise bad_request("can't parse message identifier as a Number")
    messages = [chat.by_id[number] for number in numbers if number in chat.by_id]
    for message in messages:
        check_deletable(call, message)
    for message in messages:
        posting.delete(call.world, message)
    return True


def check_deletable(call: Call, message: Message) -> None:
    """Refuse what a bot may not delete; the words differ by the kind of chat, as on Telegram."""
    chat, bot = message.chat, call.world.bot
    is_own = message.sender is bot and not message.service
    is_old = call.world.clock.now() - message.date >= DELETABLE_FOR
    if chat.kind is ChatKind.SUPERGROUP:
        fixed = message.message_id == 1 or "forum_topic_created" in (message.service or {})
        if is_old or fixed or not (is_own or chat.member(bot).has("can_delete_messages")):
            raise bad_request("message can't be deleted")
    elif is_old or not (is_own or chat.kind is ChatKind.PRIVATE or chat.is_admin(bot)):
        raise bad_request("message can't be deleted for everyone")


@method("sendChatAction")
def send_chat_action(call: Call) -> JSON:
    chat = access.chat_to_write(call.world, call.params)
    access.topic_to_write(call.world, chat, call.params.integer("message_thread_id"))
    if call.params.text("action").lower() not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    return True


@method("setMessageReaction")
def set_message_reaction(call: Call) -> JSON:
    chat = access.chat_to_read(call.world, call.params)
    message = access.message_in(chat, call.params.integer("message_id"), "message to react")
    listed = call.params.nested("reaction", "reaction types") or []
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise bad_request("Expected an Array of ReactionType")
    if len(listed) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    emoji = [str(one.get("emoji", "")) for one in listed]
    allowed = REACTIONS if chat.reactions is None else REACTIONS & chat.reactions
    if not allowed.issuperset(emoji):
        raise bad_request("REACTION_INVALID")
    message.reactions[call.world.bot.id] = emoji
    call.world.changed()
    return True
