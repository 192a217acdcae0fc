"""What every printed page is made of: A4, fonts with every letter we need, paragraphs, square codes."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

FONTS = Path(__file__).parents[1] / "fonts"
FONT, BOLD = "DejaVuSans", "DejaVuSans-Bold"

MM = 72 / 25.4
"""A millimetre in points, the unit of everything printed."""

WIDTH, HEIGHT = 210 * MM, 297 * MM
GREY = 0.45


def wrapped(
    text: str,
    size: float,
    width: float,
    *,
    bold: bool = False,
    grey: bool = False,
    centred: bool = False,
) -> Any:
    """A text wrapped to `width` that knows its height."""
    from reportlab.lib.enums import TA_CENTER, TA_LEFT
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    style = ParagraphStyle(
        "text",
        fontName=BOLD if bold else FONT,
        fontSize=size,
        leading=size * 1.25,
        textColor=(GREY, GREY, GREY) if grey else (0, 0, 0),
        alignment=TA_CENTER if centred else TA_LEFT,
        splitLongWords=True,
    )
    found = Paragraph(escape(printable(text)), style)
    found.wrap(width, HEIGHT)
    return found


def draw_code(canvas: Any, address: str, left: float, top: float, size: float) -> None:
    """A square code that leads to an address; `left` and `top` from the page's lower left corner."""
    import segno

    matrix = [list(row) for row in segno.make(address, error="m", micro=False).matrix]
    cell = size / len(matrix)
    canvas.setFillGray(0)
    for row, cells in enumerate(matrix):
        for column, is_dark in enumerate(cells):
            if is_dark:
                canvas.rect(
                    left + column * cell, top - (row + 1) * cell, cell, cell, stroke=0, fill=1
                )


def register_fonts() -> None:
    """Make the fonts known to reportlab; again does nothing."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name in (FONT, BOLD):
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, str(FONTS / f"{name}.ttf")))


def printable(text: str) -> str:
    """What both fonts can draw: an emoji would be an empty box."""
    from reportlab.pdfbase import pdfmetrics

    drawn = [pdfmetrics.getFont(name).face.charToGlyph for name in (FONT, BOLD)]
    kept = "".join(
        char
        for char in unicodedata.normalize("NFC", text)
        if all(ord(char) in glyphs for glyphs in drawn) and unicodedata.category(char) != "Cf"
    )
    return " ".join(part for part in kept.split(" ") if part)
