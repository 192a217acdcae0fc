"""Text with entities: offsets and lengths count UTF-16 units, as everywhere in the Bot API."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from playground.errors import JSON, bad_request
from playground.links import WrongLinkError, checked_link

Entity = dict[str, JSON]
"""A Bot API `MessageEntity`."""

# Inside these nothing else is recognised.
_OPAQUE = ("code", "pre", "text_link", "text_mention", "custom_emoji")

_FOUND_BY_SERVER = (
    "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number",
    "bank_card_number",
)  # fmt: skip
_PLAIN_TYPES = (
    "bold", "italic", "underline", "strikethrough", "spoiler", "code", "pre", "blockquote",
    "expandable_blockquote",
)  # fmt: skip

_PATTERNS = (
    ("url", re.compile(r"(?<![\w@/])(?:https?://|www\.|t\.me/)[^\s<>\"«»]+", re.IGNORECASE)),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]*\w", re.ASCII)),
    (
        "bot_command",
        re.compile(r"(?<![\w/<>@])/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z0-9_]{3,32})?(?![\w/<>@])"),
    ),
    ("mention", re.compile(r"(?<!\w)@[a-zA-Z][a-zA-Z0-9_]{3,31}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w&#])#(?=\w*[^\W\d])\w{1,256}")),
)

DATE_TIME_FORMAT = re.compile(r"^(?:[rR]|[wW]?[dD]?[tT]?)\Z")


@dataclass(frozen=True)
class Formatted:
    """A text and what is marked in it."""

    text: str
    entities: list[Entity] = field(default_factory=list)


def utf16_length(text: str) -> int:
    """The length of a text in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def slice_utf16(text: str, offset: int, length: int) -> str:
    """The part of a text that an entity covers."""
    units = text.encode("utf-16-le", "surrogatepass")
    return units[2 * offset : 2 * (offset + length)].decode("utf-16-le", "replace")


def clean(text: str) -> str:
    """Control characters become spaces, carriage returns go, as on Telegram's side."""
    text = text.replace("\r", "")
    return re.sub(r"[\x00-\x08\x0b-\x1f]", " ", text)


def finished(formatted: Formatted) -> Formatted:
    """The text as it arrives: trimmed, with the entities that the server itself finds."""
    trimmed = _trimmed(formatted)
    marked = trimmed.entities + [
        found
        for found in _found(trimmed.text)
        if not any(_clash(found, explicit) for explicit in trimmed.entities)
    ]
    marked.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return Formatted(trimmed.text, marked)


def explicit_entities(text: str, listed: JSON) -> Formatted:
    """The text with entities that the caller lists itself. Raises ApiError."""
    if not isinstance(listed, list):
        # Telegram takes anything but an array for no entities at all.
        return Formatted(text)
    whole = utf16_length(text)
    entities: list[Entity] = []
    for entry in listed:
        entity = _checked_entity(entry)
        if entity is None:
            continue
        if entity["offset"] < 0:
            raise bad_request(f"Receive an entity with incorrect offset {entity['offset']}")
        if entity["length"] < 0:
            raise bad_request(f"Receive an entity with incorrect length {entity['length']}")
        end = min(whole, entity["offset"] + entity["length"])
        if end > entity["offset"]:
            entities.append(entity | {"length": end - entity["offset"]})
    return Formatted(text, entities)


def _checked_entity(entry: JSON) -> Entity | None:
    if not isinstance(entry, dict):
        raise bad_request("Can't parse MessageEntity: expected an Object")
    for name in ("offset", "length"):
        if not isinstance(entry.get(name), int):
            raise bad_request(f"Can't parse MessageEntity: Can't find field \"{name}\"")
    kind = entry.get("type")
    if kind in _FOUND_BY_SERVER:
        return None
    entity: Entity = {"type": kind, "offset": entry["offset"], "length": entry["length"]}
    if kind == "text_link":
        try:
            entity["url"] = checked_link(str(entry.get("url", "")))
        except WrongLinkError:
            return None
    elif kind == "text_mention":
        user = entry.get("user")
        entity["user"] = {"id": user.get("id")} if isinstance(user, dict) else {}
    elif kind == "custom_emoji":
        entity["custom_emoji_id"] = str(entry.get("custom_emoji_id"))
    elif kind == "date_time":
        entity |= date_time(entry.get("unix_time"), entry.get("date_time_format") or "")
    elif kind == "pre" and entry.get("language"):
        entity["language"] = entry["language"]
    elif kind not in _PLAIN_TYPES:
        raise bad_request("Can't parse MessageEntity: Unsupported type specified")
    return entity


def date_time(unix_time: JSON, shape: str) -> Entity:
    """The fields of a `date_time` entity. Raises ApiError."""
    if not isinstance(unix_time, int) or unix_time <= 0:
        raise bad_request("Can't parse MessageEntity: Invalid date specified")
    if not DATE_TIME_FORMAT.match(shape):
        raise bad_request("Can't parse MessageEntity: Invalid date-time format specified")
    fields: Entity = {"unix_time": unix_time}
    return fields | {"date_time_format": shape} if shape else fields


def _trimmed(formatted: Formatted) -> Formatted:
    text = formatted.text.rstrip()
    lead = utf16_length(text) - utf16_length(text.lstrip())
    text = text.lstrip()
    whole = utf16_length(text)
    entities: list[Entity] = []
    for entity in formatted.entities:
        start = max(0, entity["offset"] - lead)
        end = min(whole, entity["offset"] - lead + entity["length"])
        if end > start:
            entities.append(entity | {"offset": start, "length": end - start})
    return Formatted(text, entities)


def _found(text: str) -> list[Entity]:
    taken: list[Entity] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            words = match[0].rstrip(".,:;!?)'") if kind == "url" else match[0]
            entity: Entity = {
                "type": kind,
                "offset": utf16_length(text[: match.start()]),
                "length": utf16_length(words),
            }
            if not any(_overlap(entity, other) for other in taken):
                taken.append(entity)
    return taken


def _overlap(one: Entity, other: Entity) -> bool:
    return bool(
        one["offset"] < other["offset"] + other["length"]
        and other["offset"] < one["offset"] + one["length"]
    )


def _clash(found: Entity, explicit: Entity) -> bool:
    return explicit["type"] in _OPAQUE and _overlap(found, explicit)
