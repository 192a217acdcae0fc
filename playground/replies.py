"""What a message tells of the one that it answers, beside that message itself.

Source: `quote`, `external_reply` and `reply_to_story` of the Bot API's `Message`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.entities import Entity, utf16_length

if TYPE_CHECKING:
    from playground.chats import Message
    from playground.errors import JSON

# The only marks that a quote keeps.
_QUOTED = ("bold", "italic", "underline", "strikethrough", "spoiler", "custom_emoji", "date_time")


def replied_fields(message: Message, *, quote: str, to_story: bool) -> dict[str, JSON]:
    """The fields for what `message` answers. Raises ValueError for a quote of what wasn't said."""
    fields: dict[str, JSON] = {}
    replied = message.reply_to
    if to_story:
        fields["reply_to_story"] = {"chat": message.chat.json(), "id": 5}
    if replied is None:
        return fields
    is_elsewhere = replied.chat is not message.chat or _thread_of(replied) != _thread_of(message)
    if is_elsewhere:
        fields["external_reply"] = _told_elsewhere(replied)
    if quote:
        fields["quote"] = _quoted(replied, quote) | {"is_manual": True}
    elif is_elsewhere and replied.text:
        # The server shows what it is about by itself.
        fields["quote"] = _quoted(replied, replied.text)
    return fields


def _thread_of(message: Message) -> int:
    """Its topic's number; 0 for General, which may be named or not."""
    topic = message.topic
    return 0 if topic is None or topic.is_general else topic.thread_id


def _quoted(replied: Message, part: str) -> dict[str, JSON]:
    at = replied.text.index(part)
    start, length = utf16_length(replied.text[:at]), utf16_length(part)
    quoted: dict[str, JSON] = {"text": part, "position": start}
    entities = [
        moved
        for entity in replied.entities
        if entity["type"] in _QUOTED and (moved := _within(entity, start, start + length))
    ]
    return quoted | {"entities": entities} if entities else quoted


def _within(entity: Entity, start: int, end: int) -> Entity | None:
    """An entity as it stands in the part from `start` up to `end`."""
    first = max(entity["offset"], start)
    last = min(entity["offset"] + entity["length"], end)
    return entity | {"offset": first - start, "length": last - first} if last > first else None


def _told_elsewhere(replied: Message) -> dict[str, JSON]:
    """A Bot API `ExternalReplyInfo`: never the text, and where it stands only of what isn't private."""
    content = replied.content.json()
    content = {
        name: value
        for name, value in content.items()
        if name not in ("text", "entities", "caption", "caption_entities", "reply_markup")
    }
    origin = {
        "type": "user",
        "sender_user": replied.sender.json(),
        "date": int(replied.date.timestamp()),
    }
    place: dict[str, JSON] = {}
    if replied.chat.kind == "supergroup":
        place = {"chat": replied.chat.json(), "message_id": replied.message_id}
    return {"origin": origin, **place, **content}
