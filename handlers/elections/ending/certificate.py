"""The certificate of an election's result, an A4 page or two, as PDF.

It draws words that it is given and knows no language.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.message.print import (
    FONT,
    GREY,
    HEIGHT,
    MM,
    WIDTH,
    draw_code,
    printable,
    register_fonts,
    wrapped,
)

_MARGIN = 18 * MM
_INNER = WIDTH - 2 * _MARGIN
_CODE = 27 * MM
_LABELS = 42 * MM
_NAMES = 0.3
"""The share of the table's width that names take."""


@dataclass(frozen=True)
class CertificateFace:
    """Everything that is printed on a certificate, in words."""

    heading: str
    title: str
    # What it went by and when, each a label and what it says.
    facts: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    # A row for each candidate, as many texts as columns.
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]
    # Where the square code leads; None where the chat has no address.
    address: str | None
    foot: Callable[[int], str]


def draw_certificate(face: CertificateFace) -> bytes:
    """The PDF of a certificate. Signs that the font doesn't have are left out."""
    from reportlab.platypus import SimpleDocTemplate, Spacer

    register_fonts()
    stream = io.BytesIO()
    # Invariant: neither the moment of printing nor a machine's name goes into the file.
    document = SimpleDocTemplate(
        stream,
        pagesize=(WIDTH, HEIGHT),
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_MARGIN,
        bottomMargin=_MARGIN,
        title=printable(face.heading),
        invariant=1,
    )

    def on_page(canvas: Any, _document: Any) -> None:
        if face.address is not None and canvas.getPageNumber() == 1:
            draw_code(canvas, face.address, WIDTH - _MARGIN - _CODE, HEIGHT - _MARGIN, _CODE)
        canvas.setFont(FONT, 7)
        canvas.setFillGray(GREY)
        foot = printable(face.foot(canvas.getPageNumber()))
        canvas.drawRightString(WIDTH - _MARGIN, _MARGIN - 6 * MM, foot)

    gap = Spacer(1, 6 * MM)
    notes = [
        part for note in face.notes for part in (wrapped(note, 9, _INNER), Spacer(1, 2.5 * MM))
    ]
    story = [_head(face), gap, _facts(face), gap, _table(face), gap, *notes]
    document.build(story, onFirstPage=on_page, onLaterPages=on_page)
    return stream.getvalue()


def _head(face: CertificateFace) -> Any:
    """Heading and title, beside the place of the square code."""
    from reportlab.platypus import Table

    beside = _INNER - _CODE - 6 * MM
    size = 20 if len(face.title) < 60 else 14
    lines = [
        [wrapped(face.heading, 11, beside, grey=True)],
        [wrapped(face.title, size, beside, bold=True)],
    ]
    height = sum(float(line[0].height) for line in lines)
    heights = [None, max(float(lines[1][0].height) + 4 * MM, _CODE - height)]
    table = Table(lines, colWidths=[beside], rowHeights=heights, hAlign="LEFT")
    table.setStyle([*_PLAIN, ("VALIGN", (0, 0), (-1, -1), "TOP")])
    return table


def _facts(face: CertificateFace) -> Any:
    from reportlab.platypus import Table

    says = _INNER - _LABELS
    rows = [
        [wrapped(label, 9, _LABELS, grey=True), wrapped(said, 9, says)]
        for label, said in face.facts
    ]
    table = Table(rows, colWidths=[_LABELS, says], hAlign="LEFT")
    table.setStyle([*_PLAIN, ("VALIGN", (0, 0), (-1, -1), "TOP")])
    return table


def _table(face: CertificateFace) -> Any:
    """The candidates and their numbers; its head is repeated on every page."""
    from reportlab.platypus import Table

    others = _INNER * (1 - _NAMES) / (len(face.columns) - 1)
    widths = [_INNER * _NAMES, *[others] * (len(face.columns) - 1)]
    inner = [width - 3 * MM for width in widths]
    head = [
        wrapped(label, 6.5, width, bold=True, centred=place > 0)
        for place, (label, width) in enumerate(zip(face.columns, inner, strict=True))
    ]
    rows = [
        [
            wrapped(text, 9, width, bold=place == 0, centred=place > 0)
            for place, (text, width) in enumerate(zip(row, inner, strict=True))
        ]
        for row in face.rows
    ]
    table = Table([head, *rows], colWidths=widths, repeatRows=1, hAlign="LEFT")
    table.setStyle(
        [
            ("BACKGROUND", (0, 0), (-1, 0), (0.92, 0.92, 0.92)),
            ("LINEBELOW", (0, 0), (-1, -1), 0.5, (0.6, 0.6, 0.6)),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("LEFTPADDING", (0, 0), (-1, -1), 1.5 * MM),
            ("RIGHTPADDING", (0, 0), (-1, -1), 1.5 * MM),
            ("TOPPADDING", (0, 0), (-1, -1), 1.8 * MM),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1.8 * MM),
        ]
    )
    return table


_PLAIN = (
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 1),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
)
