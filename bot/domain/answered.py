"""What was typed after a command, and the answer to what was asked about it: put together as one line.

A part that the answer says takes the place of what was said before; what it leaves out stays. Lines with a
moment have a rule of their own, `bot/domain/moments/answered.py`.
"""

from __future__ import annotations

import re

_NUMBERED = re.compile(
    r"""\s*(?P<number>[0-9][0-9\ ]*(?=\s|$))?
        \s*(?P<share>>?[0-9][0-9,.]*(?:%|/[0-9]+)(?=\s|$))?
        \s*(?P<words>.*)""",
    re.DOTALL | re.VERBOSE,
)

# What stood in the number's place, and isn't one of people.
_SIGNED = re.compile(r"\s*[-+][0-9]\S*\s*")


def said_anew(_typed: str, answer: str) -> str:
    """The answer is all of it: a place, a name, two hours."""
    return answer


def after_numbers(typed: str, answer: str) -> str:
    """A number, a share and words: "400" and "Representative of Yard 5", in whichever order they came."""
    signed = _SIGNED.match(typed)
    typed = typed[signed.end() :] if signed else typed
    before, added = _NUMBERED.fullmatch(typed), _NUMBERED.fullmatch(answer)
    parts = (
        (added and added[name]) or (before and before[name]) or "" for name in _NUMBERED.groupindex
    )
    number, share, words = parts
    if before and is_count(answer):
        words = before["words"] or words
    return " ".join(part.strip() for part in (number, share, words) if part.strip())


def is_count(answer: str) -> bool:
    """Whether this may be a number and what it is of, like "400 residents", and no title."""
    added = _NUMBERED.fullmatch(answer)
    words = added["words"] if added and added["number"] else ""
    return words.islower() and words.replace(" ", "").isalpha()
