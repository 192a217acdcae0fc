"""Phrases and what they mean, found at a place in the tokens."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Generic, TypeVar

from bot.domain.moments.languages.tokens import Kind, Tokens, tokenize

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.domain.moments.languages.vocabulary import Phrases

T = TypeVar("T")

SHORTEST_MISTYPED = 7
"""Words of fewer letters are too like others: «завтрак» is breakfast."""


class Lexicon(Generic[T]):
    """Phrases of one kind in all languages, each of one or more words.

    A phrase that means two different things raises ValueError: no text is ever asked its language.
    `forgiving`: a long word is also known with one letter wrong, missing, doubled or in its neighbour's
    place. Its first and last letter must be right, because other words differ there.
    """

    def __init__(
        self,
        languages: Iterable[Mapping[T, Phrases]],
        *,
        forgiving: bool = False,
        others: frozenset[str] = frozenset(),
    ) -> None:
        self._others = others
        self._meanings: dict[tuple[str, ...], T] = {}
        for vocabulary in languages:
            for meaning, phrases in vocabulary.items():
                for phrase in filter(None, phrases.split(", ")):
                    self._add(phrase, meaning)
        self._lengths = _lengths_by_first_word(self._meanings)
        words = (phrase[0] for phrase in self._meanings if len(phrase) == 1)
        long = [word for word in words if forgiving and len(word) >= SHORTEST_MISTYPED]
        self._long = _by_ends(long)

    def _add(self, phrase: str, meaning: T) -> None:
        words = tuple(token.text for token in tokenize(phrase)[:-1])
        if self._meanings.setdefault(words, meaning) != meaning:
            raise ValueError(f"{phrase!r} means both {self._meanings[words]} and {meaning}")

    def match(self, tokens: Tokens, place: int) -> tuple[T, int] | None:
        """The meaning of the longest phrase that begins at `place`, and the place after it."""
        if place >= len(tokens):
            return None
        first = tokens[place].text
        for length in self._lengths.get(first, ()):
            words = tuple(token.text for token in tokens[place : place + length])
            if words in self._meanings:
                return self._meanings[words], place + length
        meant = self._meant(first) if self._long else None
        return (self._meanings[meant,], place + 1) if meant is not None else None

    def skip(self, tokens: Tokens, place: int) -> int:
        """The place after a phrase of this lexicon, or `place` itself where there is none."""
        found = self.match(tokens, place)
        return found[1] if found else place

    def _meant(self, typed: str) -> str | None:
        """The one long word that was mistyped like this."""
        if len(typed) < SHORTEST_MISTYPED - 1 or typed in self._others:
            return None
        alike = self._long.get((typed[0], typed[-1]), ())
        meant = [word for word in alike if _is_mistyped(typed, word)]
        meanings = {self._meanings[word,] for word in meant}
        return meant[0] if len(meanings) == 1 else None


def _lengths_by_first_word(phrases: Iterable[tuple[str, ...]]) -> dict[str, tuple[int, ...]]:
    """Of how many words the phrases are that begin with a word, the longest first."""
    lengths: defaultdict[str, set[int]] = defaultdict(set)
    for phrase in phrases:
        lengths[phrase[0]].add(len(phrase))
    return {first: tuple(sorted(each, reverse=True)) for first, each in lengths.items()}


def _by_ends(words: Iterable[str]) -> dict[tuple[str, str], list[str]]:
    """Words by their first and last letter, which are never mistyped."""
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for word in words:
        found[word[0], word[-1]].append(word)
    return dict(found)


def _is_mistyped(typed: str, word: str) -> bool:
    """Whether one slip of a finger lies between words of which the first and last letters are the same."""
    if abs(len(typed) - len(word)) > 1 or not typed.isalpha():
        return False
    pairs = enumerate(zip(typed, word, strict=False))
    same = next((n for n, (a, b) in pairs if a != b), min(len(typed), len(word)))
    rest, meant = typed[same:], word[same:]
    swapped = rest[:2] == meant[1::-1] and rest[2:] == meant[2:]
    return swapped or meant == rest[1:] or rest == meant[1:] or rest[1:] == meant[1:]


def skip_marks(tokens: Tokens, place: int, marks: str, most: int = 3) -> int:
    """The place after up to `most` of these marks."""
    for _ in range(most):
        if tokens[place].kind is not Kind.MARK or tokens[place].text not in marks:
            break
        place += 1
    return place
