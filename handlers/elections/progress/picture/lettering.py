"""Lines of text, put into a space."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.message.drawing import Fonts
from handlers.elections.heart.courtyard.shapes import Text, line_height


@dataclass(frozen=True)
class Style:
    """The largest of these sizes that fits into so many lines; at the last, the text is cut."""

    sizes: Sequence[int]
    lines: int
    colour: str
    is_bold: bool = False
    is_centred: bool = False


class Lettering:
    """Writes with one pair of fonts."""

    def __init__(self) -> None:
        self.fonts = Fonts()

    def write(self, text: str, x: float, y: float, width: float, style: Style) -> list[Text]:
        """Lines from `y` down, no wider than `width`; none where the font has no sign of the text."""
        size, lines = self.fonts.fitted(
            self.fonts.drawable(text), int(width), style.sizes, style.lines, style.is_bold
        )
        written = []
        for number, line in enumerate(lines):
            wide = self.fonts.width(line, size, style.is_bold)
            left = x + (width - wide) / 2 if style.is_centred else x
            at = y + number * line_height(size)
            written.append(Text(line, left, at, wide, size, style.colour, style.is_bold))
        return written

    def holds(self, text: str, width: float, style: Style) -> bool:
        """Whether a text fits, uncut, in one of the sizes of a style."""
        _, lines = self.fonts.fitted(text, int(width), style.sizes, style.lines, style.is_bold)
        return "".join(lines).replace(" ", "") == text.replace(" ", "")

    def named(self, name: str, stand_in: str) -> str:
        """A name as the font can write it."""
        return self.fonts.drawable(name) or stand_in


def height_of(lines: Sequence[Text]) -> int:
    return sum(line.height for line in lines)


def in_the_middle(lines: Sequence[Text], height: float) -> list[Text]:
    """Lines that were written at the top of something so high, in its middle."""
    down = (height - height_of(lines)) / 2
    return [replace(line, y=line.y + down) for line in lines]
