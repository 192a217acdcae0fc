"""The table of places beside this file, and how names of places are compared."""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

TABLE = Path(__file__).with_name("places.txt")
SEVERAL = "several"
"""Stands for a zone where it depends on the city."""

_SHORTEST_STEM = 3
_MOST_WORDS = 4
_NO_LETTERS = re.compile(r"[\W_]+")
_WORD = re.compile(r"\w+")
_DOUBLED = re.compile(r"(?<=\w)(\w)\1+")
"""Not where a word begins: EEST isn't EST."""

Entries = tuple[tuple[str, tuple[str, ...]], ...]


@functools.cache
def section(heading: str) -> Entries:
    """Each line of a section: what stands before the colon, and the names after it."""
    return tuple(_sections()[heading])


def fold(name: str) -> str:
    """A name as names are compared, its words apart: without capitals, accents and signs, spelled one way."""
    text = _respelled(unicodedata.normalize("NFC", name).casefold())
    letters = unicodedata.normalize("NFKD", text)
    bare = _respelled("".join(char for char in letters if not unicodedata.combining(char)))
    return _DOUBLED.sub(r"\1", _NO_LETTERS.sub(" ", bare)).strip()


def _respelled(text: str) -> str:
    for letter, (read_as,) in section("letters"):
        text = text.replace(letter, read_as)
    return text


def readings(name: str) -> Iterator[str]:
    """What a folded name may be at its root, itself first: each of its words without an ending."""
    words = name.split()
    if len(words) > _MOST_WORDS:
        yield "".join(words)
        return
    for stems in itertools.product(*(_stems(word, _endings("endings")) for word in words)):
        yield "".join(stems)


def roots(name: str, *, least: int) -> Iterator[str]:
    """What the cases of a folded name of several letters have in common, itself first: its words without
    what a name ends with by itself. A root of fewer than `least` letters is that of other words too."""
    words = name.split()[:_MOST_WORDS]
    for stems in itertools.product(*(_stems(word, _endings("endings-of-names")) for word in words)):
        root = "".join((*stems, *name.split()[_MOST_WORDS:]))
        if len(root) >= least:
            yield root


def hardly_changes(name: str) -> bool:
    """Whether a name ends so that its cases are the same, or nearly."""
    return name.endswith(tuple(_words_of("unchanging")))


def is_everyday(typed: str) -> bool:
    """Whether nothing is said but words that only look like the name of a place."""
    words = _WORD.findall(_as_written(typed))
    told = [word for word in words if fold(word) not in _left_out()]
    return bool(told) and _not_places().issuperset(told)


def without_surroundings(name: str) -> str:
    """A folded name without "in", "city of" and the like around it."""
    words = name.split()
    while words and words[0] in _left_out():
        words.pop(0)
    while words and words[-1] in _left_out():
        words.pop()
    return " ".join(words)


def _stems(word: str, endings: tuple[str, ...]) -> list[str]:
    if any(map(str.isascii, word)):
        return [word]  # the endings are those of Cyrillic names
    ended = [(word.removesuffix(ending), ending) for ending in endings if word.endswith(ending)]
    return [word, *(s for s, ending in ended if len(s) >= max(_SHORTEST_STEM, len(ending) + 1))]


@functools.cache
def _endings(heading: str) -> tuple[str, ...]:
    folded = {fold(ending) for ending in _words_of(heading)}
    return tuple(sorted(folded, key=lambda ending: (-len(ending), ending)))


@functools.cache
def _left_out() -> frozenset[str]:
    return frozenset(map(fold, _words_of("surroundings")))


@functools.cache
def _not_places() -> frozenset[str]:
    return frozenset(map(_as_written, _words_of("not-places")))


def _as_written(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def _words_of(heading: str) -> Iterator[str]:
    return itertools.chain.from_iterable(words for _, words in section(heading))


@functools.cache
def _sections() -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    sections = defaultdict[str, list[tuple[str, tuple[str, ...]]]](list)
    heading = ""
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            heading = line.strip("[]")
        elif line and not line.startswith("#"):
            before, colon, after = line.rpartition(":")
            names = (after if colon else line).split(",")
            sections[heading].append((before, tuple(name.strip() for name in names)))
    return dict(sections)
