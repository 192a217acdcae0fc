"""The certificate of an election's result, as PDF: what hangs in the stairwell and goes to a council.

It draws words that it is given and knows no language. All of it stands on one page, with its parts
apart as far as the page allows; where there are very many candidates or words, on two.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
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
from handlers.elections.ending.certificate_frame import (
    COURTYARD_HEIGHT,
    COURTYARD_WIDTH,
    FRAME,
    draw_courtyard,
    draw_frame,
)

_SIDE = FRAME + 12 * MM
_INNER = WIDTH - 2 * _SIDE
_TOP, _BOTTOM = FRAME + 7 * MM, FRAME + 8 * MM
_ROOM = HEIGHT - _TOP - _BOTTOM
_LEAST_GAP, _MOST_GAP = 2.5 * MM, 9 * MM
_CODE = 24 * MM
_BETWEEN = 3 * MM
_LABELS = 40 * MM
_NAMES = {True: 0.3, False: 0.46}
"""The share of the table's width that names take, with columns of paper and without."""
_FEW_COLUMNS = 4

_TITLES = (17.0, 14.0, 11.0)
_LARGE_NAMES = (34.0, 28.0, 22.0, 17.0, 13.0)
_LARGE_NUMBERS = (58.0, 44.0, 32.0, 22.0)


@dataclass(frozen=True)
class Elected:
    """Somebody whose name and number stand large."""

    name: str
    number: str
    # Whether that is a number in digits, or words for one that isn't told.
    is_digits: bool
    # What the number is.
    beneath: str


@dataclass(frozen=True)
class Hands:
    """The lines on which two people sign: what they say by it, and what each writes."""

    heading: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Check:
    """By what anybody can check the numbers."""

    heading: str
    how: str
    # The bulletin's head and key, each a label and what it says.
    facts: tuple[tuple[str, str], ...]
    # Where the square code leads, and what stands beneath it; None where the chat has no address.
    address: str | None
    address_note: str


@dataclass(frozen=True)
class CertificateFace:
    """Everything that is printed on a certificate, in words."""

    heading: str
    title: str
    # What the courtyard is called, or the label of a line on which that is written by hand.
    courtyard: str
    is_courtyard_known: bool
    elected: tuple[Elected, ...]
    verdict: str
    # A row for each candidate, as many texts as columns; none of both where the large number says it all.
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    facts: tuple[tuple[str, str], ...]
    check: Check
    hands: Hands
    notes: tuple[str, ...]


def draw_certificate(face: CertificateFace) -> bytes:
    """The PDF of a certificate. Signs that the font doesn't have are left out."""
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

    register_fonts()
    stream = io.BytesIO()

    def on_page(canvas: Any, _document: Any) -> None:
        draw_frame(canvas)
        number = canvas.getPageNumber()
        if number > 1:
            canvas.setFont(FONT, 7)
            canvas.setFillGray(GREY)
            foot = printable(f"{face.heading} · {number}")
            canvas.drawRightString(WIDTH - _SIDE, FRAME + 4 * MM, foot)

    # Invariant: neither the moment of printing nor a machine's name goes into the file.
    document = BaseDocTemplate(
        stream, pagesize=(WIDTH, HEIGHT), title=printable(face.heading), invariant=1
    )
    frame = Frame(_SIDE, _BOTTOM, _INNER, _ROOM, 0, 0, 0, 0)
    document.addPageTemplates(PageTemplate(frames=[frame], onPage=on_page))
    parts = _parts(face)
    if not _fits(parts):
        parts[0] = parts[0][1:]  # the picture gives way to the words
    document.build(_apart(parts))
    return stream.getvalue()


def _parts(face: CertificateFace) -> list[list[Any]]:
    """What belongs together, from the top to the foot."""
    # Names and numbers are a step smaller for each thing that they share the page with.
    smaller = len(face.elected[1:]) + bool(face.rows)
    return [
        [_courtyard(), *_head(face)],
        *(_large(one, smaller) for one in face.elected),
        [wrapped(face.verdict, 13, _INNER, bold=True, centred=True)],
        *([[_table(face)]] if face.rows else []),
        [_pairs(face.facts, 9)],
        [_check(face.check)],
        _hands(face.hands),
        [wrapped(note, 7, _INNER) for note in face.notes],
    ]


def _height(parts: Sequence[Sequence[Any]]) -> float:
    return float(sum(each.wrap(_INNER, _ROOM)[1] for part in parts for each in part))


def _fits(parts: Sequence[Sequence[Any]]) -> bool:
    """Whether they stand on one page, each a little apart."""
    return _height(parts) + _LEAST_GAP * len(parts) <= _ROOM


def _apart(parts: Sequence[Sequence[Any]]) -> list[Any]:
    """The parts with gaps that fill the page; with small ones where there is more than a page."""
    from reportlab.platypus import KeepTogether, Spacer

    left = (_ROOM - _height(parts) - 1) / (len(parts) - 1)
    gap = min(max(left, _LEAST_GAP), _MOST_GAP)
    story: list[Any] = []
    for place, part in enumerate(parts):
        if place:
            # What is left beyond the widest gaps stands above the hands and the notes at the foot.
            is_foot = place == len(parts) - 2
            more = max(left - gap, 0) * (len(parts) - 1) if is_foot else 0
            story.append(Spacer(1, gap + more))
        story.append(part[0] if len(part) == 1 else KeepTogether(list(part)))
    return story


