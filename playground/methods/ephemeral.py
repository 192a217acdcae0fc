"""Ephemeral messages: seen by one member of a group and the bot.

Source: Bot API 10.2 (top-level parameters) and 10.3 (`ephemeral_message_parameters`). Telegram's
words for some refusals are not published; those here start with EPHEMERAL_.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from playground import access, posting
from playground.below_field import require_inline
from playground.compose import keyboard, text_content
from playground.errors import JSON, bad_request
from playground.methods.edits import change
from playground.methods.registry import Call, method
from playground.methods.replies import answered_command_id, replied_message
from playground.params import whole_number

if TYPE_CHECKING:
    from playground.chats import Chat, Message, Topic
    from playground.content import Content
    from playground.people import Account

ANSWERED_WITHIN = 15
"""Seconds after a tap or an ephemeral command in which any bot may answer ephemerally."""


@dataclass(frozen=True)
class EphemeralRequest:
    """What the parameters ask for: a message for one person, as an answer to something or not."""

    receiver_user_id: int
    callback_query_id: str = ""
    replace_tapped: bool = False
    command_id: int | None = None


def ephemeral_request(call: Call) -> EphemeralRequest | None:
    """The request for an ephemeral message, or None for an ordinary one. Raises ApiError."""
    if not call.world.ephemeral_supported:
        return None
    command_id = answered_command_id(call)
    nested = call.params.nested("ephemeral_message_parameters", "ephemeral message parameters")
    top_receiver = call.params.integer("receiver_user_id")
    top_tap = call.params.text("callback_query_id")
    if nested is None:
        if not top_receiver:
            if command_id is not None:
                raise bad_request("EPHEMERAL_RECEIVER_REQUIRED")
            return None
        return EphemeralRequest(top_receiver, top_tap, command_id=command_id)
    if not isinstance(nested, dict):
        raise bad_request("Object expected as ephemeral message parameters")
    receiver = whole_number(nested.get("receiver_user_id"))
    if receiver is None:
        raise bad_request('Can\'t find field "receiver_user_id"')
    tap = str(nested.get("callback_query_id") or "")
    if (top_receiver and top_receiver != receiver) or (top_tap and tap and top_tap != tap):
        raise bad_request("EPHEMERAL_PARAMETERS_MISMATCH")
    replaces = bool(nested.get("replace_callback_query_message"))
    return EphemeralRequest(receiver, tap or top_tap, replaces, command_id)


def send_ephemeral(
    call: Call, chat: Chat, topic: Topic | None, content: Content, asked: EphemeralRequest
) -> Message:
    """Show the content to one member, if the bot may at this moment. Raises ApiError."""
    world = call.world
    require_inline(call.params.nested("reply_markup", "reply keyboard markup"))
    if not chat.is_group:
        raise bad_request("EPHEMERAL_PEER_INVALID")
    receiver = next((p for p in world.people if p.id == asked.receiver_user_id), None)
    if receiver is None:
        raise bad_request("user not found")
    if not chat.has(receiver):
        raise bad_request("USER_NOT_PARTICIPANT")
    tapped = _tapped(call, chat, receiver, asked.callback_query_id)
    command = _command(call, chat, receiver, asked.command_id)
    if not (tapped or command or chat.is_admin(world.bot)):
        raise bad_request("EPHEMERAL_NOT_ALLOWED")
    replied = command or replied_message(call, chat)
    message = posting.new_ephemeral(world, chat, world.bot, receiver, content, topic=topic)
    message.reply_to = replied
    if asked.replace_tapped and tapped is not None:
        if tapped.is_ephemeral:
            raise bad_request("EPHEMERAL_REPLACE_INVALID")
        message.replaces = tapped
    message.lost = world.lose_ephemeral
    return posting.post(world, message)


@method("editEphemeralMessageText", sends=True, since_ephemeral=True)
def edit_ephemeral_message_text(call: Call) -> JSON:
    content = text_content(call.world, call.params)
    message = _shown(call, "message to edit")
    if message.content.has_media:
        raise bad_request("there is no text in the message to edit")
    change(call.world, message, content)
    return True


@method("editEphemeralMessageReplyMarkup", sends=True, since_ephemeral=True)
def edit_ephemeral_message_reply_markup(call: Call) -> JSON:
    buttons = keyboard(call.params)
    message = _shown(call, "message to edit")
    change(call.world, message, replace(message.content, keyboard=buttons))
    return True


@method("deleteEphemeralMessage", since_ephemeral=True)
def delete_ephemeral_message(call: Call) -> JSON:
    posting.delete(call.world, _shown(call, "message to delete"))
    return True


def _tapped(call: Call, chat: Chat, receiver: Account, tap_id: str) -> Message | None:
    tap = call.world.taps.get(tap_id)
    if tap is None or tap.person is not receiver or tap.message.chat is not chat:
        return None
    is_fresh = call.world.clock.monotonic() - tap.pressed_at <= ANSWERED_WITHIN
    return tap.message if is_fresh else None


def _command(call: Call, chat: Chat, receiver: Account, command_id: int | None) -> Message | None:
    if command_id is None:
        return None
    command = _find(chat, command_id)
    if command is None or command.author is not receiver:
        raise bad_request("message to be replied not found")
    age = (call.world.clock.now() - command.date).total_seconds()
    return command if age <= ANSWERED_WITHIN or chat.is_admin(call.world.bot) else None


def _shown(call: Call, purpose: str) -> Message:
    chat = access.chat_to_edit(call.world, call.params)
    receiver_id = call.params.integer("receiver_user_id")
    if receiver_id <= 0:
        raise bad_request("invalid receiver_user_id specified")
    message = _find(chat, call.params.integer("ephemeral_message_id"))
    is_own = message is not None and message.sender is call.world.bot
    if message is None or not is_own or message.deleted:
        raise bad_request(f"{purpose} not found")
    if message.receiver is None or message.receiver.id != receiver_id:
        raise bad_request(f"{purpose} not found")
    return message


def _find(chat: Chat, ephemeral_id: int) -> Message | None:
    newest_first = reversed(chat.log)
    return next((m for m in newest_first if m.ephemeral_message_id == ephemeral_id), None)
