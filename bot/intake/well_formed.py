"""Whether a raw update has the shape that Telegram documents, as far as this bot reads it.

The library builds its objects from whatever comes, so a wrong type would surface anywhere, as a fault
of ours. Source: core.telegram.org/bots/api#available-types.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_MOST_SIGNIFICANT_BITS = 52  # of an id, as Telegram promises
# A text can't hold these, and the databases won't keep them.
_IMPOSSIBLE = re.compile("[\x00\ud800-\udfff]")
_REPLACEMENT = "\ufffd"

# Field -> its type: int, str, bool, the name of an object, or a list of one. "!" marks what must be there.
_OBJECTS: dict[str, dict[str, Any]] = {
    "update": {
        "update_id!": int,
        "message": "message",
        "callback_query": "tap",
        "my_chat_member": "membership",
        "chat_member": "membership",
    },
    "message": {
        "message_id!": int,
        "date!": int,
        "chat!": "chat",
        "from": "user",
        "sender_chat": "chat",
        "message_thread_id": int,
        "is_topic_message": bool,
        "ephemeral_message_id": int,
        "migrate_to_chat_id": int,
        "migrate_from_chat_id": int,
        "left_chat_member": "user",
        "text": str,
        "caption": str,
        "entities": ["entity"],
        "caption_entities": ["entity"],
        "reply_to_message": "message",
        "quote": "quote",
        "link_preview_options": "preview",
        "via_bot": "user",
        "sender_business_bot": "user",
        "is_automatic_forward": bool,
        "media_group_id": str,
    },
    "tap": {"id!": str, "from!": "user", "message": "message", "data": str},
    "membership": {
        "chat!": "chat",
        "from!": "user",
        "date!": int,
        "old_chat_member!": "member",
        "new_chat_member!": "member",
    },
    "member": {"user!": "user", "status!": str},
    "chat": {"id!": int, "type!": str},
    "user": {"id!": int, "is_bot!": bool, "first_name!": str, "language_code": str},
    "quote": {"text!": str, "position!": int, "entities": ["entity"], "is_manual": bool},
    "preview": {
        "is_disabled": bool,
        "url": str,
        "prefer_small_media": bool,
        "prefer_large_media": bool,
        "show_above_text": bool,
    },
    "entity": {"type!": str, "offset!": int, "length!": int},
}


def is_well_formed(raw: Any) -> bool:
    """Whether everything that this bot reads of a raw update is there and of its type."""
    return _fits(raw, "update")


def without_impossible_characters(value: Any) -> Any:
    """The same with NUL and lone surrogates replaced, one for one, so that entities stay in place."""
    if isinstance(value, str):
        return _IMPOSSIBLE.sub(_REPLACEMENT, value)
    if isinstance(value, list):
        return [without_impossible_characters(item) for item in value]
    if isinstance(value, dict):
        return {key: without_impossible_characters(item) for key, item in value.items()}
    return value


def _fits(value: Any, kind: Any) -> bool:
    if isinstance(kind, list):
        return isinstance(value, list) and all(_fits(item, kind[0]) for item in value)
    if isinstance(kind, str):
        return isinstance(value, Mapping) and all(
            _field_fits(value, field, inner) for field, inner in _OBJECTS[kind].items()
        )
    if kind is int:
        is_number = isinstance(value, int) and not isinstance(value, bool)
        return is_number and value.bit_length() <= _MOST_SIGNIFICANT_BITS
    return isinstance(value, kind)


def _field_fits(value: Mapping[str, Any], field: str, kind: Any) -> bool:
    inner = value.get(field.removesuffix("!"))
    return not field.endswith("!") if inner is None else _fits(inner, kind)
