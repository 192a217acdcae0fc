"""What organisers type about paper in one line, in any of the languages."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.domain.elections.paper.ledger import (
    Check,
    Entry,
    Out,
    Rejections,
    Returned,
    Voided,
    require_accepted,
    require_validity,
)
from bot.domain.elections.paper.words import REASONS_SAID, SAID, Said
from bot.domain.moments.languages.lexicon import skip_marks
from bot.domain.moments.languages.tokens import Kind, Tokens, tokenize
from bot.domain.plain_text import clean_line
from bot.domain.refusal import Refused

_BETWEEN = ",;:"
_WITH_NUMBER = re.compile(
    r"(?P<what>(?:[0-9]+\s+)?[^0-9]*[^0-9\s,;:])[\s,;:]*(?P<number>[0-9]+)(?P<after>.*)"
)
_ONLY_NUMBER = re.compile(r"\s*[0-9]+\s*%?\s*")


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A sheet's number, and what to enter for it; None to look at it."""

    number: int
    entry: Entry | None = None


@dataclass(frozen=True, slots=True)
class AcceptedLine:
    """So many of a candidate's were officially accepted."""

    number: int


@dataclass(frozen=True, slots=True)
class ExpectLine:
    """So many percent are expected to prove valid."""

    percent: int


def read_line(typed: str) -> SheetLine | AcceptedLine | ExpectLine:
    """What was typed after /paper: "7 returned 18", "7 checked 15, double 1", "accepted 104".

    Raises `Refused`.
    """
    tokens = tokenize(clean_line(typed))
    said, place = _said(tokens, 0)
    if said is Said.ACCEPTED:
        return AcceptedLine(require_accepted(_only_number(tokens, place)))
    if said is Said.EXPECTED:
        return ExpectLine(require_validity(_only_number(tokens, place, marks="%")))
    number, place = _number(tokens, place)
    return SheetLine(number, _entry(tokens, place))


def answered_entry(typed: str, answer: str) -> str:
    """What was refused and the answer to that as one line: a number alone is the entry's, and reasons
    are its reasons."""
    before, tokens = _WITH_NUMBER.fullmatch(clean_line(typed)), tokenize(clean_line(answer))
    if before is None:
        return answer
    if _ONLY_NUMBER.fullmatch(answer):
        return f"{before['what']} {answer}{before['after']}"
    if REASONS_SAID.match(tokens, 0):
        return f"{before['what']} {before['number']} {answer}"
    return answer


def _entry(tokens: Tokens, place: int) -> Entry | None:
    if tokens[place].kind is Kind.END:
        return None
    said, place = _said(tokens, place)
    match said:
        case Said.RETURNED:
            return Returned(_only_number(tokens, place))
        case Said.CHECKED:
            valid, place = _number(tokens, place)
            return Check(valid, _rejections(tokens, place))
        case Said.VOID | Said.OUT if tokens[place].kind is Kind.END:
            return Voided() if said is Said.VOID else Out()
    raise Refused("paper.refused.example")


def _rejections(tokens: Tokens, place: int) -> Rejections:
    """Reasons, each once and with a number after it."""
    numbers: dict[str, int] = {}
    place = skip_marks(tokens, place, _BETWEEN)
    while tokens[place].kind is not Kind.END:
        found = REASONS_SAID.match(tokens, place)
        if found is None or found[0] in numbers:
            raise Refused("paper.refused.reasons")
        reason, place = found
        place = skip_marks(tokens, place, _BETWEEN)
        if tokens[place].kind is not Kind.NUMBER:
            raise Refused("paper.refused.reasons")
        numbers[reason] = tokens[place].numbers[0]
        place = skip_marks(tokens, place + 1, _BETWEEN)
    return Rejections(**numbers)


def _said(tokens: Tokens, place: int) -> tuple[Said | None, int]:
    """What is said at `place`, and the place after it."""
    found = SAID.match(tokens, place)
    return (found[0], skip_marks(tokens, found[1], _BETWEEN)) if found else (None, place)


def _number(tokens: Tokens, place: int) -> tuple[int, int]:
    if tokens[place].kind is not Kind.NUMBER:
        raise Refused("paper.refused.example")
    return tokens[place].numbers[0], skip_marks(tokens, place + 1, _BETWEEN)


def _only_number(tokens: Tokens, place: int, marks: str = "") -> int:
    """The number with which the line ends, `marks` aside."""
    number, place = _number(tokens, place)
    if tokens[skip_marks(tokens, place, marks)].kind is not Kind.END:
        raise Refused("paper.refused.example")
    return number
