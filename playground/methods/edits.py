"""Changing what the bot has said."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from playground import access
from playground.below_field import require_inline
from playground.compose import caption_content, keyboard, text_content
from playground.errors import JSON, bad_request
from playground.methods.files import input_media
from playground.methods.registry import Call, method

if TYPE_CHECKING:
    from playground.chats import Message
    from playground.content import Content
    from playground.state import WorldState

_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


@method("editMessageText", sends=True)
def edit_message_text(call: Call) -> JSON:
    content = text_content(call.world, call.params)
    message = _own(call)
    if message.content.has_media or message.content.poll:
        raise bad_request("there is no text in the message to edit")
    return change(call.world, message, content).json()


@method("editMessageCaption", sends=True)
def edit_message_caption(call: Call) -> JSON:
    content = caption_content(call.world, call.params)
    message = _own(call)
    if not message.content.has_media:
        raise bad_request("there is no caption in the message to edit")
    attached = replace(content, photo=message.photo, document=message.document)
    return change(call.world, message, attached).json()


@method("editMessageMedia", sends=True)
def edit_message_media(call: Call) -> JSON:
    content = input_media(call, call.params.nested("media", "input media"))
    content = replace(content, keyboard=keyboard(call.params))
    return change(call.world, _own(call), content).json()


@method("editMessageReplyMarkup", sends=True)
def edit_message_reply_markup(call: Call) -> JSON:
    buttons = keyboard(call.params)
    message = _own(call)
    return change(call.world, message, replace(message.content, keyboard=buttons)).json()


def change(world: WorldState, message: Message, content: Content) -> Message:
    """Give a message new content. Raises ApiError where nothing would change."""
    if replace(content, html=None) == replace(message.content, html=None):
        raise bad_request(_NOT_MODIFIED)
    # A new keyboard alone leaves no trace of editing.
    if replace(content, keyboard=[], html=None) != replace(message.content, keyboard=[], html=None):
        message.edit_date = world.clock.now()
    message.edited += 1
    message.content = content
    world.changed()
    return message


def _own(call: Call) -> Message:
    if not call.params.text("chat_id") and not call.params.integer("message_id"):
        if call.params.text("inline_message_id"):
            raise bad_request("MESSAGE_ID_INVALID")
        raise bad_request("message identifier is not specified")
    require_inline(call.params.nested("reply_markup", "reply keyboard markup"))
    chat = access.chat_to_edit(call.world, call.params)
    message = access.message_in(chat, call.params.integer("message_id"), "message to edit")
    if message.sender is not call.world.bot or message.service or message.forward_origin:
        raise bad_request("message can't be edited")
    return message
