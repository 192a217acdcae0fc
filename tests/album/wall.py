"""The wallpaper of the playground: what stands in the picture, as a pattern."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from handlers.elections.heart.courtyard.garden import (
    draw_bench,
    draw_garland,
    draw_lamp,
    draw_tree,
)
from handlers.elections.heart.courtyard.house import Plan, draw_cottage, draw_house
from handlers.elections.heart.courtyard.look import PALETTES, Look
from handlers.elections.heart.courtyard.shapes import Box, Disc, Line, Oval, Point, Polygon, Shape

WALL = Path(__file__).parents[2] / "playground" / "page" / "wall.svg"
_SIZE = 1040
_SHOWN = 260
_HOUSE = Plan(width=200, roof=50, frieze=24, floors=130, ground=60, windows=12)


def wall() -> str:
    """The pattern as SVG, in the colours of morning; the page lets them show as faintly as it likes."""
    lines = "\n".join(map(_element, _things()))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_SHOWN}" height="{_SHOWN}"'
        f' viewBox="0 0 {_SIZE} {_SIZE}">\n{lines}\n</svg>\n'
    )


def _things() -> Iterator[Shape]:
    """Three in a row, so that the pattern goes on at each edge."""
    yield from draw_cottage(90, 290, 170, floors=2, lit=3)
    yield from draw_tree(510, 290, 230)
    yield from draw_bench(770, 290, 180)
    yield from draw_lamp(180, 640, 190)
    yield from draw_house(_HOUSE, 410, 380, lit=7)
    yield from draw_cottage(775, 640, 170, floors=3, lit=5)
    yield from draw_garland(60, 850, 240)
    yield from draw_cottage(430, 990, 170, floors=1, lit=1)
    yield from draw_tree(860, 990, 230)


def _element(shape: Shape) -> str:
    colour = PALETTES[Look.MORNING].shade(shape.colour)
    match shape:
        case Box(x, y, width, height, _, radius):
            place = (
                f'rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="{radius:g}"'
            )
        case Disc(x, y, radius):
            place = f'circle cx="{x:g}" cy="{y:g}" r="{radius:g}"'
        case Oval(x, y, across, down):
            place = f'ellipse cx="{x:g}" cy="{y:g}" rx="{across:g}" ry="{down:g}"'
        case Polygon(points):
            place = f'polygon points="{_points(points)}"'
        case Line(points, width):
            line = f'polyline points="{_points(points)}" fill="none" stroke="{colour}"'
            return f'<{line} stroke-width="{width:g}"/>'
        case _:
            raise TypeError(shape)
    return f'<{place} fill="{colour}"/>'


def _points(points: Iterable[Point]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in points)
