"""Typed payloads for buttons and private pages, within Telegram's 64 bytes.

A payload is a frozen value of ints, bools and short strings with a code of its own:

    class Answer(Payload, code="a"):
        action: int
        choice: Annotated[str, AtMost(8)]

A class whose payloads could grow too long for a button isn't made at all. What comes back from Telegram
was possibly forged: `parse` returns a payload only when every part is of its type and size. Whether the
thing exists, belongs to this chat and may be touched, the use case asks.
"""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, Self, dataclass_transform, get_args

MAX_BYTES = 64
MAX_ID = 2**31 - 1  # our own ids fit into a column of 32 bits
_TEXT = re.compile(r"[A-Za-z0-9_+/-]*")
_NUMBER = re.compile(r"0|[1-9][0-9]*")


@dataclass(frozen=True)
class AtMost:
    """The most characters that a string of a payload has."""

    characters: int


@dataclass_transform(frozen_default=True)
class Payload:
    """Base of every payload. `private` marks a page that must never be shown in public;
    `typing` one that ends in the person typing, which only a private chat lets the bot see;
    `ends` a button that leads out of its page, such as Cancel.

    It is made and compared like a dataclass. Generated methods for each of two hundred kinds would cost a
    tenth of a second at every start.
    """

    code: ClassVar[str]
    private: ClassVar[bool]
    typing: ClassVar[bool]
    is_exit: ClassVar[bool]
    _parts: ClassVar[dict[str, _Part]]

    def __init_subclass__(
        cls, *, code: str, private: bool = False, typing: bool = False, ends: bool = False
    ) -> None:
        super().__init_subclass__()
        cls.code = code
        cls.private = private
        cls.typing = typing
        cls.is_exit = ends
        declared = inspect.get_annotations(cls, eval_str=True)
        cls._parts = {name: _part(code, name, kind) for name, kind in declared.items()}
        longest = len(code) + sum(1 + part.longest for part in cls._parts.values())
        if longest > MAX_BYTES:
            raise ValueError(f"payload {code!r} may take {longest} bytes of {MAX_BYTES}")

    def __init__(self, *values: int | str, **named: int | str) -> None:
        given = dict(zip(self._parts, values, strict=False)) | named
        if len(given) != len(values) + len(named) or given.keys() != self._parts.keys():
            raise TypeError(f"payload {self.code!r} takes {', '.join(self._parts) or 'nothing'}")
        self.__dict__.update(given)

    def __setattr__(self, name: str, _value: object) -> None:
        raise AttributeError(f"{name!r} of payload {self.code!r} can't be set: it is made whole")

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.values() == other.values()

    def __hash__(self) -> int:
        return hash((type(self), *self.values().values()))

    def __repr__(self) -> str:
        values = ", ".join(f"{name}={value!r}" for name, value in self.values().items())
        return f"{type(self).__name__}({values})"

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """What a payload of this kind carries, in the order of its declaration."""
        return tuple(cls._parts)

    def values(self) -> dict[str, Any]:
        """What it carries, by name."""
        return {name: self.__dict__[name] for name in self._parts}

    def pack(self) -> str:
        """The text that goes into a button."""
        packed = ":".join((self.code, *map(_packed, self.values().values())))
        if type(self).parse(packed) != self:
            raise ValueError(f"payload {self.code!r} doesn't survive packing")
        return packed

    @classmethod
    def parse(cls, packed: str) -> Self | None:
        """The payload in `packed`, or None where it isn't exactly one of this kind."""
        code, *parts = packed.split(":")
        if code != cls.code or len(parts) != len(cls._parts):
            return None
        values: list[Any] = [
            part.read(text) for part, text in zip(cls._parts.values(), parts, strict=True)
        ]
        return None if None in values else cls(*values)


@dataclass(frozen=True)
class _Part:
    """One field of a payload, as it is written between colons."""

    kind: type
    longest: int

    def read(self, packed: str) -> int | str | None:
        if len(packed) > self.longest:
            return None
        if self.kind is bool:
            return {"0": False, "1": True}.get(packed)
        if self.kind is str:
            return packed if _TEXT.fullmatch(packed) else None
        return int(packed) if _NUMBER.fullmatch(packed) and int(packed) <= MAX_ID else None


def _part(code: str, name: str, declared: object) -> _Part:
    if declared is int:
        return _Part(int, longest=len(str(MAX_ID)))
    if declared is bool:
        return _Part(bool, longest=1)
    match get_args(declared):
        case kind, AtMost(most) if kind is str:
            return _Part(str, longest=most)
    raise TypeError(
        f"{name!r} of payload {code!r} is neither int nor bool nor Annotated[str, AtMost(…)]"
    )


def _packed(value: int | str) -> str:
    return str(int(value)) if isinstance(value, bool) else str(value)


def values_for(use_case: Callable[..., Any], payload: Payload) -> dict[str, Any]:
    """Return what a use case wants of a payload: its parameter `election_id` is the payload's `election`."""
    return {
        parameter: getattr(payload, name)
        for parameter, name in _wanted(use_case, type(payload)).items()  # type: ignore[arg-type]
    }


@functools.cache
def _wanted(use_case: Callable[..., Any], kind: type[Payload]) -> dict[str, str]:
    """Its parameters but the unit of work, with the names of the payload's fields; one that has a default
    needn't be carried."""
    _, *parameters = inspect.signature(use_case).parameters.values()
    carried = kind.names()
    names = {each.name: each.name.removesuffix("_id") for each in parameters}
    optional = {each.name for each in parameters if each.default is not each.empty}
    return {
        name: field for name, field in names.items() if field in carried or name not in optional
    }
