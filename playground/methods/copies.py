"""Copying messages: sent anew, without a word of whose they were.

Source: copyMessage and copyMessages of the Bot API documentation.
"""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise

from playground import access
from playground.chats import Message
from playground.compose import caption_content, keyboard
from playground.content import Content
from playground.errors import JSON, bad_request
from playground.methods.registry import Call, method
from playground.methods.sending import send_to_all
from playground.params import whole_number
from playground.polls import is_unsolved_quiz, new_poll

MAX_COPIES = 100

# Documented, and below kinds of which nothing is promised.
_NEVER_COPIED = ("paid_media", "giveaway", "giveaway_winners", "invoice")
_HARDLY_COPIED = ("story", "game", "checklist")


@method("copyMessage", sends=True)
def copy_message(call: Call) -> JSON:
    source = access.chat_to_read(call.world, call.params, "from_chat_id")
    copied = access.message_in(source, call.params.integer("message_id"), "message to copy")
    if copied.chat.protected:
        raise bad_request("message has protected content and can't be forwarded")
    if not _may_be_copied(call, copied):
        raise bad_request("the message can't be copied")
    content = replace(_anew(call, copied), keyboard=keyboard(call.params))
    if copied.content.has_media and call.params.text("caption"):
        fresh = caption_content(call.world, call.params)
        content = replace(content, text=fresh.text, entities=fresh.entities, html=fresh.html)
    return {"message_id": _send(call, content).message_id}


@method("copyMessages", sends=True)
def copy_messages(call: Call) -> JSON:
    source = access.chat_to_read(call.world, call.params, "from_chat_id")
    wanted = [source.by_id.get(number) for number in _numbers(call)]
    # What is gone, what can't be copied and what may not be sent now is passed over.
    there = [message for message in wanted if message is not None]
    if not there:
        raise bad_request("there are no messages to forward")
    if source.protected:
        raise bad_request("message has protected content and can't be forwarded")
    copied = [message for message in there if _may_be_copied(call, message)]
    if not copied:
        raise bad_request("messages can't be forwarded")
    albums: dict[str, str] = {}
    sent = []
    for message in copied:
        album = message.media_group_id
        if album is not None:
            albums.setdefault(album, str(random.getrandbits(53)))
        sent.append(_send(call, _anew(call, message), albums[album] if album else None))
    return [{"message_id": message.message_id} for message in sent]


def _numbers(call: Call) -> list[int]:
    listed = call.params.nested("message_ids", "message_ids")
    if not listed:
        raise bad_request("message identifiers are not specified")
    if not isinstance(listed, list):
        raise bad_request("expected an Array of message identifiers")
    if len(listed) > MAX_COPIES:
        raise bad_request("too many message identifiers specified")
    numbers = [number for one in listed if (number := whole_number(one)) is not None]
    if len(numbers) < len(listed):
        raise bad_request("can't parse message identifier as a Number")
    if any(earlier >= later for earlier, later in pairwise(numbers)):
        raise bad_request("message identifiers must be in a strictly increasing order")
    return numbers


def _may_be_copied(call: Call, message: Message) -> bool:
    """TDLib's `get_forwarded_messages` asks before anything is sent, and says of what it leaves out only that
    it can't be copied."""
    is_ordinary = not message.service and not is_unsolved_quiz(message.content.poll)
    kinds = {*_NEVER_COPIED, *_HARDLY_COPIED}
    is_of_kind = kinds.isdisjoint(message.content.other or {})
    return is_ordinary and is_of_kind and _may_send(call, message.content)


def _may_send(call: Call, content: Content) -> bool:
    permission, _ = _permission_for(content)
    return access.chat_to_write(call.world, call.params).may(call.world.bot, permission)


def _anew(call: Call, message: Message) -> Content:
    """The same content; a poll begins without votes."""
    content = replace(message.content, keyboard=[])
    poll = content.poll
    if poll is None:
        return content
    fresh = new_poll(
        call.world.next_ephemeral_id(),
        poll["question"],
        [option["text"] for option in poll["options"]],
        is_anonymous=poll["is_anonymous"],
        several=poll["allows_multiple_answers"],
    )
    return replace(content, poll=fresh)


def _permission_for(content: Content) -> tuple[str, str]:
    """The right that a copy needs, and what it is a right to send."""
    if content.poll is not None:
        return "can_send_polls", "polls"
    if content.photo is not None:
        return "can_send_photos", "photos"
    if content.document is not None:
        return "can_send_documents", "documents"
    if content.other is not None:
        return "can_send_other_messages", "other messages"
    return "can_send_messages", "text messages"


def _send(call: Call, content: Content, album: str | None = None) -> Message:
    return send_to_all(call, content, *_permission_for(content), media_group_id=album)
