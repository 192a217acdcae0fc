"""An A4 sheet to collect signatures by hand, as PDF.

It draws words that it is given and knows no language. Every page carries the whole head, because pages
get separated; the collector's attestation comes last.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from bot.message.print import FONT as _FONT
from bot.message.print import HEIGHT as _HEIGHT
from bot.message.print import MM as _MM
from bot.message.print import WIDTH as _WIDTH
from bot.message.print import draw_code, printable, register_fonts, wrapped

_MARGIN = 11 * _MM
_INNER = _WIDTH - 2 * _MARGIN
_QR = 28 * _MM
_GAP = 2 * _MM
_SMALLEST = 9
"""Points. What is smaller is read by nobody of seventy, and by nobody on a dark staircase."""
_NUMBER_COLUMN = 8 * _MM
_LOWEST_ROW, _HIGHEST_ROW = 7.6 * _MM, 11 * _MM
_FIELD_ROW = 8.5 * _MM
_BRING_ROW = 8 * _MM


@dataclass(frozen=True)
class Column:
    """A column for the signer to fill; `weight` is its share of the width."""

    label: str
    weight: int


@dataclass(frozen=True)
class SheetFace:
    """Everything that is printed on a sheet, in words."""

    heading: str
    place: str
    title: str
    rule: str
    declaration: str
    # What must not be missed: once, and not on paper and in the chat.
    once: str
    note: str
    # Until when, and to whom it is brought back: a line to be filled in by hand.
    until: str
    bring: str
    address: str
    address_note: str
    columns: tuple[Column, ...]
    rows: int
    attestation: str
    # What the collector fills in, two in a line.
    fields: tuple[str, ...]
    # By what a swapped check page is noticed, and a swapped row of bulletins; at the foot of every page.
    check: str
    key: str


def draw_sheet(face: SheetFace) -> bytes:
    """The PDF of a sheet. Signs that the font doesn't have are left out."""
    from reportlab.pdfgen.canvas import Canvas

    register_fonts()
    stream = io.BytesIO()
    # Invariant: neither the moment of printing nor a machine's name goes into the file.
    canvas = Canvas(stream, pagesize=(_WIDTH, _HEIGHT), invariant=1)
    canvas.setTitle(printable(face.heading))
    _Drawing(canvas, face).draw()
    canvas.save()
    return stream.getvalue()


