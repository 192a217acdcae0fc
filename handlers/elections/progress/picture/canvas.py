"""Shapes become a file. Boxes stand on whole pixels; whatever is round or slanted is drawn finer, each by
itself, and laid on smoothly."""

from __future__ import annotations

import io
import math
from typing import TYPE_CHECKING

from bot.message.drawing import Fonts
from handlers.elections.heart.courtyard.look import PALETTES, Palette
from handlers.elections.heart.courtyard.shapes import (
    WIDTH,
    Box,
    Disc,
    Layout,
    Line,
    Oval,
    Point,
    Polygon,
    Shape,
    Text,
)
from handlers.elections.progress.picture.face import PictureFace
from handlers.elections.progress.picture.layout import lay_out

if TYPE_CHECKING:
    from PIL.Image import Image

_FINER = 3
_COLOURS = 256
_PART = 6
_EFFORT = 3  # of zlib: the usual 6 takes much longer, and areas of one colour become no smaller


def draw_picture(face: PictureFace) -> bytes:
    """The picture as PNG. Signs that the font doesn't have are left out."""
    return _paint(lay_out(face), PALETTES[face.look])


def _paint(layout: Layout, palette: Palette) -> bytes:
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (WIDTH, layout.height), palette.lawn)
    draw, fonts = ImageDraw.Draw(picture), Fonts()
    for shape in layout.shapes:
        colour = palette.shade(shape.colour)
        if isinstance(shape, Text):
            at = (shape.x, shape.y + shape.size)
            font = fonts.get(shape.size, shape.is_bold)
            draw.text(at, shape.text, fill=colour, font=font, anchor="ls")
        elif isinstance(shape, Box) and not shape.radius:
            left, top, right, bottom = map(round, _edges(shape))
            if right > left and bottom > top:
                draw.rectangle((left, top, right - 1, bottom - 1), fill=colour)
        else:
            _lay_on(picture, shape, colour)
    stream = io.BytesIO()
    few = picture.quantize(palette=_shades(picture, palette), dither=Image.Dither.NONE)
    few.save(stream, "PNG", compress_level=_EFFORT)
    return stream.getvalue()


def _lay_on(picture: Image, shape: Shape, colour: str) -> None:
    """Through a mask, in which its edge is as smooth as `_FINER` makes it."""
    from PIL import Image, ImageDraw

    edges = _edges(shape)
    left, top = math.floor(edges[0]), math.floor(edges[1])
    right, bottom = math.ceil(edges[2]) + 1, math.ceil(edges[3]) + 1
    mask = Image.new("L", (_FINER * (right - left), _FINER * (bottom - top)))
    draw = ImageDraw.Draw(mask)

    def finer(points: tuple[Point, ...]) -> list[Point]:
        return [(_FINER * (x - left), _FINER * (y - top)) for x, y in points]

    match shape:
        case Box():
            corners = finer((edges[:2], edges[2:]))
            draw.rounded_rectangle(corners, _FINER * shape.radius, fill=255)
        case Disc() | Oval():
            draw.ellipse(finer((edges[:2], edges[2:])), fill=255)
        case Polygon():
            draw.polygon(finer(shape.points), fill=255)
        case Line():
            wide = round(_FINER * shape.width)
            draw.line(finer(shape.points), fill=255, width=wide, joint="curve")
    picture.paste(colour, (left, top, right, bottom), mask.reduce(_FINER))


def _edges(shape: Shape) -> tuple[float, float, float, float]:
    """Left, top, right and bottom."""
    match shape:
        case Box() | Text():
            return shape.x, shape.y, shape.x + shape.width, shape.y + shape.height
        case Disc(x, y, radius):
            return x - radius, y - radius, x + radius, y + radius
        case Oval(x, y, across, down):
            return x - across, y - down, x + across, y + down
        case Polygon() | Line():
            room = shape.width if isinstance(shape, Line) else 0
            xs, ys = zip(*shape.points, strict=True)
            return min(xs) - room, min(ys) - room, max(xs) + room, max(ys) + room


def _shades(picture: Image, palette: Palette) -> Image:
    """Each colour as it is, and what lies between them at their edges, found on a part of the lines: a
    third of the bytes, in a quarter of the time that it takes to look at all."""
    from PIL import Image, ImageColor

    plain = [shade for named in vars(palette).values() for shade in _listed(named)]
    values = [channel for shade in dict.fromkeys(plain) for channel in ImageColor.getrgb(shade)]
    part = picture.resize((WIDTH, picture.height // _PART), Image.Resampling.NEAREST)
    between = part.quantize(_COLOURS - len(values) // 3, method=Image.Quantize.FASTOCTREE)
    shades = Image.new("P", (1, 1))
    shades.putpalette(values + (between.getpalette() or []))
    return shades


def _listed(named: str | tuple[str, ...]) -> tuple[str, ...]:
    return named if isinstance(named, tuple) else (named,)
