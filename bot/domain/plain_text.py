"""What people type, made safe to keep and to show."""

from __future__ import annotations

import re
import unicodedata

from bot.domain.refusal import Refused

# Overrides and isolates that could turn a sentence around, and everything unprintable.
_BIDI_CONTROLS = dict.fromkeys(
    map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
)
WORD_JOINER = "\u2060"
"""Shows nothing, and keeps Telegram from making a link of what it stands in."""

_ADDRESS = r"(?<![\w.-])(?:https?://|www\.|[\w-]+(?:\.[\w-]+)+/)[^\s,;<>()«»\"]*"
_SIGN = r"(?<![\w@/])@(?=\w)|(?<![\w@/<>])/(?=\w)"
_ALIVE = re.compile(f"{_ADDRESS}|(?P<sign>{_SIGN})", re.IGNORECASE)
_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\n{3,}")


def clean(text: str) -> str:
    """Keep letters, marks, emoji and line breaks; drop control characters, NUL and text-direction tricks."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_BIDI_CONTROLS)
    text = text.replace(WORD_JOINER, "")  # it comes back in what was copied from a card
    text = "".join(
        char
        for char in text
        if char == "\n" or unicodedata.category(char) not in ("Cc", "Cs", "Co") or char == "\t"
    )
    text = _SPACES.sub(" ", text)
    lines = [line.strip() for line in text.split("\n")]
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def clean_line(text: str) -> str:
    """The same on one line."""
    return " ".join(clean(text).split())


def inert(text: str) -> str:
    """The same to look at, in which no @name calls anybody and no /command can be tapped; addresses stay.

    Telegram links these wherever they stand, and has no way to say that they are only words. Code would
    look like code, and a blank would make a place of a name.
    """
    return _ALIVE.sub(lambda found: found[0] + (WORD_JOINER if found["sign"] else ""), text)


def require_length(text: str, *, most: int, key: str) -> str:
    """Give the text back, or refuse with `key` where it is empty or longer than `most` characters."""
    if not text:
        raise Refused(f"{key}.empty")
    if len(text) > most:
        raise Refused(f"{key}.long", most=most, length=len(text))
    return text
