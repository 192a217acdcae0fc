"""Cuts the beginning of a text into what a moment is made of: numbers, words and marks."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum

MOST_TOKENS = 60
"""No moment is longer. Whatever follows is never looked at, so a long text costs no more."""


class Kind(Enum):
    """What a token can be. Dates and clocks are told apart by their shape alone."""

    ISO = "iso"  # 2026-10-24
    DATE = "date"  # 24.10.2026, 24.10.26, 24/10, 24-10-2026
    CLOCK = "clock"  # 19:00, 19h30
    DASHED = "dashed"  # 19-00
    SPACED = "spaced"  # 19 00
    DOTTED = "dotted"  # 19.10, 19,10: a time or a date
    ORDINAL = "ordinal"  # 24th, 24-го, 19-й
    NUMBER = "number"
    WORD = "word"
    MARK = "mark"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """`text` is folded for comparison; `start` and `end` are places in the original text."""

    kind: Kind
    text: str
    start: int
    end: int
    numbers: tuple[int, ...] = ()
    is_capital: bool = False
    """Written Like this, as titles begin."""


Tokens = list[Token]

DATE_ENDINGS = ("st", "nd", "rd", "th", "ого", "ага", "го", "га", "ое", "ае", "е")
HOUR_ENDINGS = ("ой", "ай", "й", "ти", "ми", "ть", "мь", "х", "ую", "ю")

PICTURE = "\N{WHITE SMILING FACE}"
"""The text of a mark that is any picture, or several: "📅", "⏰ ⏰", "🗓️"."""
_PICTURE = (
    "\U0001f000-\U0001faff\u2300-\u23ff\u2600-\u2775\u2794-\u27bf\u2b00-\u2bff\u200d\u20e3\ufe0f"
)

# A number with more digits or parts than its shape allows ("19:000", "1.2.3.4") is no shape at all.
_END = r"(?![0-9]|[:./][0-9])"
_SHAPES = re.compile(
    rf"""
      (?P<iso>     [0-9]{{4}} (?P<i>[-./]) [0-9]{{1,2}} (?P=i) [0-9]{{1,2}}
                   (?: t (?=[0-9]) | {_END} ) )
    | (?P<date>    [0-9]{{1,2}} (?P<d>[./]) [0-9]{{1,2}} (?P=d) (?: [0-9]{{4}} | [0-9]{{2}} ) {_END}
                 | [0-9]{{1,2}} - [0-9]{{1,2}} - [0-9]{{4}} {_END}
                 | [0-9]{{1,2}} / [0-9]{{1,2}} {_END} )
    | (?P<clock>   [0-9]{{1,2}} [:;] [0-9]{{1,2}} (?: :00 )? {_END}
                 | [0-9]{{1,2}} [hчг] [0-9]{{2}} {_END}
                 | [0-9]{{1,2}} [ ]? г\.? [ ]? [0-9]{{1,2}} (?= [ ]? хв) )
    | (?P<dashed>  (?<! [0-9]- ) [0-9]{{1,2}} - [0-9]{{2}} (?! -[0-9] ) {_END} )
    | (?P<dotted>  [0-9]{{1,2}} (?: \. [0-9]{{1,2}} | , [0-9]{{2}} ) {_END} )
    | (?P<ordinal> [0-9]{{1,2}}
                   (?: -? (?: {"|".join(DATE_ENDINGS + HOUR_ENDINGS)} ) | [ ]-? (?: [оа]?г[оа] | [оа]?й ) )
                   (?! [^\W_] ) )
    | (?P<number>  [0-9]{{1,6}} {_END} )
    | (?P<word>    [^\W\d_]+ (?: ['’ʼ`] [^\W\d_]+ )* )
    | (?P<picture> [{_PICTURE}]+ )
    | (?P<mark>    \n | \S )
    | (?P<blank>   [^\S\n]+ )
    """,
    re.IGNORECASE | re.VERBOSE,
)

_LOOKALIKES = str.maketrans(
    {"ё": "е", "ў": "у", "і": "и", "’": "'", "ʼ": "'", "`": "'"},
)
_HAS_CYRILLIC = re.compile("[а-яёўі]")
# «Чацьвер» and «дзьве» are «чацвер» and «дзве» in the other orthography.
_SOFT_BEFORE_CONSONANT = re.compile("(?<=[нсцз])ь(?=[бвглмнпсфцтхз])")


_LATIN = str.maketrans({"a": "а", "c": "с", "y": "у", "o": "о", "k": "к", "b": "в"})
"""Letters that look the same in both alphabets, as one-letter words of a Cyrillic text."""


def fold(text: str) -> str:
    """The same for every way to type a word: case, ё or е, a keyboard without ў and і."""
    folded = text.casefold()
    if _HAS_CYRILLIC.search(folded):
        folded = folded.replace("i", "и")
    return _SOFT_BEFORE_CONSONANT.sub("", folded.translate(_LOOKALIKES))


def tokenize(text: str) -> Tokens:
    """The first tokens of `text` from its first visible character on, closed by an END token."""
    tokens: Tokens = []
    place = len(text) - len(text.lstrip())
    while len(tokens) < MOST_TOKENS and (found := _SHAPES.match(text, place)):
        place = found.end()
        kind = str(found.lastgroup)
        if kind != "blank":
            tokens.append(_token(kind, found))
    tokens.append(Token(Kind.END, "", place, place))
    return [_in_its_alphabet(tokens, n) for n in range(len(tokens))]


def _token(kind: str, found: re.Match[str]) -> Token:
    typed, start, end = found.group(), found.start(), found.end()
    if kind == "picture":
        return Token(Kind.MARK, PICTURE, start, end)
    numbers = () if kind in {"word", "mark"} else _numbers(typed)
    is_capital = typed[0].isupper() and not typed[1:].isupper()
    return Token(Kind(kind), fold(typed), start, end, numbers, is_capital)


def _in_its_alphabet(tokens: Tokens, place: int) -> Token:
    """«Заўтра a 19-й», typed with a Latin a, has a word of Belarusian in it."""
    token = tokens[place]
    if token.kind is not Kind.WORD or len(token.text) > 1:
        return token
    beside = (*tokens[max(0, place - 2) : place], *tokens[place + 1 : place + 3])
    is_cyrillic = any(_HAS_CYRILLIC.search(other.text) for other in beside)
    return replace(token, text=token.text.translate(_LATIN)) if is_cyrillic else token


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(digits) for digits in re.findall("[0-9]+", text))
