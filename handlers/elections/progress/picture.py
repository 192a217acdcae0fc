"""Where an election stands, as a picture: a bar for each candidate, the target line, buildings beneath.

It draws words and public numbers that it is given, and knows no language. Made for phones: big type, and
no more height than is needed. The layout is made first, so that it can be looked at without pixels.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.message.drawing import Fonts

if TYPE_CHECKING:
    from PIL import Image

WIDTH = 1280
MOST_BUILDINGS = 12
"""More would be too small to read; the words name them all."""

_MARGIN = 76
_INNER = WIDTH - 2 * _MARGIN
_GAP = 28
_LINE = 1.3
_SHADE = 16  # so far apart, of 256, are shades next to each other: nearer ones would be mixed up
_FINER = 4  # shapes are drawn this many times larger, then made smooth
_BEYOND_TARGET = 1.07  # so that the target line stands inside the bars


class Look(StrEnum):
    """Light and dark for one person's choice; dusk goes well with both."""

    LIGHT = "light"
    DARK = "dark"
    DUSK = "dusk"


@dataclass(frozen=True)
class Palette:
    """Colours, as "#rrggbb"."""

    ground: str
    ink: str
    faint: str
    track: str
    bar: str
    reached: str
    building: str
    target: str


PALETTES = {
    Look.LIGHT: Palette(
        "#FBF9F4", "#1E2A33", "#56636E", "#E6E5DF", "#2B7A8C", "#2F7543", "#4F76A8", "#B5471B"
    ),
    Look.DARK: Palette(
        "#17212B", "#F2F5F7", "#A9B7C3", "#2A3946", "#55B7C2", "#74C78C", "#86AEDC", "#F5A95C"
    ),
    Look.DUSK: Palette(
        "#24455A", "#FFFFFF", "#C6D8E2", "#35596F", "#7FD3CB", "#A3E092", "#AECBEB", "#FFC773"
    ),
}


@dataclass(frozen=True)
class Bar:
    """A name, its public number in words, and as a number for the length of the bar.

    `stand_in` is shown for a name that the font has no sign of.
    """

    label: str
    stand_in: str
    number: str
    shown: int
    is_reached: bool = False


@dataclass(frozen=True)
class _Style:
    """How a row of bars looks, in pixels; names are cut beyond so many lines."""

    size: int
    lines: int
    thickness: int
    gap: int
    colour: str
    columns: int = 1
    is_name_bold: bool = True


_FEW = _Style(size=50, lines=2, thickness=46, gap=42, colour="bar")
_MANY = _Style(size=40, lines=2, thickness=30, gap=26, colour="bar")
_BUILDINGS = _Style(34, 2, 18, _GAP, "building", columns=2, is_name_bold=False)
_MOST_ROOMY = 6


@dataclass(frozen=True)
class PictureFace:
    """Everything that stands in the picture, in words."""

    title: str
    rule: str
    bars: tuple[Bar, ...]
    needed: int
    target: str
    # What is said in place of bars where there are none.
    nobody: str
    buildings_heading: str
    buildings: tuple[Bar, ...]
    # How many buildings didn't fit, in words; empty where all did.
    more_buildings: str
    # Paragraphs in small print.
    foot: tuple[str, ...]


@dataclass(frozen=True)
class Text:
    """A line of text in its box; `y` is the upper edge."""

    text: str
    x: int
    y: int
    width: int
    size: int
    colour: str
    is_bold: bool = False

    @property
    def height(self) -> int:
        return round(self.size * _LINE)


@dataclass(frozen=True)
class Track:
    """A bar on its track; `filled` is the bar's length."""

    x: int
    y: int
    width: int
    height: int
    filled: int
    colour: str


@dataclass
class Layout:
    """Where everything stands, in pixels; colours are the names of a palette's."""

    height: int = 0
    texts: list[Text] = field(default_factory=list)
    tracks: list[Track] = field(default_factory=list)
    # The target on each bar: from the left, its upper and its lower end.
    targets: list[tuple[int, int, int]] = field(default_factory=list)


def draw_picture(face: PictureFace, look: Look) -> bytes:
    """The picture as PNG. Signs that the font doesn't have are left out."""
    fonts = Fonts()
    return _paint(_LayoutMaker(face, fonts).make(), PALETTES[look], fonts)


