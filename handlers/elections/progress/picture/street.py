"""The chat's buildings as small houses, each above its name and what is told of it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.fives import STEP
from handlers.elections.heart.courtyard.house import draw_cottage
from handlers.elections.heart.courtyard.shapes import WIDTH, Box, Shape
from handlers.elections.heart.courtyard.windows import grouping
from handlers.elections.progress.picture.face import Counted
from handlers.elections.progress.picture.lettering import Lettering, Style, height_of

_MARGIN = 60
_ON_A_FLOOR = 3
_MOST_WINDOWS = 12
_COTTAGE = 172
_FLOOR, _ROOF = _COTTAGE * 0.34, _COTTAGE * 0.45 + 14
_NAME = Style((34, 30), 2, "lawn_ink", is_centred=True)
_NUMBER = Style((44, 40, 36, 32), 1, "lawn_ink", is_bold=True, is_centred=True)
_FEW = Style((38, 34, 30), 1, "lawn_faint", is_centred=True)
_BESIDE = Style((34, 30, 27), 1, "lawn_ink", is_centred=True)
_GAP = 18


def window_size(buildings: Sequence[Counted]) -> int:
    """For how many signatures a window of these houses stands: five at least."""
    return grouping(max((each.shown for each in buildings), default=0), _MOST_WINDOWS, least=STEP)


def across(count: int) -> int:
    """How many stand side by side."""
    return count if count <= 3 else 3 if count in (5, 6, 9) else 4


def draw_street(
    buildings: Sequence[Counted], y: float, lettering: Lettering
) -> tuple[list[Shape], float]:
    """Rows of houses from `y` down; gives their shapes and where they end."""
    shapes: list[Shape] = []
    size, many = window_size(buildings), across(len(buildings))
    for first in range(0, len(buildings), many):
        row = buildings[first : first + many]
        drawn, y = _draw_row(row, y, size, (WIDTH - 2 * _MARGIN) / many, lettering)
        shapes += drawn
    return shapes, y


def _draw_row(
    row: Sequence[Counted], y: float, size: int, room: float, lettering: Lettering
) -> tuple[list[Shape], float]:
    shapes: list[Shape] = []
    lit = [each.shown // size for each in row]
    floors = [max(1, -(-ones // _ON_A_FLOOR)) for ones in lit]
    bottom = y + max(floors) * _FLOOR + _ROOF
    shapes.append(Box(_MARGIN, bottom - 4, WIDTH - 2 * _MARGIN, 10, "path", radius=5))
    ends = [bottom]
    for column, building in enumerate(row):
        x = _MARGIN + column * room
        left = x + (room - _COTTAGE) / 2
        shapes += draw_cottage(left, bottom, _COTTAGE, floors[column], lit[column])
        at = bottom + 16
        for text, style in _said_of(building, lettering):
            written = lettering.write(text, x + 8, at, room - 16, style)
            shapes += written
            at += height_of(written)
        ends.append(at)
    return shapes, max(ends) + _GAP


def _said_of(building: Counted, lettering: Lettering) -> list[tuple[str, Style]]:
    name = lettering.named(building.label, building.stand_in)
    first, *beside = building.numbers
    style = _FEW if building.is_few else _NUMBER
    return [(name, _NAME), (first, style), *((each, _BESIDE) for each in beside)]
