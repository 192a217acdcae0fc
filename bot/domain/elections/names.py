"""Whether neighbours could tell two names apart by looking at them."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.plain_text import is_drawn

Prototype = Callable[[str], str]
"""What a character is taken for, by Unicode's table of look-alikes: A for the Cyrillic one, rn for m."""

# Marks that are set on letters of any kind: in Unicode's blocks of combining marks, and Cyrillic's own.
_ACCENTS = (
    (0x0300, 0x036F), (0x0483, 0x0489), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF),
    (0x2DE0, 0x2DFF), (0xA66F, 0xA672), (0xA674, 0xA67D), (0xFE20, 0xFE2F),
)  # fmt: skip
_LETTERS_OF_THEIR_OWN = tuple(
    tuple(unicodedata.normalize("NFD", letter)) for letter in ("\u0439", "\u045e", "\u0457")
)
"""Short i, short u and yi: here the mark makes another letter. Not in yo, which many write without it."""
_MOST_SEEN = 256
"""One character may stand for eighteen; no name of those that people have is as long."""
_CHARACTERS_KEPT = 2048
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True)
class Look:
    """What is seen of a name: no blanks, no signs, no accents, nothing that isn't drawn."""

    seen: str
    # The same in each case, with two letters for each one that is taken for two.
    apart: tuple[str, str]
    # Blanks and signs between digits count: 1 12 isn't 11 2.
    numbers: tuple[str, ...]
    # What is a digit or, being no usual letter, can only be taken for one.
    digits: str


def look_of(name: str, prototype: Prototype) -> Look:
    """How a name looks, to be compared with others."""
    drawn = _drawn(name, prototype)
    kept = "".join(drawn.split())
    seen = "".join(char for char in kept if not _is_sign(char, prototype)) or kept
    return Look(
        seen=seen,
        apart=(_apart(seen, prototype), _apart(seen.casefold(), prototype)),
        numbers=tuple(_NUMBER.findall(drawn)),
        digits="".join(filter(str.isdigit, (_as_digit(char, prototype) for char in kept))),
    )


def are_alike(one: Look, other: Look, prototype: Prototype) -> bool:
    """Whether two names look the same, by what is seen of them."""
    is_split_otherwise = "".join(one.numbers) == "".join(other.numbers)
    if is_split_otherwise and one.numbers != other.numbers:
        return False
    # A letter that looks like two stands beside these two only once it is taken apart.
    pairs = ((one.seen, other.seen), *zip(one.apart, other.apart, strict=True))
    return any(_matches(*pair, prototype) for pair in pairs)


def are_one_building(one: Look, other: Look, prototype: Prototype) -> bool:
    """The same for buildings, whose digits count: 5l, where people write it, isn't number 51."""
    return one.digits == other.digits and are_alike(one, other, prototype)


def look_alike(one: str, other: str, prototype: Prototype) -> bool:
    """Whether two names look the same."""
    return are_alike(look_of(one, prototype), look_of(other, prototype), prototype)


def is_same_building(one: str, other: str, prototype: Prototype) -> bool:
    """Whether two names are of one building."""
    return are_one_building(look_of(one, prototype), look_of(other, prototype), prototype)


def nearness(one: Look, other: Look) -> float:
    """How likely one building is meant by the name of another: first that they share a number, which people
    know best, then how many of the pairs of letters in one are in the other (Dice's measure)."""
    pairs, others = _pairs(one.apart[1]), _pairs(other.apart[1])
    shared = len(set(one.numbers) & set(other.numbers))
    return shared + 2 * len(pairs & others) / max(1, len(pairs) + len(others))


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


def _drawn(name: str, prototype: Prototype) -> str:
    """A name in its plainest form, with what is seen of it and its blanks."""
    drawn = ""
    for char in unicodedata.normalize("NFKD", name)[:_MOST_SEEN]:
        if _is_accent(char):
            if drawn and _makes_letter(drawn[-1], char, prototype):
                drawn += char
        elif _is_kept(char):
            drawn += char
    return drawn


@functools.lru_cache(_CHARACTERS_KEPT)
def _is_kept(char: str) -> bool:
    return is_drawn(char) or char.isspace()


@functools.lru_cache(_CHARACTERS_KEPT)
def _is_accent(char: str) -> bool:
    return any(first <= ord(char) <= last for first, last in _ACCENTS)


def _makes_letter(base: str, mark: str, prototype: Prototype) -> bool:
    return any(
        prototype(base.lower()) == prototype(letter) and prototype(mark) == prototype(its_mark)
        for letter, its_mark in _LETTERS_OF_THEIR_OWN
    )


@functools.lru_cache(_CHARACTERS_KEPT)
def _is_sign(char: str, prototype: Prototype) -> bool:
    """Whether it is a point, a dash or the like, or is taken for one."""
    return any(
        all(unicodedata.category(sign)[0] == "P" for sign in signs)
        for signs in (char, prototype(char))
    )


def _as_digit(char: str, prototype: Prototype) -> str:
    """A character as itself, or, where it isn't a letter that people here type, as what it is taken for."""
    is_usual = char.isascii() or "\u0400" <= char <= "\u045f"
    return char if is_usual else prototype(char)


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