def lay_out(face: PictureFace) -> Layout:
    """Where everything would stand."""
    return _LayoutMaker(face, Fonts()).make()


class _LayoutMaker:
    """Puts one thing beneath the other; `y` is how far it has come."""

    def __init__(self, face: PictureFace, fonts: Fonts) -> None:
        self._face = face
        self._fonts = fonts
        self._layout = Layout()
        self._y = _MARGIN

    def make(self) -> Layout:
        face = self._face
        self._paragraph(face.title, sizes=(64, 54, 44), lines=6, colour="ink", is_bold=True)
        self._y += _GAP // 3
        self._paragraph(face.rule, sizes=(38, 34), lines=3, colour="faint")
        self._y += _GAP
        if face.bars:
            self._bars()
        else:
            self._paragraph(face.nobody, sizes=(46,), lines=2, colour="ink")
            self._y += _GAP
        if face.buildings:
            self._y += _GAP // 2
            self._buildings()
        self._y += _GAP // 2
        for note in face.foot:
            self._paragraph(note, sizes=(30,), lines=2, colour="faint")
        self._layout.height = self._y + _MARGIN - _GAP // 2
        return self._layout

    def _bars(self) -> None:
        face = self._face
        style = _FEW if len(face.bars) <= _MOST_ROOMY else _MANY
        longest = max(face.needed * _BEYOND_TARGET, *(bar.shown for bar in face.bars))
        at = _MARGIN + round(_INNER * face.needed / longest)
        for number, bar in enumerate(face.bars):
            self._y += style.gap if number else 0
            self._row((bar,), style, longest)
            height = style.thickness
            self._layout.targets.append((at, self._y - height - 7, self._y + 7))
        self._target_label(at)
        self._y += _GAP

    def _target_label(self, at: int) -> None:
        """Beneath the line, as near to it as the margins let it stand."""
        size, text = 34, self._fonts.drawable(self._face.target)
        width = self._fonts.width(text, size, True)
        x = min(max(_MARGIN, at - width // 2), WIDTH - _MARGIN - width)
        self._y += 14
        self._text(text, x, self._y + size, size, "target", True)
        self._y += round(size * _LINE)

    def _buildings(self) -> None:
        face = self._face
        self._paragraph(face.buildings_heading, sizes=(38,), lines=1, colour="faint", is_bold=True)
        self._y += _GAP // 2
        style = _BUILDINGS if len(face.buildings) > 3 else replace(_BUILDINGS, columns=1)
        longest = max(1, *(building.shown for building in face.buildings))
        for first in range(0, len(face.buildings), style.columns):
            self._row(face.buildings[first : first + style.columns], style, longest)
            self._y += style.gap
        if face.more_buildings:
            self._paragraph(face.more_buildings, sizes=(34,), lines=1, colour="faint")
            self._y += _GAP // 2

    def _row(self, bars: Sequence[Bar], style: _Style, longest: float) -> None:
        """Bars side by side, each beneath its name and number, which share a baseline."""
        width = (_INNER - (style.columns - 1) * 2 * _GAP) // style.columns
        names = [self._name(bar, width, style) for bar in bars]
        above = max((len(lines) - 1) * round(size * _LINE) for size, lines in names)
        baseline = self._y + style.size + above
        self._y = baseline + round(0.28 * style.size) + 12
        for column, (bar, (size, lines)) in enumerate(zip(bars, names, strict=True)):
            x = _MARGIN + column * (width + 2 * _GAP)
            for line_below, line in enumerate(reversed(lines)):
                at = baseline - line_below * round(size * _LINE)
                self._text(line, x, at, size, "ink", style.is_name_bold)
            colour = "reached" if bar.is_reached else "ink" if bar.shown else "faint"
            is_bold = bar.shown > 0
            right = x + width - self._fonts.width(bar.number, style.size, is_bold)
            self._text(bar.number, right, baseline, style.size, colour, is_bold)
            colour = "reached" if bar.is_reached else style.colour
            filled = round(width * bar.shown / longest)
            track = Track(x, self._y, width, style.thickness, filled, colour)
            self._layout.tracks.append(track)
        self._y += style.thickness

    def _name(self, bar: Bar, width: int, style: _Style) -> tuple[int, list[str]]:
        """The name's size and its lines, beside the number."""
        number = self._fonts.width(bar.number, style.size, bar.shown > 0)
        name = self._fonts.drawable(bar.label) or bar.stand_in
        sizes = tuple(round(style.size * share) for share in (1, 0.9, 0.8))
        room = width - number - _GAP
        for size in sizes:
            if self._fonts.width(name, size, style.is_name_bold) <= room:
                return size, [name]
        return self._fonts.fitted(name, room, sizes, style.lines, style.is_name_bold)

    def _text(
        self, text: str, x: int, baseline: int, size: int, colour: str, is_bold: bool
    ) -> None:
        width = self._fonts.width(text, size, is_bold)
        self._layout.texts.append(Text(text, x, baseline - size, width, size, colour, is_bold))

    def _paragraph(
        self, text: str, *, sizes: Sequence[int], lines: int, colour: str, is_bold: bool = False
    ) -> None:
        size, found = self._fonts.fitted(self._fonts.drawable(text), _INNER, sizes, lines, is_bold)
        for line in found:
            self._text(line, _MARGIN, self._y + size, size, colour, is_bold)
            self._y += round(size * _LINE)


def _paint(layout: Layout, palette: Palette, fonts: Fonts) -> bytes:
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (WIDTH, layout.height), palette.ground)
    strips = _Strips(picture)
    for track in layout.tracks:
        strips.paint(track, track.width, palette.track)
        strips.paint(track, track.filled, getattr(palette, track.colour))
    draw = ImageDraw.Draw(picture)
    for x, top, bottom in layout.targets:
        # Edged, so that it shows on a bar too.
        draw.line((x, top, x, bottom), fill=palette.ground, width=14)
        draw.line((x, top, x, bottom), fill=palette.target, width=6)
    for text in layout.texts:
        draw.text(
            (text.x, text.y + text.size),
            text.text,
            fill=getattr(palette, text.colour),
            font=fonts.get(text.size, text.is_bold),
            anchor="ls",
        )
    stream = io.BytesIO()
    picture.quantize(palette=_shades(palette), dither=Image.Dither.NONE).save(stream, "PNG")
    return stream.getvalue()


def _shades(palette: Palette) -> Image.Image:
    """Each colour, and what lies between it and the one beneath it at its edges: the same to the eye in a
    third of the bytes, and in half the time."""
    from PIL import Image, ImageColor

    bars = (palette.bar, palette.reached, palette.building)
    inks = (*bars, palette.ink, palette.faint, palette.track, palette.target)
    edges = [(palette.ground, ink) for ink in inks] + [(palette.track, bar) for bar in bars]
    shades = Image.new("P", (1, 1))
    values: list[int] = []
    for beneath, above in edges:
        pairs = list(zip(ImageColor.getrgb(beneath), ImageColor.getrgb(above), strict=True))
        steps = max(1, max(abs(a - b) for a, b in pairs) // _SHADE)
        for step in range(steps + 1):
            values += [a + round((b - a) * step / steps) for a, b in pairs]
    shades.putpalette(values)
    return shades


class _Strips:
    """Paints bars with round ends. An end is drawn once for each height, larger, and then made smooth."""

    def __init__(self, picture: Image.Image) -> None:
        self._picture = picture
        self._discs: dict[int, Image.Image] = {}

    def paint(self, track: Track, length: int, colour: str) -> None:
        """A bar as long as that; nothing where the length is nothing."""
        from PIL import Image

        if length <= 0:
            return
        length = max(length, track.height)  # rounder than round can't be
        disc, half = self._disc(track.height), track.height // 2
        mask = Image.new("L", (length, track.height), 255)
        mask.paste(disc.crop((0, 0, half, track.height)), (0, 0))
        right = disc.crop((half, 0, track.height, track.height))
        mask.paste(right, (length - right.width, 0))
        self._picture.paste(colour, (track.x, track.y), mask)

    def _disc(self, height: int) -> Image.Image:
        from PIL import Image, ImageDraw

        if height not in self._discs:
            large = Image.new("L", (height * _FINER, height * _FINER))
            edge = height * _FINER - 1
            ImageDraw.Draw(large).ellipse((0, 0, edge, edge), fill=255)
            self._discs[height] = large.reduce(_FINER)
        return self._discs[height]