def _courtyard() -> Any:
    from reportlab.platypus import Flowable

    class _Courtyard(Flowable):  # type: ignore[misc]
        def wrap(self, _width: float, _height: float) -> tuple[float, float]:
            return _INNER, COURTYARD_HEIGHT + 2 * MM

        def draw(self) -> None:
            self.canv.translate((_INNER - COURTYARD_WIDTH) / 2, 2 * MM)
            draw_courtyard(self.canv)

    return _Courtyard()


def _head(face: CertificateFace) -> list[Any]:
    """What it is, for what, and where."""
    where = wrapped(face.courtyard, 10, _INNER, centred=True)
    if not face.is_courtyard_known:
        where = _lines([(face.courtyard, 1.0)])
    return [
        _gap(1),
        wrapped(face.heading.upper(), 11, _INNER, centred=True),
        _gap(2),
        _as_large_as(face.title, _TITLES, most_lines=2),
        _gap(2 if face.is_courtyard_known else 1),
        where,
    ]


def _large(one: Elected, smaller: int) -> list[Any]:
    sizes = _LARGE_NUMBERS if one.is_digits else _LARGE_NUMBERS[-2:]
    return [
        _as_large_as(one.name, _LARGE_NAMES[smaller:], most_lines=2),
        _gap(1),
        _as_large_as(one.number, sizes[smaller:] or sizes[-1:], most_lines=1),
        _gap(1),
        wrapped(one.beneath, 11, _INNER, centred=True),
    ]


def _table(face: CertificateFace) -> Any:
    """The candidates and their numbers; its head is repeated on every page."""
    from reportlab.platypus import Table

    names = _NAMES[len(face.columns) > _FEW_COLUMNS]
    others = _INNER * (1 - names) / (len(face.columns) - 1)
    widths = [_INNER * names, *[others] * (len(face.columns) - 1)]
    inner = [width - 2 * MM for width in widths]
    size = 10.5 if len(face.rows) <= 6 else 9
    head = [
        wrapped(label, 6.5, width, bold=True, centred=place > 0)
        for place, (label, width) in enumerate(zip(face.columns, inner, strict=True))
    ]
    rows = [
        [
            wrapped(text, size, width, bold=place == 0, centred=place > 0)
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
            ("LEFTPADDING", (0, 0), (-1, -1), 1 * MM),
            ("RIGHTPADDING", (0, 0), (-1, -1), 1 * MM),
            ("TOPPADDING", (0, 0), (-1, -1), 1.1 * MM),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1.1 * MM),
        ]
    )
    return table


def _pairs(facts: Sequence[tuple[str, str]], size: float, width: float = _INNER) -> Any:
    """Labels, and beside each what it says."""
    says = width - _LABELS
    rows = [
        [wrapped(label, size, _LABELS - 3 * MM, grey=True), wrapped(said, size, says)]
        for label, said in facts
    ]
    return _plain_table(rows, [_LABELS, says])


def _check(check: Check) -> Any:
    """How to check the numbers, beside the square code."""
    beside = _INNER - (_CODE + 8 * MM if check.address else 0)
    said = [
        wrapped(check.heading, 9.5, beside, bold=True),
        wrapped(check.how, 8.5, beside),
        *([_pairs(check.facts, 8.5, beside)] if check.facts else []),
    ]
    cells, widths = [said], [beside]
    if check.address is not None:
        note = wrapped(check.address_note, 7, _CODE + 8 * MM, centred=True)
        cells.append([_code(check.address), _gap(1), note])
        widths.append(_CODE + 8 * MM)
    return _plain_table([cells], widths)


def _code(address: str) -> Any:
    from reportlab.platypus import Flowable

    class _Code(Flowable):  # type: ignore[misc]
        def wrap(self, _width: float, _height: float) -> tuple[float, float]:
            return _CODE + 8 * MM, _CODE

        def draw(self) -> None:
            draw_code(self.canv, address, 4 * MM, _CODE, _CODE)

    return _Code()


def _hands(hands: Hands) -> list[Any]:
    """Two lines to sign on."""
    shares = (0.38, 0.36, 0.26)
    fields = list(zip(hands.fields, shares, strict=True))
    return [wrapped(hands.heading, 9.5, _INNER, bold=True), _lines(fields), _lines(fields)]


def _lines(fields: Sequence[tuple[str, float]]) -> Any:
    """Lines to write on, each after its label, side by side by their shares of the width."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    said = [(printable(f"{label}:"), share) for label, share in fields]
    cells: list[Any] = []
    widths: list[float] = []
    ruled: list[int] = []
    for label, share in said:
        width = stringWidth(label, FONT, 9) + 2 * MM
        ruled.append(len(cells) + 1)
        cells += [wrapped(label, 9, width), "", ""]
        widths += [width, _INNER * share - width - _BETWEEN, _BETWEEN]
    table = _plain_table([cells], widths, heights=[11 * MM])
    table.setStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
            *(("LINEBELOW", (at, 0), (at, 0), 0.6, (0.3, 0.3, 0.3)) for at in ruled),
        ]
    )
    return table


def _as_large_as(text: str, sizes: Sequence[float], *, most_lines: int) -> Any:
    """A text in the largest of these sizes in which it has so few lines, or else in the smallest."""
    for size in sizes:
        found = wrapped(text, size, _INNER, bold=True, centred=True)
        if found.height <= most_lines * size * 1.25 + 1:
            break
    return found


def _gap(millimetres: float) -> Any:
    from reportlab.platypus import Spacer

    return Spacer(1, millimetres * MM)


def _plain_table(rows: list[Any], widths: list[float], heights: list[float] | None = None) -> Any:
    from reportlab.platypus import Table

    table = Table(rows, colWidths=widths, rowHeights=heights, hAlign="LEFT")
    table.setStyle(
        [
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 0.6 * MM),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 0.6 * MM),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ]
    )
    return table
