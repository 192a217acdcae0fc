"""Whether neighbours could tell two names apart by looking at them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from bot.domain.plain_text import is_drawn

Prototype = Callable[[str], str]
"""What a character is taken for, by Unicode's table of look-alikes: A for the Cyrillic one, rn for m."""

_ACCENTS = range(0x0300, 0x0370)


def look_alike(one: str, other: str, prototype: Prototype) -> bool:
    """Whether two names look the same. Case, blanks, accents and what isn't drawn don't count."""
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


def _as_seen(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name)
    return "".join(char for char in letters if is_drawn(char) and ord(char) not in _ACCENTS)


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
    def as_read(text: str) -> str:
        return "".join(map(prototype, text))

    return one.casefold() == other.casefold() or any(
        as_read(fold(one)) == as_read(fold(other)) for fold in (str, str.lower, str.upper)
    )
