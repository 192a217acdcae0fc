"""Numbers that are no hours, because a word after them is counted or told apart by them: "20 years of our
yard", «в 5 подъезде», "at 12 Main street"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.domain.moments.languages.tokens import Kind
from bot.domain.moments.languages.words import (
    COUNTED,
    COUNTED_ENDINGS,
    MONTHS,
    NUMBERED,
    STREETS,
)

if TYPE_CHECKING:
    from bot.domain.moments.languages.tokens import Tokens

MOST_WORDS_OF_A_STREET = 3
SHORTEST_COUNTED = 5

_PLURAL = re.compile(r"[a-z]{3,}[^s]s")
# «в 7 аптеке»: a place in the case that such a place takes; «караоке» and its like have none.
_PLACE = re.compile(r"[а-я]{2,}[тдркбвпсмгзх]е")
_SURELY_COUNTED = ("ах", "ях", "ами", "ями")
_WITHOUT_CASES = frozenset(
    {"вместе", "караоке", "море", "горе", "каре", "пюре", "кабаре", "купе", "резюме"}
)


def counts_at(tokens: Tokens, place: int, *, told: bool = False) -> bool:
    """Whether the word at `place` makes the number before it a count, a name or a date.

    `told`: a word before the number said already that an hour comes, so only a sure noun counts.
    """
    word = tokens[place]
    if word.kind is not Kind.WORD:
        return False
    if MONTHS.match(tokens, place) or COUNTED.match(tokens, place):
        return True
    return tells_apart_at(tokens, place) or (
        not word.is_capital and _looks_counted(word.text, told)
    )


def tells_apart_at(tokens: Tokens, place: int) -> bool:
    """Whether what is at `place` has numbers, as "floor" and "Main street" have."""
    return bool(NUMBERED.match(tokens, place)) or _is_street_at(tokens, place)


def _is_street_at(tokens: Tokens, place: int) -> bool:
    for ahead in range(place, place + MOST_WORDS_OF_A_STREET):
        if tokens[ahead].kind is not Kind.WORD:
            return False
        if ahead > place and STREETS.match(tokens, ahead):
            return True
    return False


def _looks_counted(word: str, told: bool) -> bool:
    if len(word) < SHORTEST_COUNTED:
        return False
    if word.endswith(_SURELY_COUNTED):
        return True
    if _PLACE.fullmatch(word) and word not in _WITHOUT_CASES:
        return True
    return not told and (bool(_PLURAL.fullmatch(word)) or word.endswith(COUNTED_ENDINGS))
