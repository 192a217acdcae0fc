"""What makes a certificate a thing to hang up: a double frame, and above the words a courtyard."""

from __future__ import annotations

from typing import Any

from bot.message.print import HEIGHT, MM, WIDTH

FRAME = 9 * MM
"""How far the frame is from the edge: no printer's margin takes it."""

COURTYARD_WIDTH, COURTYARD_HEIGHT = 92 * MM, 19 * MM

_BETWEEN = 1.6 * MM
_CORNER = 6 * MM
_LINE, _WALL, _DARK, _LEAVES = 0.25, 0.93, 0.6, 0.8
"""How light things are: they have to be told apart by a printer that knows no colours."""

_HOUSES = ((11, 21, 11, 3), (39, 19, 15, 4), (58.5, 19, 12, 3))
"""Left edge, width and height in millimetres, and storeys."""
_WINDOWS = 4
_LIT = frozenset({0, 2, 3, 5, 6, 8, 9, 11, 14, 15})
_TREES = ((5, 4.6, 9), (84.5, 5, 10.5))
"""The trunk's place, the crown's radius and its middle's height."""
_LAMP = 35.5


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
        _window(canvas, left + _CORNER / 4, bottom + _CORNER / 4, _CORNER / 2, _CORNER / 2, 1)


def draw_courtyard(canvas: Any) -> None:
    """Houses, trees and a lamp on a line, from the lower left corner of what is given to them."""
    canvas.setStrokeGray(_LINE)
    canvas.setLineWidth(0.8)
    canvas.line(0, 0, COURTYARD_WIDTH, 0)
    for left, radius, height in _TREES:
        canvas.line(left * MM, 0, left * MM, height * MM)
        canvas.setFillGray(_LEAVES)
        canvas.circle(left * MM, height * MM, radius * MM, stroke=1, fill=1)
    number = 0
    for left, width, height, storeys in _HOUSES:
        number = _house(canvas, left * MM, width * MM, height * MM, storeys, number)
    canvas.line(_LAMP * MM, 0, _LAMP * MM, 6 * MM)
    canvas.setFillGray(1)
    canvas.circle(_LAMP * MM, 6.6 * MM, 0.8 * MM, stroke=1, fill=1)


def _house(canvas: Any, left: float, width: float, height: float, storeys: int, number: int) -> int:
    """A house with a roof and rows of windows; gives the number of the next window."""
    canvas.setFillGray(_WALL)
    canvas.rect(left, 0, width, height, stroke=1, fill=1)
    roof = canvas.beginPath()
    roof.moveTo(left - 1 * MM, height)
    roof.lineTo(left + width / 2, height + 3 * MM)
    roof.lineTo(left + width + 1 * MM, height)
    roof.close()
    canvas.setFillGray(_DARK)
    canvas.drawPath(roof, stroke=1, fill=1)
    across, up = width / (_WINDOWS + 0.4), height / (storeys + 0.4)
    for storey in range(storeys):
        for place in range(_WINDOWS):
            light = 1 if number % 16 in _LIT else _DARK
            bottom = (storey + 0.45) * up
            _window(canvas, left + (place + 0.4) * across, bottom, across * 0.6, up * 0.6, light)
            number += 1
    return number


def _window(
    canvas: Any, left: float, bottom: float, width: float, height: float, light: float
) -> None:
    canvas.setFillGray(light)
    canvas.setLineWidth(0.5)
    canvas.rect(left, bottom, width, height, stroke=1, fill=1)
    canvas.line(left + width / 2, bottom, left + width / 2, bottom + height)
    canvas.line(left, bottom + height * 0.6, left + width, bottom + height * 0.6)
    canvas.setLineWidth(0.8)
