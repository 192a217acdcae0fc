"""What a chat is, its pins, and leaving it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground import access, posting
from playground.chats import ChatKind
from playground.errors import JSON, bad_request
from playground.methods.registry import Call, method

if TYPE_CHECKING:
    from playground.chats import Chat


@method("getMe")
def get_me(call: Call) -> JSON:
    return call.world.bot.own_json()


@method("getChat")
def get_chat(call: Call) -> JSON:
    chat = access.chat_to_read(call.world, call.params)
    fields = chat.full_json()
    if chat.pins:
        fields["pinned_message"] = chat.pins[-1].json(with_reply=False)
    return fields


@method("leaveChat")
def leave_chat(call: Call) -> JSON:
    chat = access.chat_to_edit(call.world, call.params)
    if not chat.is_group:
        raise bad_request("chat member status can't be changed in private chats")
    call.world.leave(chat, call.world.bot)
    return True


@method("pinChatMessage")
def pin_chat_message(call: Call) -> JSON:
    chat = access.chat_to_write(call.world, call.params)
    message = access.message_in(chat, call.params.integer("message_id"), "message to pin")
    _check_may_pin(call, chat)
    if message.service:
        raise bad_request("service messages can't be pinned")
    posting.pin(call.world, message, call.world.bot)
    return True


@method("unpinChatMessage")
def unpin_chat_message(call: Call) -> JSON:
    chat = access.chat_to_write(call.world, call.params)
    message_id = call.params.integer("message_id")
    if message_id:
        message = access.message_in(chat, message_id, "message to unpin")
    elif chat.pins:
        message = chat.pins[-1]
    else:
        raise bad_request("message to unpin not found")
    _check_may_pin(call, chat)
    posting.unpin(call.world, message)
    return True


@method("unpinAllChatMessages")
def unpin_all_chat_messages(call: Call) -> JSON:
    chat = access.chat_to_write(call.world, call.params)
    _check_may_pin(call, chat)
    for message in tuple(chat.pins):
        posting.unpin(call.world, message)
    return True


def _check_may_pin(call: Call, chat: Chat) -> None:
    bot = call.world.bot
    if chat.kind is ChatKind.PRIVATE or chat.member(bot).has("can_pin_messages"):
        return
    if not chat.is_admin(bot) and chat.may(bot, "can_pin_messages"):
        return
    raise bad_request("not enough rights to manage pinned messages in the chat")
