"""Whether a raw update has the shape that Telegram documents, as far as this bot reads it.

The library builds its objects from whatever comes, so a wrong type would surface anywhere, as a fault
of ours. Source: core.telegram.org/bots/api#available-types.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
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
        "chat_shared": "shared chat",
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
    "shared chat": {"request_id!": int, "chat_id!": int},
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
    return _SHAPES["update"].fits(raw)


def without_impossible_characters(value: Any) -> Any:
    """The same with NUL and lone surrogates replaced, one for one, so that entities stay in place."""
    if isinstance(value, str):
        return _IMPOSSIBLE.sub(_REPLACEMENT, value)
    if isinstance(value, list):
        return [without_impossible_characters(item) for item in value]
    if isinstance(value, dict):
        return {key: without_impossible_characters(item) for key, item in value.items()}
    return value


class _Shape:
    """One kind of object, ready to be held against values: every update comes by here, and most of them
    have few of the fields that they could have."""

    def __init__(self) -> None:
        self._needed: tuple[str, ...] = ()
        self._checks: dict[str, Callable[[Any], bool]] = {}

    def take(self, fields: Mapping[str, Any]) -> None:
        """Learn its fields; shapes may hold each other."""
        self._needed = tuple(field[:-1] for field in fields if field.endswith("!"))
        self._checks = {field.removesuffix("!"): _check(kind) for field, kind in fields.items()}

    def fits(self, value: Any) -> bool:
        """Whether a value has this shape."""
        if not isinstance(value, dict):
            return False
        for field in self._needed:
            if value.get(field) is None:
                return False
        for field, inner in value.items():
            check = self._checks.get(field)
            if check is not None and inner is not None and not check(inner):
                return False
        return True


def _check(kind: Any) -> Callable[[Any], bool]:
    if isinstance(kind, str):
        return _SHAPES[kind].fits
    if isinstance(kind, list):
        item_fits = _check(kind[0])
        return lambda value: isinstance(value, list) and all(map(item_fits, value))
    if kind is int:
        return _is_number
    return lambda value: isinstance(value, kind)


def _is_number(value: Any) -> bool:
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return is_number and value.bit_length() <= _MOST_SIGNIFICANT_BITS


_SHAPES = {name: _Shape() for name in _OBJECTS}
for _name, _shape in _SHAPES.items():
    _shape.take(_OBJECTS[_name])
