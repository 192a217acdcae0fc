"""What makes a certificate a thing to hang up: a double frame, and above the words a courtyard, of the same
shapes as the picture that people know, in grey."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from bot.message.print import HEIGHT, MM, WIDTH
from handlers.elections.heart.courtyard.garden import draw_bench, draw_lamp, draw_tree
from handlers.elections.heart.courtyard.house import (
    Plan,
    draw_cottage,
    draw_house,
    draw_window,
)
from handlers.elections.heart.courtyard.look import PALETTES, Look
from handlers.elections.heart.courtyard.shapes import Box, Disc, Line, Oval, Polygon, Shape

FRAME = 9 * MM
"""How far the frame is from the edge: no printer's margin takes it."""

COURTYARD_WIDTH, COURTYARD_HEIGHT = 92 * MM, 19 * MM

_BETWEEN = 1.6 * MM
_CORNER = 6 * MM
_LINE = 0.25
_LONG = 1280
_SCALE = COURTYARD_WIDTH / _LONG
_HOUSE = Plan(width=230, roof=54, frieze=22, floors=132, ground=44, windows=12)


def draw_frame(canvas: Any) -> None:
    """A strong line and a fine one within it, with a window in each corner."""
    canvas.setStrokeGray(_LINE)
    canvas.setLineWidth(1.8)
    canvas.rect(FRAME, FRAME, WIDTH - 2 * FRAME, HEIGHT - 2 * FRAME)
    inner = FRAME + _BETWEEN
    canvas.setLineWidth(0.5)
    canvas.rect(inner, inner, WIDTH - 2 * inner, HEIGHT - 2 * inner)
    far_x, far_y = WIDTH - inner - _CORNER, HEIGHT - inner - _CORNER
    for left, bottom in ((inner, inner), (far_x, inner), (inner, far_y), (far_x, far_y)):
        at = (left + _CORNER / 4, bottom + _CORNER / 4)
        _draw_all(canvas, draw_window(0, -40, 40, 40, "lit"), at, _CORNER / 80)


def draw_courtyard(canvas: Any) -> None:
    """Houses, trees, a lamp and a bench on a line, from the lower left corner of what is given to them."""
    _draw_all(canvas, _courtyard(), (0, 0), _SCALE)


def _courtyard() -> Iterator[Shape]:
    """On the line y = 0, above which all is negative."""
    yield Box(0, 0, _LONG, 5, "trunk")
    yield from draw_tree(70, 0, 210)
    yield from draw_cottage(150, 0, 170, floors=2, lit=4)
    yield from draw_lamp(400, 0, 150)
    yield from draw_house(_HOUSE, 480, -_HOUSE.height, lit=9)
    yield from draw_bench(790, 0, 110)
    yield from draw_cottage(960, 0, 170, floors=2, lit=3)
    yield from draw_tree(1200, 0, 230)


def _draw_all(canvas: Any, shapes: Iterable[Shape], at: tuple[float, float], scale: float) -> None:
    """Shapes in grey, so much smaller; paper counts from below."""
    canvas.saveState()
    canvas.translate(*at)
    canvas.scale(scale, -scale)
    for shape in shapes:
        shade = _grey(PALETTES[Look.MORNING].shade(shape.colour))
        canvas.setFillGray(shade)
        canvas.setStrokeGray(shade)
        _draw(canvas, shape)
    canvas.restoreState()


def _draw(canvas: Any, shape: Shape) -> None:
    match shape:
        case Box(x, y, width, height, _, radius):
            canvas.roundRect(x, y, width, height, radius, stroke=0, fill=1)
        case Disc(x, y, radius):
            canvas.circle(x, y, radius, stroke=0, fill=1)
        case Oval(x, y, across, down):
            canvas.ellipse(x - across, y - down, x + across, y + down, stroke=0, fill=1)
        case Polygon(points) | Line(points):
            path = canvas.beginPath()
            path.moveTo(*points[0])
            for point in points[1:]:
                path.lineTo(*point)
            is_line = isinstance(shape, Line)
            canvas.setLineWidth(shape.width if isinstance(shape, Line) else 0)
            canvas.drawPath(path, stroke=is_line, fill=not is_line)


def _grey(colour: str) -> float:
    """How light a colour is, as the eye has it."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return (0.299 * red + 0.587 * green + 0.114 * blue) / 255
