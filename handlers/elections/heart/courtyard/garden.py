"""What stands before the houses: trees, a banner or a garland between them, a lamp, a bench with a cup."""

from __future__ import annotations

from collections.abc import Iterator

from handlers.elections.heart.courtyard.shapes import Box, Disc, Line, Oval, Point, Polygon, Shape

BULBS = ("lit", "sky.5", "lantern", "crown_light", "lit_too")


def draw_tree(x: float, bottom: float, height: float) -> Iterator[Shape]:
    """A trunk, a crown of four rounds, a lantern on a branch."""
    size = height * 0.2
    top = bottom - height
    yield Box(x - height * 0.035, top + height * 0.5, height * 0.07, height * 0.5, "trunk")
    for dx, dy, share, colour in (
        (-0.62, 2.05, 1.0, "crown"),
        (0.66, 2.0, 1.0, "crown"),
        (0, 1.0, 1.0, "crown"),
        (0, 2.1, 1.15, "crown"),
        (-0.2, 0.95, 0.62, "crown_light"),
        (-0.75, 1.95, 0.55, "crown_light"),
        (0.45, 1.75, 0.5, "crown_light"),
    ):
        yield Disc(x + dx * size, top + dy * size, share * size, colour)


def draw_lamp(x: float, bottom: float, height: float) -> Iterator[Shape]:
    """A lamp, and its light on the grass."""
    top = bottom - height
    yield Oval(x, bottom - 4, 96, 20, "path")
    yield Box(x - 5, top + 40, 10, height - 40, "wood")
    yield Box(x - 22, bottom - 10, 44, 10, "wood")
    yield Polygon(((x - 22, top), (x + 22, top), (x + 15, top + 48), (x - 15, top + 48)), "lantern")
    yield Polygon(((x - 28, top), (x, top - 22), (x + 28, top)), "wood")


def draw_bench(x: float, bottom: float, width: float) -> Iterator[Shape]:
    """Two slats and two legs, and somebody left a cup of tea on it."""
    yield Oval(x + width / 2, bottom - 2, width * 0.62, 16, "path")
    for share in (0.12, 0.82):
        yield Box(x + width * share, bottom - 74, 10, 74, "wood")
    yield Box(x, bottom - 78, width, 14, "wood", radius=5)
    yield Box(x, bottom - 42, width, 14, "wood", radius=5)
    yield Box(x + width * 0.62, bottom - 64, 24, 22, "cloth", radius=5)
    yield Line(_arc(x + width * 0.62 + 24, bottom - 54), 4, "cloth")


def _arc(x: float, y: float) -> tuple[Point, ...]:
    return ((x, y - 5), (x + 8, y - 4), (x + 9, y + 3), (x, y + 4))


def draw_banner(x: float, y: float, width: float, height: float) -> Iterator[Shape]:
    """A cloth on a rope, hanging a little in the middle."""
    sag = 12

    def along(edge: float) -> list[Point]:
        return [(x + width * n / 12, edge + sag * (1 - (n / 6 - 1) ** 2)) for n in range(13)]

    yield Line(((x - 40, y - 18), (x, y + 6), (x + 4, y + height * 0.4)), 4, "trunk")
    yield Line(
        ((x + width + 40, y - 18), (x + width, y + 6), (x + width - 4, y + height * 0.4)),
        4,
        "trunk",
    )
    yield Polygon((*along(y), *reversed(along(y + height))), "hem")
    yield Polygon((*along(y + 6), *reversed(along(y + height - 6))), "cloth")


def draw_garland(x: float, y: float, width: float) -> Iterator[Shape]:
    """Bulbs on a line that hangs in bows."""
    bows = max(2, round(width / 170))
    points = [
        (x + width * n / (8 * bows), y + 26 * (1 - ((n % 8) / 4 - 1) ** 2))
        for n in range(8 * bows + 1)
    ]
    yield Line(tuple(points), 4, "roof")
    for number, (left, top) in enumerate(points[1::2]):
        yield Disc(left, top + 10, 12, "roof")
        yield Disc(left, top + 10, 9, BULBS[number % len(BULBS)])