class _Drawing:
    """One sheet on a canvas. Heights are in points and grow downwards from the upper margin."""

    def __init__(self, canvas: Any, face: SheetFace) -> None:
        self._canvas = canvas
        self._face = face
        beside_qr = _INNER - _QR - 5 * _MM
        self._head = [
            _paragraph(face.heading, 11, bold=True, width=beside_qr),
            *([_paragraph(face.place, 11, width=beside_qr)] if face.place else []),
            _paragraph(face.title, 15 if len(face.title) < 90 else 11, bold=True, width=beside_qr),
            _paragraph(face.rule, _SMALLEST, width=beside_qr),
        ]
        self._address_note = _paragraph(face.address_note, _SMALLEST, width=_QR, centred=True)
        self._below = [
            _paragraph(face.declaration, 11, bold=True),
            _paragraph(face.once, 9.5, bold=True),
            _paragraph(face.note, _SMALLEST),
            *([_paragraph(face.until, 9.5, bold=True)] if face.until else []),
        ]
        self._labels = [
            _paragraph(column.label, _SMALLEST, bold=True, width=width - 2 * _MM)
            for column, width in zip(face.columns, self._widths, strict=True)
        ]
        self._attestation = _paragraph(face.attestation, _SMALLEST)
        self._foot = [_paragraph(line, _SMALLEST) for line in (face.check, face.key) if line]

    def draw(self) -> None:
        pages = self._rows_by_page()
        first = 1
        for page, rows in enumerate(pages, start=1):
            is_last = page == len(pages)
            y = self._draw_head()
            left = (
                _HEIGHT
                - _MARGIN
                - self._foot_height
                - y
                - (self._attestation_height if is_last else 0)
            )
            row_height = min(_HIGHEST_ROW, (left - self._label_height) / max(1, rows))
            y = self._draw_table(y, first, rows, row_height)
            if is_last:
                self._draw_attestation(y)
            self._draw_foot(page, len(pages))
            self._canvas.showPage()
            first += rows

    def _rows_by_page(self) -> list[int]:
        """As few pages as hold the rows; the last one has room for the attestation too."""
        room = _HEIGHT - 2 * _MARGIN - self._foot_height - self._head_height - self._label_height
        most = max(1, int(room // _LOWEST_ROW))
        most_on_last = max(1, int((room - self._attestation_height) // _LOWEST_ROW))
        pages, rows = 1, self._face.rows
        while most * (pages - 1) + most_on_last < rows:
            pages += 1
        on_last = min(most_on_last, -(-rows // pages))
        divided, extra = divmod(rows - on_last, max(1, pages - 1))
        return [divided + (number < extra) for number in range(pages - 1)] + [on_last]

    @property
    def _widths(self) -> list[float]:
        whole = sum(column.weight for column in self._face.columns)
        left = _INNER - _NUMBER_COLUMN
        return [left * column.weight / whole for column in self._face.columns]

    @property
    def _beside_height(self) -> float:
        code = _QR + _MM + float(self._address_note.height) + _GAP
        return float(max(code, sum(p.height + _GAP for p in self._head)))

    @property
    def _head_height(self) -> float:
        below = sum(float(p.height) + _GAP for p in self._below)
        return self._beside_height + below + _BRING_ROW

    @property
    def _foot_height(self) -> float:
        return 2 * _MM + sum(float(p.height) for p in self._foot)

    @property
    def _label_height(self) -> float:
        return max(float(label.height) for label in self._labels) + 2 * _MM

    @property
    def _attestation_height(self) -> float:
        lines = -(-len(self._face.fields) // 2)
        return 4 * _MM + float(self._attestation.height) + lines * _FIELD_ROW

    def _draw_head(self) -> float:
        self._draw_qr()
        y = _MARGIN
        for paragraph in self._head:
            paragraph.drawOn(self._canvas, _MARGIN, _HEIGHT - y - paragraph.height)
            y += paragraph.height + _GAP
        y = _MARGIN + self._beside_height
        for paragraph in self._below:
            paragraph.drawOn(self._canvas, _MARGIN, _HEIGHT - y - paragraph.height)
            y += paragraph.height + _GAP
        self._draw_field(self._face.bring, _MARGIN, _HEIGHT - y - _BRING_ROW + 3 * _MM, _INNER)
        return y + _BRING_ROW

    def _draw_qr(self) -> None:
        left, top = _WIDTH - _MARGIN - _QR, _HEIGHT - _MARGIN
        draw_code(self._canvas, self._face.address, left, top, _QR)
        note = self._address_note
        note.drawOn(self._canvas, left, top - _QR - _MM - note.height)

    def _draw_table(self, y: float, first: int, rows: int, row_height: float) -> float:
        canvas, top = self._canvas, _HEIGHT - y
        bottom = top - self._label_height - rows * row_height
        canvas.setFillGray(0.92)
        canvas.rect(_MARGIN, top - self._label_height, _INNER, self._label_height, stroke=0, fill=1)
        canvas.setStrokeGray(0.35)
        canvas.setLineWidth(0.5)
        for line in range(rows + 1):
            at = bottom + line * row_height
            canvas.line(_MARGIN, at, _MARGIN + _INNER, at)
        canvas.line(_MARGIN, top, _MARGIN + _INNER, top)
        x = _MARGIN + _NUMBER_COLUMN
        for at in (_MARGIN, _MARGIN + _INNER):
            canvas.line(at, top, at, bottom)
        for label, width in zip(self._labels, self._widths, strict=True):
            canvas.line(x, top, x, bottom)
            label.drawOn(canvas, x + _MM, top - _MM - label.height)
            x += width
        canvas.setFillGray(0)
        canvas.setFont(_FONT, _SMALLEST)
        for row in range(rows):
            at = top - self._label_height - (row + 0.5) * row_height - 3
            canvas.drawCentredString(_MARGIN + _NUMBER_COLUMN / 2, at, str(first + row))
        return _HEIGHT - bottom

    def _draw_attestation(self, y: float) -> None:
        canvas = self._canvas
        top = _HEIGHT - y - 4 * _MM
        self._attestation.drawOn(canvas, _MARGIN, top - self._attestation.height)
        top -= self._attestation.height
        half = _INNER / 2
        for index, label in enumerate(self._face.fields):
            x = _MARGIN + (index % 2) * half
            at = top - (index // 2 + 1) * _FIELD_ROW + 2 * _MM
            self._draw_field(label, x, at, half - 4 * _MM)

    def _draw_field(self, label: str, x: float, at: float, width: float) -> None:
        """A label, and a line to write on."""
        canvas = self._canvas
        canvas.setFont(_FONT, _SMALLEST)
        canvas.setFillGray(0)
        canvas.drawString(x, at, printable(label))
        start = x + canvas.stringWidth(printable(label), _FONT, _SMALLEST) + 2 * _MM
        canvas.setStrokeGray(0.35)
        canvas.setLineWidth(0.5)
        canvas.line(start, at - 1.5, x + width, at - 1.5)

    def _draw_foot(self, page: int, pages: int) -> None:
        at = _MARGIN
        for paragraph in reversed(self._foot):
            paragraph.drawOn(self._canvas, _MARGIN, at)
            at += paragraph.height
        self._canvas.setFont(_FONT, _SMALLEST)
        self._canvas.setFillGray(0)
        foot = printable(f"{self._face.heading} · {page} / {pages}")
        self._canvas.drawRightString(_WIDTH - _MARGIN, _MARGIN - 4 * _MM, foot)


def _paragraph(
    text: str,
    size: float,
    *,
    bold: bool = False,
    width: float = _INNER,
    centred: bool = False,
) -> Any:
    """A paragraph as wide as the page unless said otherwise."""
    return wrapped(text, size, width, bold=bold, centred=centred)
