"""A house: roof, the target on its top floor, windows, a ground floor for the banner to hang at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from handlers.elections.heart.courtyard.shapes import Box, Line, Polygon, Shape, Window
from handlers.elections.heart.courtyard.windows import columns, lit_windows

_WIDEST = 96


@dataclass(frozen=True)
class Plan:
    """How a house is built, in pixels, from the top down."""

    width: float
    roof: float
    # The strip that says the target.
    frieze: float
    floors: float
    ground: float
    windows: int
    # Above the windows, where a garland hangs.
    hangs: float = 0

    @property
    def height(self) -> float:
        return self.roof + self.frieze + self.floors + self.ground


def draw_house(plan: Plan, x: float, y: float, lit: int) -> Iterator[Shape]:
    """A house whose upper left corner is there."""
    eaves = y + plan.roof
    yield from _roof(plan, x, y)
    yield Box(x, eaves, plan.width, plan.height - plan.roof, "wall")
    yield Box(x - 12, eaves, plan.width + 24, plan.frieze, "trim")
    floors_top = eaves + plan.frieze
    yield from _windows(plan, x, floors_top, lit)
    ground_top = floors_top + plan.floors
    yield Box(x - 6, ground_top, plan.width + 12, 10, "trim")
    yield from _doors(x + plan.width / 2, y + plan.height, plan.ground)


def draw_cottage(x: float, bottom: float, width: float, floors: int, lit: int) -> Iterator[Shape]:
    """A small house with a gable, three windows on a floor; gives its shapes from the bottom up."""
    storey, roof = width * 0.34, width * 0.42
    top = bottom - floors * storey - 14
    yield Box(x + width * 0.70, top - roof * 0.95, width * 0.11, roof, "cottage")
    yield Box(x, top, width, bottom - top, "wall")
    yield Polygon(((x - 14, top), (x + width / 2, top - roof), (x + width + 14, top)), "cottage")
    on = lit_windows(3 * floors, lit)
    side = storey * 0.62
    for number in range(3 * floors):
        column, floor = number % 3, number // 3
        left = x + width * (column + 0.5) / 3 - side / 2
        top = bottom - 14 - (floor + 1) * storey + 8
        yield from draw_window(left, top, side, side, _light(number, on))


def draw_window(x: float, y: float, width: float, height: float, pane: str) -> Iterator[Shape]:
    """A frame, a pane of this colour, bars."""
    x, y, width, height = round(x), round(y), round(width), round(height)
    edge = max(2, round(width * 0.09))  # whole pixels: all bars as wide as each other
    yield Box(x - edge, y - edge, width + 2 * edge, height + 2 * edge, "frame")
    yield Window(x, y, width, height, pane)
    yield Box(x + (width - edge) // 2, y, edge, height, "frame")
    yield Box(x, y + round(height * 0.36), width, edge, "frame")


def _roof(plan: Plan, x: float, y: float) -> Iterator[Shape]:
    ridge, eaves = y + plan.roof * 0.30, y + plan.roof
    inset = min(plan.width * 0.16, plan.roof * 1.1)
    for share in (0.24, 0.72):
        left = x + plan.width * share
        yield Box(left, y, plan.width * 0.05, plan.roof, "trim")
        yield Box(left - 5, y, plan.width * 0.05 + 10, 10, "roof")
    yield Polygon(
        (
            (x - 26, eaves),
            (x + inset, ridge),
            (x + plan.width - inset, ridge),
            (x + plan.width + 26, eaves),
        ),
        "roof",
    )


def _windows(plan: Plan, x: float, y: float, lit: int) -> Iterator[Shape]:
    """From the lowest floor up; the top floor has what is left, in its middle."""
    across = columns(plan.windows, plan.width / plan.floors)
    floors = -(-plan.windows // across)
    wide, high = (plan.width - 36) / across, (plan.floors - plan.hangs - 12) / floors
    width = min(wide * 0.62, high * 0.66, _WIDEST)
    height = min(high * 0.70, width * 1.35)
    on = lit_windows(plan.windows, lit)
    for number in range(plan.windows):
        column, floor = number % across, number // across
        here = min(across, plan.windows - floor * across)
        middle = x + plan.width / 2 + (column - (here - 1) / 2) * wide
        top = y + plan.floors - 6 - (floor + 0.5) * high - height / 2
        yield from draw_window(middle - width / 2, top, width, height, _light(number, on))


def _light(number: int, on: frozenset[int]) -> str:
    """Not all lamps are alike."""
    return "dark" if number not in on else "lit" if number * 5 % 7 > 2 else "lit_too"


def _doors(middle: float, bottom: float, ground: float) -> Iterator[Shape]:
    width, height = ground * 0.42, ground * 0.40
    yield Box(middle - width / 2, bottom - height, width, height + 2, "trim")
    yield Line(((middle, bottom - height), (middle, bottom)), 4, "frame")
