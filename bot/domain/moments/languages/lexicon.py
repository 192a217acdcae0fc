"""Phrases and what they mean, found at a place in the tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from bot.domain.moments.languages.tokens import Kind, Tokens, tokenize

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.domain.moments.languages.vocabulary import Phrases

T = TypeVar("T")


class Lexicon(Generic[T]):
    """Phrases of one kind in all languages, each of one or more words.

    A phrase that means two different things raises ValueError: no text is ever asked its language.
    """

    def __init__(self, languages: Iterable[Mapping[T, Phrases]]) -> None:
        self._meanings: dict[tuple[str, ...], T] = {}
        for vocabulary in languages:
            for meaning, phrases in vocabulary.items():
                for phrase in filter(None, phrases.split(", ")):
                    self._add(phrase, meaning)
        self._longest = max(map(len, self._meanings))

    def _add(self, phrase: str, meaning: T) -> None:
        words = tuple(token.text for token in tokenize(phrase)[:-1])
        if self._meanings.setdefault(words, meaning) != meaning:
            raise ValueError(f"{phrase!r} means both {self._meanings[words]} and {meaning}")

    def match(self, tokens: Tokens, place: int) -> tuple[T, int] | None:
        """The meaning of the longest phrase that begins at `place`, and the place after it."""
        for length in range(self._longest, 0, -1):
            words = tuple(token.text for token in tokens[place : place + length])
            if len(words) == length and words in self._meanings:
                return self._meanings[words], place + length
        return None

    def skip(self, tokens: Tokens, place: int) -> int:
        """The place after a phrase of this lexicon, or `place` itself where there is none."""
        found = self.match(tokens, place)
        return found[1] if found else place


def skip_marks(tokens: Tokens, place: int, marks: str, most: int = 2) -> int:
    """The place after up to `most` of these marks."""
    for _ in range(most):
        if tokens[place].kind is not Kind.MARK or tokens[place].text not in marks:
            break
        place += 1
    return place
