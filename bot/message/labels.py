"""Labels of buttons that can be read on a narrow phone: how much of one is seen, and what gives way.

Clients show a label on one line and cut its end. So fixed words are kept short (tests measure them with a
font), and what people typed is shortened here until the words around it are seen too.

The widths are those of Telegram for Android, which we know to be the tightest, on a screen of 360 px: in a
group an avatar and margins leave 293 px for the keyboard; buttons of a row are equally wide, 5 px apart,
with 15 px of each lost to its margins; letters are 15 px high. Other clients and the private chat give more.
They are read from how it looks, not promised by anyone.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

from bot.message.words import Words

_KEYBOARD_PX = 293
_GAP_PX = 5
_MARGINS_PX = 15
_LETTER_PX = 15

_KEPT_OF_A_NAME = 5.0
_KEPT_OF_AN_ENDING = 8  # characters: a number, and a little more
# Letters that aren't as wide as most, Latin and Cyrillic. All widths are rounded up, so that hardly any font
# has wider ones.
_KINDS_OF_LETTERS = (
    (frozenset(" .,:;'|·iIjl\u0456\u0406\u0457\u0407"), 0.32),
    (frozenset("!()[]/‹›-ftr"), 0.4),
    (frozenset("\u0434\u0446\u044aħŵ"), 0.85),
    (
        frozenset(
            "mwMWŴæœÆŒĦ@%№—―…&¼½¾"
            "\u0436\u043c\u0444\u0448\u0449\u044b\u044e\u0459\u045a\u0416\u041c\u0424\u0428\u0429\u042b\u042e\u0409\u040a"
        ),
        1.05,
    ),
)
_EMOJI = 0x1F000
_LOOSE_ENDS = " -,.·"
_NOTHING: Mapping[str, str] = MappingProxyType({})


def room(in_a_row: int = 1) -> float:
    """How much of a label is seen, in heights of its letters, with so many buttons in the row."""
    width = (_KEYBOARD_PX - _GAP_PX * (in_a_row - 1)) / in_a_row
    return (width - _MARGINS_PX) / _LETTER_PX


def fitted(text: str, in_a_row: int = 1) -> str:
    """A label, alone in its row or one of several, of which the end gives way."""
    return _shortened(text, room(in_a_row))


def fitted_inside(text: str) -> str:
    """A label alone in its row, of which the middle gives way: an address ends with the number."""
    if _width(text) <= room():
        return text
    ending = text[-_KEPT_OF_AN_ENDING:]
    return _shortened(text[:-_KEPT_OF_AN_ENDING], room() - _width(ending)) + ending


def named(words: Words, key: str, beside: Mapping[str, str] = _NOTHING, **name: str) -> str:
    """The label of `key`, alone in its row, with somebody's name in it; of that the end gives way. What
    stands `beside` it stays whole."""
    ((placeholder, text),) = name.items()
    fixed = _width(words.plain(key, **{placeholder: "", **beside}))
    short = _shortened(text, max(room() - fixed, _KEPT_OF_A_NAME))
    return words.plain(key, **{placeholder: short, **beside})


def chosen(label: str, is_chosen: bool) -> str:
    """The label of one of several answers, marked where it is the one that stands."""
    return f"✓ {label}" if is_chosen else label


def _shortened(text: str, most: float) -> str:
    if _width(text) <= most:
        return text
    left = most - _width("…")
    kept = 0
    while kept < len(text) and _width(text[kept]) <= left:
        left -= _width(text[kept])
        kept += 1
    return f"{text[:kept].rstrip(_LOOSE_ENDS)}…"


def _width(text: str) -> float:
    """At most so many heights of a letter, whatever font it is drawn with."""
    return sum(map(_width_of, text))


def _width_of(char: str) -> float:
    category = unicodedata.category(char)
    if category in ("Mn", "Me", "Cf"):
        return 0.0
    if ord(char) >= _EMOJI or unicodedata.east_asian_width(char) in "WF" or category == "So":
        return 1.25
    for kind, width in _KINDS_OF_LETTERS:
        if char in kind:
            return width
    if not _is_of_our_alphabets(char):
        return 1.15
    return 0.62 if char.islower() or char.isdigit() else 0.85


def _is_of_our_alphabets(char: str) -> bool:
    """Latin and Cyrillic as our languages and their neighbours write them, and signs."""
    return ord(char) < 0x180 or 0x400 <= ord(char) < 0x460 or 0x2010 <= ord(char) < 0x2070
