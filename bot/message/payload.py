"""Typed payloads for buttons and private pages, within Telegram's 64 bytes.

A payload is a frozen dataclass of ints, bools and short strings with a code of its own:

    @dataclass(frozen=True)
    class Answer(Payload, code="a"):
        action: int
        choice: str

What comes back from Telegram was possibly forged: `parse` gives a payload only when every part is of
its type and size. Whether the thing exists, belongs to this chat and may be touched, the use case asks.
"""

from __future__ import annotations

import re
from dataclasses import fields
from typing import ClassVar, Self

MAX_BYTES = 64
MAX_ID = 2**31 - 1  # our own ids fit into a column of 32 bits
_TEXT = re.compile(r"[A-Za-z0-9_+/-]{0,40}")
_NUMBER = re.compile(r"0|[1-9][0-9]{0,9}")


class Payload:
    """Base of every payload. `private` marks a page that must never be shown in public;
    `typing` one that ends in the person typing, which only a private chat lets the bot see."""

    code: ClassVar[str]
    private: ClassVar[bool]
    typing: ClassVar[bool]

    def __init_subclass__(cls, *, code: str, private: bool = False, typing: bool = False) -> None:
        super().__init_subclass__()
        cls.code = code
        cls.private = private
        cls.typing = typing

    def pack(self) -> str:
        """The text that goes into a button."""
        values = (getattr(self, field.name) for field in fields(self))  # type: ignore[arg-type]
        packed = ":".join((self.code, *map(_packed, values)))
        if len(packed.encode()) > MAX_BYTES or type(self).parse(packed) != self:
            raise ValueError(f"payload {self.code!r} doesn't survive packing")
        return packed

    @classmethod
    def parse(cls, packed: str) -> Self | None:
        """The payload in `packed`, or None where it isn't exactly one of this kind."""
        code, *parts = packed.split(":")
        declared = fields(cls)  # type: ignore[arg-type]
        if code != cls.code or len(parts) != len(declared):
            return None
        values: list[int | str] = []
        for field, part in zip(declared, parts, strict=True):
            if field.type == "int":
                if not _NUMBER.fullmatch(part) or int(part) > MAX_ID:
                    return None
                values.append(int(part))
            elif field.type == "bool":
                if part not in ("0", "1"):
                    return None
                values.append(part == "1")
            elif not _TEXT.fullmatch(part):
                return None
            else:
                values.append(part)
        return cls(*values)


def _packed(value: int | str) -> str:
    return str(int(value)) if isinstance(value, bool) else str(value)
