"""Brings numbers that belong together into one token, and takes apart those that only look so.

People set blanks and dots as they please: "19. 00", "18 30", "31. 12.", «9. мая». A dash may join an hour
and its minutes, "19-30", or two hours, "19-21".
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.moments.languages.lexicon import skip_marks
from bot.domain.moments.languages.tokens import Kind, Token
from bot.domain.moments.languages.words import BEFORE_HOUR, MONTHS, SPANS
from bot.domain.moments.parts.nouns import counts_at

if TYPE_CHECKING:
    from bot.domain.moments.languages.tokens import Tokens

_LAST_HOUR = 24
_DIGITS_IN_PHONE_NUMBER = (3, 5, 6)
_KINDS = {".": Kind.DOTTED, ":": Kind.CLOCK}


def join_numbers(tokens: Tokens) -> Tokens:
    """The same tokens, with numbers as they are meant."""
    joined: Tokens = []
    place = 0
    while place < len(tokens):
        made, taken = _joined_at(tokens, place)
        joined += made
        place += taken
    return joined


def _joined_at(tokens: Tokens, place: int) -> tuple[Tokens, int]:
    """What becomes of the tokens at `place`, and how many of them are used up."""
    token = tokens[place]
    if token.kind is Kind.DASHED:
        return _dashed(tokens, place), 1
    if token.kind is not Kind.NUMBER or len(token.text) > 2:
        return [token], 1
    mark, second = tokens[place + 1], tokens[min(place + 2, len(tokens) - 1)]
    is_glued = mark.kind is Kind.MARK and mark.start == token.end and mark.text in _KINDS
    if is_glued and mark.text == "." and MONTHS.match(tokens, place + 2):
        return [replace(token, end=mark.end)], 2
    if is_glued and _are_minutes(tokens, place + 2):
        return [_one(_KINDS[mark.text], token, second, mark.text)], 3
    is_other = _is_day_of_month(tokens, place) or _is_in_phone_number(tokens, place)
    if token.numbers[0] <= _LAST_HOUR and not is_other and _are_minutes(tokens, place + 1):
        return [_one(Kind.SPACED, token, mark, " ")], 2
    return [token], 1


def _is_day_of_month(tokens: Tokens, place: int) -> bool:
    """ "May 9 10am", but not "1 may 9 10"."""
    start = max(0, place - 1)
    is_after_month = place > 0 and MONTHS.match(tokens, start) is not None
    return is_after_month and not (start > 0 and tokens[start - 1].numbers)


def _is_in_phone_number(tokens: Tokens, place: int) -> bool:
    """ "123 12 34": what stands before an hour is no number of three digits."""
    before = tokens[place - 1] if place else tokens[-1]
    return before.kind is Kind.NUMBER and len(before.text) in _DIGITS_IN_PHONE_NUMBER


def _are_minutes(tokens: Tokens, place: int) -> bool:
    """Whether the number at `place` can be the minutes, or the month, of the one before it."""
    token = tokens[place] if place < len(tokens) else tokens[-1]
    if token.kind is not Kind.NUMBER or len(token.text) != 2 or token.numbers[0] >= 60:
        return False
    after = tokens[place + 1]
    if after.kind is Kind.NUMBER and len(after.text) == 2:
        return False
    return not counts_at(tokens, place + 1) and not SPANS.match(tokens, place + 1)


def _one(kind: Kind, first: Token, second: Token, mark: str) -> Token:
    text = f"{first.text}{mark}{second.text}"
    return Token(kind, text, first.start, second.end, (*first.numbers, *second.numbers))


def _dashed(tokens: Tokens, place: int) -> Tokens:
    """Of "19-21" two hours, of "24-10 12:00" a date, of "19-30" the one token that it is."""
    token = tokens[place]
    first, second = token.numbers
    after = BEFORE_HOUR.skip(tokens, skip_marks(tokens, place + 1, ".,"))
    if tokens[after].kind is Kind.CLOCK and 1 <= second <= 12:
        return [replace(token, kind=Kind.DOTTED, text=token.text.replace("-", "."))]
    is_range = first < second <= _LAST_HOUR
    if not is_range and not MONTHS.match(tokens, place + 1):
        return [token]
    start, dash, end = token.start, token.start + token.text.index("-"), token.end
    texts = token.text.split("-")
    return [
        Token(Kind.NUMBER, texts[0], start, dash, (first,)),
        Token(Kind.MARK, "-", dash, dash + 1),
        Token(Kind.NUMBER, texts[1], dash + 1, end, (second,)),
    ]
