"""The sky over the houses: bands from the top to the horizon, moon or sun, stars, roofs far away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handlers.elections.heart.courtyard.look import PALETTES, Look
from handlers.elections.heart.courtyard.shapes import WIDTH, Box, Disc, Polygon, Shape, Text

BANDS = len(PALETTES[Look.DUSK].sky)
_STARS = (
    (.02, .52, 3), (.12, .14, 2.5), (.21, .10, 2), (.08, 1.30, 3), (.17, 1.62, 2), (.36, .13, 3),
    (.52, .09, 2), (.03, 1.75, 2), (.68, .15, 2.5), (.79, .30, 3), (.83, 1.30, 2.5), (.82, .72, 2),
    (.90, 1.70, 2), (.97, 1.38, 3), (.98, .22, 2), (.24, 1.25, 2), (.77, 1.65, 2), (.985, .8, 2),
)  # fmt: skip
"""Where a star stands, in widths and in heights of the writing, and how large it is."""
_ROOFS = (
    (-20, 0.55), (90, 0.75), (230, 0.6), (330, 0.95), (470, 0.7), (600, 0.85), (760, 0.65),
    (880, 0.9), (1010, 0.6), (1110, 0.8), (1210, 0.65),
)  # fmt: skip


def draw_sky(top: float, horizon: float, writing: Sequence[Text]) -> Iterator[Shape]:
    """Down to the horizon; all writing stands above `top`, on the first band, and no star in it."""
    yield Box(0, 0, WIDTH, top, "sky.0")
    step = (horizon - top) / (BANDS - 1)
    for band in range(1, BANDS):
        yield Box(0, top + (band - 1) * step, WIDTH, step + 1, f"sky.{band}")
    stars = (Disc(x * WIDTH, y * top, size, "star") for x, y, size in _STARS)
    yield from (star for star in stars if not any(_is_near(star, text) for text in writing))


def draw_backdrop(top: float, horizon: float) -> Iterator[Shape]:
    """What is seen of the sky behind a second row of houses."""
    step = (horizon - top) / (BANDS - 2)
    for band in range(2, BANDS):
        upper = top + (band - 2) * step
        yield Box(0, upper, WIDTH, horizon - upper, f"sky.{band}")
    yield from draw_far_roofs(horizon, (horizon - top) * 0.5)


def draw_orb(*, is_moon: bool) -> Iterator[Shape]:
    """The moon, waxing, or the sun."""
    yield Disc(1160, 128, 56, "orb")
    if is_moon:
        yield Disc(1136, 116, 48, "sky.0")


def draw_far_roofs(horizon: float, height: float) -> Iterator[Shape]:
    """Gables on the horizon, without a single lit window: nobody lives there."""
    yield Box(0, horizon - height * 0.4, WIDTH, height * 0.4, "far")
    for x, share in _ROOFS:
        top, width = horizon - height * share, 130
        yield Box(x, top, width, horizon - top, "far")
        yield Polygon(((x - 8, top), (x + width / 2, top - 46), (x + width + 8, top)), "far")


def _is_near(star: Disc, text: Text) -> bool:
    return (
        text.x - 60 < star.x < text.x + text.width + 30
        and text.y - 6 < star.y < text.y + text.height + 6
    )
