"""Finds the moment in a text: at its beginning, or at the end of its first line, after a title."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.domain.moments.languages.lexicon import skip_marks
from bot.domain.moments.languages.tokens import Kind
from bot.domain.moments.languages.words import (
    AHEAD,
    ALTERNATIVES,
    BEFORE_HOUR,
    BEGINNING,
    CONJUNCTIONS,
    EVERY,
    GREETINGS,
    LASTING,
    NARROWING,
    NOT_THEN,
    NTHS,
    ONCE_IN,
    THIS,
    UNTIL,
)
from bot.domain.moments.parts.leftovers import SHORT_ON
from bot.domain.moments.parts.phrases import (
    Ahead,
    Dated,
    Repeated,
    Undecided,
    find_phrase,
    find_repeated,
)

if TYPE_CHECKING:
    from bot.domain.moments.languages.tokens import Token, Tokens

_LEADING = (
    AHEAD,
    ALTERNATIVES,
    BEGINNING,
    CONJUNCTIONS,
    EVERY,
    LASTING,
    NOT_THEN,
    NTHS,
    THIS,
    UNTIL,
)

_OPENING = tuple('«"“„([')
"""What begins here is rather a name than a moment: «Кино «Пятница»»."""

Phrase = Dated | Ahead | Undecided | Repeated


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase that the tokens begin with, and where in the text the title before it ends."""

    phrase: Phrase
    tokens: Tokens
    title_end: int = 0


def find_moment(tokens: Tokens) -> Found | None:
    """The moment at the beginning, after marks and greetings; else the one after a title."""
    start = opening_end(tokens)
    said = tokens[start:]
    phrase = find_repeated(said) or find_phrase(said)
    return Found(phrase, said) if phrase else _find_after_title(tokens, start)


def opening_end(tokens: Tokens) -> int:
    """The place after marks, emoji and greetings, which hide no moment: "📣", "Hi all!", «Соседи,»."""
    place = 0
    while True:
        after = GREETINGS.skip(tokens, place)
        if after == place and _is_decoration(tokens[place]):
            after += 1
        if after == place:
            return place
        place = after


def _is_decoration(token: Token) -> bool:
    return token.kind is Kind.MARK and not token.text.isnumeric()


def _find_after_title(tokens: Tokens, start: int) -> Found | None:
    for place in range(start + 1, _first_line_of(tokens)):
        if _is_told_number(tokens, place - 1) or _says_when(tokens, place - 1):
            return None
        said = tokens[place:]
        phrase = find_repeated(said) or find_phrase(said)
        if phrase:
            is_its = _names_days(phrase) and _ends_line(said, phrase.end)
            is_its = is_its and not _leads_on(tokens, place)
            is_its = is_its and tokens[place - 1].text not in _OPENING
            return Found(phrase, said, tokens[place - 1].end) if is_its else None
    return None


def _first_line_of(tokens: Tokens) -> int:
    is_over = (n for n, token in enumerate(tokens) if token.text == "\n" or token.kind is Kind.END)
    return next(is_over)


def _is_told_number(tokens: Tokens, place: int) -> bool:
    """ "At 5" in a title may be an hour as well, and then it isn't the only one."""
    after = BEFORE_HOUR.skip(tokens, place)
    return after > place and bool(tokens[after].numbers)


def _says_when(tokens: Tokens, place: int) -> bool:
    """A word of a rule or of a longer time, which is not understood together with the moment."""
    is_every = EVERY.match(tokens, place) and len(tokens[place].text) > SHORT_ON
    return bool(is_every or ONCE_IN.match(tokens, place) or NARROWING.match(tokens, place))


def _leads_on(tokens: Tokens, place: int) -> bool:
    """Whether the word before `place` belongs to what comes: "last friday", "until tomorrow"."""
    return any(
        found is not None and found[1] == place
        for lexicon in _LEADING
        for found in (lexicon.match(tokens[:place] + tokens[-1:], place - 1),)
    )


def _names_days(phrase: Phrase) -> bool:
    """An hour alone, or "19.10", may be much else at the end of a title."""
    return isinstance(phrase, Repeated | Ahead) or (isinstance(phrase, Dated) and bool(phrase.days))


def _ends_line(tokens: Tokens, place: int) -> bool:
    token = tokens[skip_marks(tokens, place, ".!)", 3)]
    return token.kind is Kind.END or token.text in ("\n", "@")
