"""Shapes become a file. They are drawn twice as large and then made smooth."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from bot.message.drawing import Fonts
from handlers.elections.progress.picture.face import PictureFace
from handlers.elections.progress.picture.layout import lay_out
from handlers.elections.progress.picture.look import PALETTES, Palette
from handlers.elections.progress.picture.shapes import (
    WIDTH,
    Box,
    Disc,
    Layout,
    Line,
    Oval,
    Polygon,
    Shape,
    Text,
)

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

_FINER = 2
_COLOURS = 256
_PART = 6
_EFFORT = 4  # of zlib: the usual 6 takes three times as long for an eighth less


def draw_picture(face: PictureFace) -> bytes:
    """The picture as PNG. Signs that the font doesn't have are left out."""
    return _paint(lay_out(face), PALETTES[face.look])


def _paint(layout: Layout, palette: Palette) -> bytes:
    from PIL import Image, ImageDraw

    size = (WIDTH * _FINER, layout.height * _FINER)
    large = Image.new("RGB", size, palette.lawn)
    draw, fonts = ImageDraw.Draw(large), Fonts()
    for shape in layout.shapes:
        _draw(draw, shape, _colour(palette, shape.colour), fonts)
    picture = large.reduce(_FINER)
    stream = io.BytesIO()
    few = picture.quantize(palette=_shades(picture, palette), dither=Image.Dither.NONE)
    few.save(stream, "PNG", compress_level=_EFFORT)
    return stream.getvalue()


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


def _colour(palette: Palette, name: str) -> str:
    band = name.removeprefix("sky.")
    return palette.sky[int(band)] if band != name else getattr(palette, name)


def _draw(draw: ImageDraw, shape: Shape, colour: str, fonts: Fonts) -> None:
    match shape:
        case Box():
            left, top = _FINER * shape.x, _FINER * shape.y
            right, bottom = left + _FINER * shape.width - 1, top + _FINER * shape.height - 1
            if right >= left and bottom >= top:
                edges = (round(left), round(top), round(right), round(bottom))
                if shape.radius:
                    draw.rounded_rectangle(edges, _FINER * shape.radius, fill=colour)
                else:
                    draw.rectangle(edges, fill=colour)
        case Disc():
            _round(draw, shape.x, shape.y, shape.radius, shape.radius, colour)
        case Oval():
            _round(draw, shape.x, shape.y, shape.across, shape.down, colour)
        case Polygon():
            draw.polygon([(_FINER * x, _FINER * y) for x, y in shape.points], fill=colour)
        case Line():
            points = [(_FINER * x, _FINER * y) for x, y in shape.points]
            draw.line(points, fill=colour, width=round(_FINER * shape.width), joint="curve")
        case Text():
            font = fonts.get(_FINER * shape.size, shape.is_bold)
            at = (_FINER * shape.x, _FINER * (shape.y + shape.size))
            draw.text(at, shape.text, fill=colour, font=font, anchor="ls")


def _round(draw: ImageDraw, x: float, y: float, across: float, down: float, colour: str) -> None:
    edges = (x - across, y - down, x + across, y + down)
    draw.ellipse([_FINER * edge for edge in edges], fill=colour)
