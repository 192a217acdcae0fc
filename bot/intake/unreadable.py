"""Messages that the library can't read: of those that begin with a command, enough for a hint.

Nothing is done for them. Whatever else they say may matter, such as who wrote it or what it answers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from telegram import Bot, Update

from bot.intake.well_formed import is_well_formed, without_impossible_characters

_COMMAND = re.compile(r"/\w{1,32}(@\w+)?", re.ASCII)
# Where one of these is there, it isn't what somebody typed as themselves.
_NOT_TYPED = (
    "sender_chat",
    "forward_origin",
    "via_bot",
    "sender_business_bot",
    "is_automatic_forward",
)
_KEPT = {
    "message_id": None,
    "date": None,
    # In answer to a command that nobody else saw, the hint must be unseen too.
    "ephemeral_message_id": None,
    "message_thread_id": None,
    "is_topic_message": None,
    "media_group_id": None,
    "chat": ("id", "type"),
    "from": ("id", "is_bot", "first_name", "language_code"),
}


class UnreadableCommand(Update):
    """Who typed which command where, out of a message that can't be read as a whole."""

    __slots__ = ()


def read_unreadable(raw: Mapping[str, Any], bot: Bot) -> Update | None:
    """Return what a hint needs, None where nobody typed a command as themselves."""
    message = raw.get("message")
    if not isinstance(message, Mapping) or any(message.get(field) for field in _NOT_TYPED):
        return None
    command = _command_of(message, "text", "entities") or _command_of(
        message, "caption", "caption_entities"
    )
    if command is None:
        return None
    mark = {"type": "bot_command", "offset": 0, "length": len(command)}
    kept = {
        field: _part(message[field], inner) for field, inner in _KEPT.items() if field in message
    }
    reduced = {
        "update_id": raw.get("update_id"),
        "message": {**kept, "text": command, "entities": [mark]},
    }
    if kept.get("from") is None or not is_well_formed(reduced):
        return None
    return UnreadableCommand.de_json(without_impossible_characters(reduced), bot)


def _command_of(message: Mapping[str, Any], words: str, marks: str) -> str | None:
    text, entities = message.get(words), message.get(marks)
    if not isinstance(text, str) or not isinstance(entities, list):
        return None
    is_marked = any(
        isinstance(mark, Mapping) and (mark.get("type"), mark.get("offset")) == ("bot_command", 0)
        for mark in entities
    )
    found = _COMMAND.match(text)
    return found[0] if is_marked and found else None


def _part(value: Any, fields: tuple[str, ...] | None) -> Any:
    """A value, of an object these fields alone: what else there is may be what can't be read."""
    if fields is None or not isinstance(value, Mapping):
        return value
    return {field: value[field] for field in fields if field in value}
