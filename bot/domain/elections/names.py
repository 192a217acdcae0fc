"""Whether neighbours could tell two names apart by looking at them."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable

from bot.domain.plain_text import is_drawn

Prototype = Callable[[str], str]
"""What a character is taken for, by Unicode's table of look-alikes: A for the Cyrillic one, rn for m."""

# Marks that are set on letters of any kind: in Unicode's blocks of combining marks, and Cyrillic's own.
_ACCENTS = (
    (0x0300, 0x036F), (0x0483, 0x0489), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF),
    (0x2DE0, 0x2DFF), (0xA66F, 0xA672), (0xA674, 0xA67D), (0xFE20, 0xFE2F),
)  # fmt: skip
_NAMES_KEPT = 256
"""Names are compared each with each: a list that is noted once more would be taken apart again and again."""
_NUMBER = re.compile(r"\d+")


def look_alike(one: str, other: str, prototype: Prototype) -> bool:
    """Whether two names look the same. Case, blanks, accents and what isn't drawn don't count, but between
    digits a blank does: 1 12 isn't 11 2."""
    if _has_other_numbers(one, other):
        return False
    seen, other_seen = _as_seen(one), _as_seen(other)
    if _matches(seen, other_seen, prototype):
        return True
    # A letter that looks like two stands beside these two only once it is taken apart.
    return any(
        _matches(_apart(fold(seen), prototype), _apart(fold(other_seen), prototype), prototype)
        for fold in (str, str.casefold)
    )


def is_same_building(one: str, other: str, prototype: Prototype) -> bool:
    """The same for buildings, where blanks and digits count: neither "Fountain 5 1" nor "Fountain 5l" is
    number 51."""
    words, other_words = one.split(), other.split()
    has_same_numbers = list(filter(str.isdigit, one)) == list(filter(str.isdigit, other))
    return (
        has_same_numbers
        and len(words) == len(other_words)
        and all(
            look_alike(word, other_word, prototype)
            for word, other_word in zip(words, other_words, strict=True)
        )
    )


def _has_other_numbers(one: str, other: str) -> bool:
    """Where both have numbers; a single digit may stand for a letter."""
    numbers, others = (_NUMBER.findall(_without_unseen(name)) for name in (one, other))
    return "".join(numbers) == "".join(others) and numbers != others


@functools.lru_cache(_NAMES_KEPT)
def _without_unseen(name: str) -> str:
    """A name in its plainest form, with what is seen of it and its blanks."""
    return "".join(
        char
        for char in unicodedata.normalize("NFKD", name)
        if (is_drawn(char) or char.isspace()) and not _is_accent(char)
    )


def _as_seen(name: str) -> str:
    return "".join(_without_unseen(name).split())


def _is_accent(char: str) -> bool:
    return any(first <= ord(char) <= last for first, last in _ACCENTS)


@functools.lru_cache(_NAMES_KEPT)
def _apart(name: str, prototype: Prototype) -> str:
    """With two letters for each one that is taken for two."""
    taken_for = ((char, prototype(char)) for char in name)
    return "".join(read if len(read) > 1 else char for char, read in taken_for)


def _matches(one: str, other: str, prototype: Prototype) -> bool:
    """Whether each character is taken for its counterpart. This makes no chain: l is taken for I, and is L
    in small, but nobody takes L for I."""
    return len(one) == len(other) and all(
        _is_taken_for(char, counterpart, prototype)
        for char, counterpart in zip(one, other, strict=True)
    )


def _is_taken_for(one: str, other: str, prototype: Prototype) -> bool:
    if one == other:
        return True

    def as_read(text: str) -> str:
        return "".join(map(prototype, text))

    return one.casefold() == other.casefold() or any(
        as_read(fold(one)) == as_read(fold(other)) for fold in (str, str.lower, str.upper)
    )
