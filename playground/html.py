"""Telegram's HTML, read as strictly as Telegram reads it.

Source: "Formatting options" of the Bot API documentation; the refusals are worded as the server
words them. Their byte offsets count UTF-8 bytes of the source.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playground.entities import DATE_TIME_FORMAT, Entity, Formatted, clean, utf16_length
from playground.links import WrongLinkError, checked_link

if TYPE_CHECKING:
    from collections.abc import Callable

_SIMPLE = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
}
_TAGS = frozenset(_SIMPLE) | {"a", "code", "pre", "blockquote", "tg-emoji", "tg-time"}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}

_PLAIN = re.compile(r"[^<&\0]+")
_SPACE = re.compile(r"[ \t\n\r\f\v]*")
_TAG_NAME = re.compile(r"[^ \t\n\r\f\v>\0]*")
_ATTRIBUTE_NAME = re.compile(r"[^ \t\n\r\f\v=>/\"'\0]*")
_NAME_TOKEN = re.compile(r"[A-Za-z0-9.-]*")
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([A-Za-z]+));?")
_NUMBER = re.compile(r"^(?!0+\Z)[0-9]{1,19}\Z")

# The source never holds NUL (clean() sees to it), so one at its end stands for "nothing follows".
_END = "\0"


class HtmlError(ValueError):
    """The markup is refused; the message is what follows "can't parse entities: "."""


@dataclass(frozen=True)
class _Open:
    """A tag waiting for its end."""

    name: str
    attributes: dict[str, str]
    offset: int
    written: int


def parse_html(source: str) -> Formatted:
    """The text and its entities. Raises HtmlError."""
    return _Reader(clean(source)).read()


class _Reader:
    def __init__(self, source: str) -> None:
        self._source = source + _END
        self._at = 0
        self._written: list[str] = []
        self._offset = 0
        self._open: list[_Open] = []
        self._entities: list[Entity] = []

    def read(self) -> Formatted:
        while (char := self._source[self._at]) != _END:
            if char == "<":
                if self._source[self._at + 1] == "/":
                    self._end_tag()
                else:
                    self._start_tag()
            elif char == "&":
                self._write(self._reference())
            else:
                self._write(self._take(_PLAIN.match(self._source, self._at)))
        if self._open:
            name = self._open[-1].name
            raise HtmlError(f'Can\'t find end tag corresponding to start tag "{name}"')
        self._entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return Formatted("".join(self._written), self._entities)

    def _write(self, text: str) -> None:
        self._written.append(text)
        self._offset += utf16_length(text)

    def _take(self, match: re.Match[str] | None) -> str:
        taken = match[0] if match else ""
        self._at += len(taken)
        return taken

    def _byte(self, position: int) -> int:
        return len(self._source[:position].encode("utf-8", "surrogatepass"))

    def _reference(self) -> str:
        """The character an `&…;` stands for; a lone or unknown one stands for itself."""
        match = _REFERENCE.match(self._source, self._at)
        character = ""
        if match is not None:
            hexadecimal, decimal, name = match.groups()
            if name is not None:
                character = _NAMED.get(name, "")
            else:
                code = int(hexadecimal, 16) if hexadecimal else int(decimal)
                is_surrogate = 0xD800 <= code <= 0xDFFF
                character = chr(code) if 0 < code < 0x10FFFF and not is_surrogate else ""
        if not character:
            self._at += 1
            return "&"
        return character if self._take(match) else ""

    def _start_tag(self) -> None:
        begin = self._at
        self._at += 1
        name = self._take(_TAG_NAME.match(self._source, self._at)).lower()
        if self._source[self._at] == _END:
            raise HtmlError(f"Unclosed start tag at byte offset {self._byte(begin)}")
        if name not in _TAGS:
            raise HtmlError(f'Unsupported start tag "{name}" at byte offset {self._byte(begin)}')
        attributes: dict[str, str] = {}
        self._take(_SPACE.match(self._source, self._at))
        while self._source[self._at] != ">":
            self._attribute(name, begin, attributes)
            self._take(_SPACE.match(self._source, self._at))
        self._at += 1
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise HtmlError(
                f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte(begin)}'
            )
        self._open.append(_Open(name, attributes, self._offset, len(self._written)))

    def _attribute(self, tag: str, begin: int, attributes: dict[str, str]) -> None:
        name = self._take(_ATTRIBUTE_NAME.match(self._source, self._at))
        if not name:
            if self._source[self._at] == _END:
                raise HtmlError(f'Unclosed start tag "{tag}" at byte offset {self._byte(begin)}')
            raise HtmlError(
                f'Empty attribute name in the tag "{tag}" at byte offset {self._byte(begin)}'
            )
        self._take(_SPACE.match(self._source, self._at))
        if self._source[self._at] != "=":
            attributes.setdefault(name, "")
            return
        self._at += 1
        self._take(_SPACE.match(self._source, self._at))
        if self._source[self._at] == _END:
            raise HtmlError(f'Unclosed start tag "{tag}" at byte offset {self._byte(begin)}')
        if self._source[self._at] in "\"'":
            attributes[name] = self._quoted(begin)
        else:
            attributes[name] = self._name_token()

    def _quoted(self, begin: int) -> str:
        quote = self._source[self._at]
        self._at += 1
        value: list[str] = []
        while (char := self._source[self._at]) != quote:
            if char == _END:
                raise HtmlError(f"Unclosed start tag at byte offset {self._byte(begin)}")
            if char == "&":
                value.append(self._reference())
            else:
                value.append(char)
                self._at += 1
        self._at += 1
        return "".join(value)

    def _name_token(self) -> str:
        begin = self._at
        value = self._take(_NAME_TOKEN.match(self._source, begin)).lower()
        if not self._source[self._at].isspace() and self._source[self._at] != ">":
            raise HtmlError(f"Unexpected end of name token at byte offset {self._byte(begin)}")
        return value

    def _end_tag(self) -> None:
        begin = self._at
        if not self._open:
            raise HtmlError(f"Unexpected end tag at byte offset {self._byte(begin)}")
        self._at += 2
        name = self._take(_TAG_NAME.match(self._source, self._at)).lower()
        self._take(_SPACE.match(self._source, self._at))
        if self._source[self._at] != ">":
            raise HtmlError(f"Unclosed end tag at byte offset {self._byte(begin)}")
        self._at += 1
        tag = self._open.pop()
        if name not in ("", tag.name):
            raise HtmlError(
                f"Unmatched end tag at byte offset {self._byte(begin)}, "
                f'expected "</{tag.name}>", found "</{name}>"'
            )
        # A tag around nothing is checked, and leaves no entity.
        fields = self._entity_fields(tag)
        length = self._offset - tag.offset
        if length and fields is not None:
            self._close(tag, fields, length)

    def _close(self, tag: _Open, fields: Entity, length: int) -> None:
        place = {"offset": tag.offset, "length": length}
        inner = self._entities[-1] if self._entities else None
        if inner and {inner["type"], tag.name} == {"code", "pre"}:
            language = inner.get("language") or fields.get("language")
            if language and all(inner[key] == value for key, value in place.items()):
                self._entities[-1] = {"type": "pre", **place, "language": language}
                return
        self._entities.append(fields | place)

    def _entity_fields(self, tag: _Open) -> Entity | None:
        if tag.name in _SIMPLE:
            return {"type": _SIMPLE[tag.name]}
        if tag.name == "a":
            return _link_fields(tag.attributes.get("href") or "".join(self._written[tag.written :]))
        return _FIELDS[tag.name](tag.attributes)


def _link_fields(address: str) -> Entity | None:
    try:
        return {"type": "text_link", "url": checked_link(address)}
    except WrongLinkError:
        # Telegram keeps the words and drops the link.
        return None


def _code_fields(attributes: dict[str, str]) -> Entity:
    kind, _, language = attributes.get("class", "").partition("language-")
    return {"type": "code"} if kind or not language else {"type": "code", "language": language}


def _pre_fields(_: dict[str, str]) -> Entity:
    return {"type": "pre"}


def _quote_fields(attributes: dict[str, str]) -> Entity:
    return {"type": "expandable_blockquote" if "expandable" in attributes else "blockquote"}


def _emoji_fields(attributes: dict[str, str]) -> Entity:
    emoji_id = attributes.get("emoji-id", "")
    if not _NUMBER.match(emoji_id):
        raise HtmlError("Invalid custom emoji identifier specified")
    return {"type": "custom_emoji", "custom_emoji_id": emoji_id}


def _time_fields(attributes: dict[str, str]) -> Entity:
    unix = attributes.get("unix", "")
    if not (_NUMBER.match(unix) and int(unix) < 2**31):
        raise HtmlError("Invalid date specified")
    shape = attributes.get("format", "")
    if not DATE_TIME_FORMAT.match(shape):
        raise HtmlError("Invalid date format used")
    fields: Entity = {"type": "date_time", "unix_time": int(unix)}
    return fields | {"date_time_format": shape} if shape else fields


_FIELDS: dict[str, Callable[[dict[str, str]], Entity]] = {
    "code": _code_fields,
    "pre": _pre_fields,
    "blockquote": _quote_fields,
    "tg-emoji": _emoji_fields,
    "tg-time": _time_fields,
}
