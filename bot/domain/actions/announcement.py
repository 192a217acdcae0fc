"""The line that announces an action, after its moment: title, " @ " place, further lines as details.

Whoever leaves out a blank means the place all the same: "Concert @Fountain". Without any it is one word,
such as an address: "vera@example.org".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.domain.plain_text import clean, clean_line, require_length, with_capital

TITLE_LENGTH = 200
PLACE_LENGTH = 200
DETAILS_LENGTH = 1500
WHY_LENGTH = 500

_ALONE = re.compile(r"(?<!\S)@(?!\S)")
_PLACE_ALONE = re.compile(r"@(?: .+|\S+)")
_AT_A_BLANK = re.compile(r"(?<=\s)@|(?<=\S)@(?=\s)")


@dataclass(frozen=True)
class Announcement:
    title: str
    place: str = ""
    details: str = ""

    def as_typed(self) -> str:
        """The text that reads back as this announcement."""
        first_line = f"{self.title} @ {self.place}" if self.place else self.title
        return f"{first_line}\n{self.details}" if self.details else first_line


def read_announcement(text: str) -> Announcement:
    """Take the text apart; the title is empty where none was written. Raises `Refused` where anything is too
    long, or an "@" stands before nothing."""
    first_line, _, rest = clean(text).partition("\n")
    separator = _last(_ALONE, first_line) or _last(_AT_A_BLANK, first_line)
    title, place = first_line, ""
    if separator is not None:
        title, place = first_line[: separator.start()], read_place(first_line[separator.end() :])
    title, details = with_capital(clean_line(title)), clean(rest)
    if title:
        require_length(title, most=TITLE_LENGTH, key="actions.refused.title")
    if details:
        require_length(details, most=DETAILS_LENGTH, key="actions.refused.details")
    return Announcement(title, place, details)


def read_place(text: str) -> str:
    """The place alone, with an "@" before it or without. Raises `Refused`."""
    place = clean_line(text).lstrip("@ ")
    return require_length(place, most=PLACE_LENGTH, key="actions.refused.place")


def read_why(text: str) -> str:
    """Why it is called off. Raises `Refused`."""
    return require_length(clean(text), most=WHY_LENGTH, key="actions.refused.why")


def is_place(text: str) -> bool:
    """Whether a text says a place and nothing else: "@ Fountain", "@Fountain"."""
    return _PLACE_ALONE.fullmatch(clean(text)) is not None


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next(reversed(list(pattern.finditer(text))), None)
