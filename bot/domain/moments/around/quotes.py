"""Quotation marks: what begins in them is rather a name than a moment, as in «Кино «Пятница»»."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.domain.moments.languages.tokens import Tokens

_OPENING = tuple("«„")
_EITHER = '"'
_LOWER, _UPPER = "„", "“"


def is_quoted_at(tokens: Tokens, place: int) -> bool:
    """Whether a quotation begins right before `place`. The mark " opens and closes, “ closes after „."""
    mark = tokens[place - 1].text if place else ""
    texts = [token.text for token in tokens[:place]]
    if mark == _EITHER:
        return texts.count(_EITHER) % 2 == 1
    if mark == _UPPER:
        return texts.count(_UPPER) > texts.count(_LOWER)
    return mark in _OPENING
