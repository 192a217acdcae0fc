"""Text in pictures: what the font can draw, how wide it is, and how it fits into a space."""

from __future__ import annotations

import math
import re
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

_FONTS = Path(__file__).parents[1] / "fonts"
_MARKS_ON_A_LETTER = 2
_VARIATIONS = range(0xFE00, 0xFE10)
_MISSING = "\uffff"  # no font has it, so it comes out as the box for missing characters


_MOST_KNOWN = 4_096
_known: dict[str, bool] = {}
"""Characters, and whether both fonts have them: the same for every drawing, and slow to find out."""


class _Opened(threading.local):
    """Fonts by size and whether they are bold, of each thread its own: FreeType's faces aren't made to be
    shared between threads, and take a millisecond or two to open."""

    def __init__(self) -> None:
        self.fonts: dict[tuple[int, bool], FreeTypeFont] = {}


_OPENED = _Opened()


class Fonts:
    """DejaVu Sans, regular and bold, for one drawing; it measures nothing twice."""

    def __init__(self) -> None:
        self._widths: dict[tuple[str, int, bool], int] = {}
        self._missing: dict[bool, tuple[tuple[int, int], bytes]] = {}

    def get(self, size: int, is_bold: bool) -> FreeTypeFont:
        from PIL import ImageFont

        opened = _OPENED.fonts
        if (size, is_bold) not in opened:
            name = "DejaVuSans-Bold.ttf" if is_bold else "DejaVuSans.ttf"
            opened[size, is_bold] = ImageFont.truetype(str(_FONTS / name), size)
        return opened[size, is_bold]

    def width(self, text: str, size: int, is_bold: bool) -> int:
        known = (text, size, is_bold)
        if known not in self._widths:
            self._widths[known] = math.ceil(self.get(size, is_bold).getlength(text))
        return self._widths[known]

    def drawable(self, text: str) -> str:
        """What both fonts can draw: an emoji would be an empty box. Letters keep a mark or two."""
        kept: list[str] = []
        marks = 0
        # Every kind of blank is a space: at some line ends the layout fails.
        for char in unicodedata.normalize("NFC", " ".join(text.split())):
            is_mark = unicodedata.category(char) == "Mn"
            marks = marks + 1 if is_mark else 0
            if marks <= _MARKS_ON_A_LETTER and self._has(char):
                kept.append(char)
        visible = "".join(kept)
        is_seen = any(unicodedata.category(char)[0] in "LNPS" for char in visible)
        return " ".join(visible.split()) if is_seen else ""

    def _has(self, char: str) -> bool:
        """Whether a character has a shape of its own, other than the one that stands for missing ones."""
        known = _known.get(char)
        if known is None:
            category = unicodedata.category(char)
            known = char == " " or (
                category[0] != "C"
                and ord(char) not in _VARIATIONS
                and all(
                    self._shape(char, is_bold) != self._shape_of_missing(is_bold)
                    for is_bold in (False, True)
                )
            )
            if len(_known) >= _MOST_KNOWN:
                _known.clear()
            _known[char] = known
        return known

    def _shape_of_missing(self, is_bold: bool) -> tuple[tuple[int, int], bytes]:
        if is_bold not in self._missing:
            self._missing[is_bold] = self._shape(_MISSING, is_bold)
        return self._missing[is_bold]

    def _shape(self, char: str, is_bold: bool) -> tuple[tuple[int, int], bytes]:
        mask = self.get(24, is_bold).getmask(char)
        return mask.size, bytes(mask)

    def fitted(
        self, text: str, width: int, sizes: Sequence[int], lines: int, is_bold: bool
    ) -> tuple[int, list[str]]:
        """The largest of the sizes in which the text fits into so many lines; at the last it is cut."""
        for size in sizes:
            found = self._wrapped(text, width, size, is_bold)
            if len(found) <= lines:
                return size, found
        cut = self._wrapped(text, width, sizes[-1], is_bold)[:lines]
        cut[-1] = self._shortened(f"{cut[-1]}…", width, sizes[-1], is_bold)
        return sizes[-1], cut

    def _wrapped(self, text: str, width: int, size: int, is_bold: bool) -> list[str]:
        """Lines of whole words, or of what hyphens join; a word that is too long by itself is broken."""
        lines: list[str] = []
        line = ""
        for word, joint in _words(text):
            longer = f"{line}{joint}{word}" if line else word
            if self.width(longer, size, is_bold) <= width:
                line = longer
                continue
            if line:
                lines.append(line)
            line = word
            while self.width(line, size, is_bold) > width and len(line) > 1:
                part = self._beginning(line, width, size, is_bold)
                lines.append(part)
                line = line[len(part) :]
        return [*lines, line] if line else lines

    def _beginning(self, word: str, width: int, size: int, is_bold: bool) -> str:
        """As many characters as fit, one at least."""
        fitting = 1
        while self.width(word[: fitting + 1], size, is_bold) <= width:
            fitting += 1
        return word[:fitting]

    def _shortened(self, text: str, width: int, size: int, is_bold: bool) -> str:
        while self.width(text, size, is_bold) > width and len(text) > 1:
            text = f"{text[:-2].rstrip()}…"
        return text


def _words(text: str) -> Iterator[tuple[str, str]]:
    """Words, and the parts of those with hyphens, each with what stands before it in the same line."""
    for word in text.split():
        first, *others = re.split(r"(?<=\w-)(?=\w)", word)
        yield first, " "
        yield from ((other, "") for other in others)
