"""What a message of the bot replies to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.errors import JSON, bad_request
from playground.params import whole_number

if TYPE_CHECKING:
    from playground.chats import Chat, Message
    from playground.methods.registry import Call


def replied_message(call: Call, chat: Chat) -> Message | None:
    """The ordinary message that the parameters name, if any. Raises ApiError."""
    given = _parameters(call)
    if given:
        message_id = whole_number(given.get("message_id"))
        if message_id is None:
            raise bad_request('Can\'t find field "message_id"')
        is_lenient = bool(given.get("allow_sending_without_reply"))
    else:
        message_id = call.params.integer("reply_to_message_id")
        is_lenient = call.params.boolean("allow_sending_without_reply")
        if message_id <= 0:
            return None
    replied = chat.by_id.get(message_id)
    if replied is None and not is_lenient:
        raise bad_request("message to be replied not found")
    return replied


def answered_command_id(call: Call) -> int | None:
    """The ephemeral message that the parameters name, if any. Raises ApiError."""
    given = _parameters(call).get("ephemeral_message_id")
    if not given:
        return None
    command_id = whole_number(given)
    if command_id is None:
        raise bad_request('Field "ephemeral_message_id" must be a valid Number')
    return command_id


def _parameters(call: Call) -> dict[str, JSON]:
    given = call.params.nested("reply_parameters", "reply parameters")
    if given is not None and not isinstance(given, dict):
        raise bad_request("Object expected as reply parameters")
    return given or {}
