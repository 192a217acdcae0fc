"""What people type, made safe to keep and to show."""

from __future__ import annotations

import re
import unicodedata

from bot.domain.refusal import Refused

# Overrides and isolates that could turn a sentence around.
_BIDI_CONTROLS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
_UNPRINTABLE = ("Cc", "Cs", "Co")
WORD_JOINER = "\u2060"
"""Shows nothing, and keeps Telegram from making a link of what it stands in."""

_ADDRESS = r"(?<![\w.-])(?:https?://|www\.|[\w-]+(?:\.[\w-]+)+/)[^\s,;<>()«»\"]*"
_SIGN = r"(?<!\w)@(?=\w)|(?<![\w@/<>])/(?=\w)"
_ALIVE = re.compile(f"{_ADDRESS}|(?P<sign>{_SIGN})", re.IGNORECASE)

# Letters, marks and signs that draw nothing. Source: Default_Ignorable_Code_Point in Unicode's
# DerivedCoreProperties.txt; after it what is blank by its design: Braille without a dot, a note without a
# head, the ideographic half space, the place of an object, and two empty hieroglyphs.
_DRAW_NOTHING = (
    (0x00AD, 0x00AD), (0x034F, 0x034F), (0x061C, 0x061C), (0x115F, 0x1160), (0x17B4, 0x17B5),
    (0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164),
    (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
    (0x2800, 0x2800), (0x1D159, 0x1D159), (0x303F, 0x303F), (0xFFFC, 0xFFFC), (0x13441, 0x13442),
)  # fmt: skip
# Where new emoji come. Source: Extended_Pictographic in Unicode's emoji-data.txt.
_EMOJI = ((0x1F000, 0x1FAFF), (0x1FC00, 0x1FFFD))
_AROUND_WORDS = ",.:;!?…"
_INSIDE_WORDS = dict.fromkeys(map(ord, "-'’"))
_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\n{3,}")


def clean(text: str) -> str:
    """Keep letters, marks, emoji and line breaks; drop control characters, NUL and text-direction tricks.

    A text that shows nothing is no text.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(filter(is_welcome, text))
    text = _SPACES.sub(" ", text)
    lines = [line.strip() for line in text.split("\n")]
    text = _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()
    return text if shows_something(text) else ""


def clean_line(text: str) -> str:
    """The same on one line."""
    return " ".join(clean(text).split())


def with_capital(text: str) -> str:
    """A title as it begins a line: its first letter large. An address, a name like "@vera" and a word with
    other signs in it stay."""
    word = text.split(maxsplit=1)[0].strip(_AROUND_WORDS) if text.strip() else ""
    is_word = word.translate(_INSIDE_WORDS).isalpha() and text.startswith(word)
    capital = text[:1].upper()
    return capital + text[1:] if is_word and len(capital) == 1 else text


def inert(text: str) -> str:
    """The same to look at, in which no @name calls anybody and no /command can be tapped; addresses stay.

    Telegram links these wherever they stand, and has no way to say that they are only words. Code would
    look like code, and a blank would make a place of a name.
    """
    return _ALIVE.sub(lambda found: found[0] + (WORD_JOINER if found["sign"] else ""), text)


def is_welcome(char: str) -> bool:
    """Whether a character may stay in what people type: a line break, or nothing that controls the others."""
    if char in "\n\t":
        return True
    # A word joiner comes back in what was copied from a card.
    is_control = char in _BIDI_CONTROLS or char == WORD_JOINER
    return not is_control and unicodedata.category(char) not in _UNPRINTABLE


def shows_something(text: str) -> bool:
    """Whether there is anything to see: not blanks, marks without a letter, or what draws nothing."""
    return any(is_drawn(char) and unicodedata.category(char)[0] != "M" for char in text)


def is_drawn(char: str) -> bool:
    """Whether a character is there to be seen, by itself or on another. Blanks aren't."""
    if any(first <= ord(char) <= last for first, last in _DRAW_NOTHING):
        return False
    return unicodedata.category(char)[0] not in "CZ" or _is_new_emoji(char)


def _is_new_emoji(char: str) -> bool:
    """Whether it stands where emoji do, and is younger than Python's table."""
    is_emoji = any(first <= ord(char) <= last for first, last in _EMOJI)
    return is_emoji and unicodedata.category(char) == "Cn"


def require_length(text: str, *, most: int, key: str) -> str:
    """Give the text back, or refuse with `key` where it is empty or longer than `most` characters.

    A sign that stands for several letters counts as these: one of them is eighteen wide.
    """
    if not text:
        raise Refused(f"{key}.empty")
    length = max(len(text), len(unicodedata.normalize("NFKC", text)))
    if length > most:
        raise Refused(f"{key}.long", most=most, length=length)
    return text
