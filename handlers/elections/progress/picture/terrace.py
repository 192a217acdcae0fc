"""The candidates' houses: side by side, trees between them, a banner from tree to tree, numbers beneath."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handlers.elections.heart.courtyard.garden import (
    draw_banner,
    draw_bench,
    draw_garland,
    draw_lamp,
    draw_tree,
)
from handlers.elections.heart.courtyard.house import Plan, draw_house
from handlers.elections.heart.courtyard.shapes import WIDTH, Shape, line_height
from handlers.elections.heart.courtyard.windows import grouping, lit, windows
from handlers.elections.progress.picture.face import MOST_HOUSES, PictureFace, Standing
from handlers.elections.progress.picture.lettering import (
    Lettering,
    Style,
    height_of,
    in_the_middle,
)
from handlers.elections.progress.picture.sky import draw_backdrop

_OF = Style((44, 38), 1, "lawn_faint", is_centred=True)
_GARLAND = 44
_BETWEEN = 26
_MOST_GAP = 150  # beside each other houses stand no further apart
_REACH = 42  # so far a number may reach beyond its house
_OF_THE_BANNER = 22
_HEM = 7


@dataclass(frozen=True)
class Size:
    """How large a house is where so many stand side by side, and what is written on it."""

    width: float
    roof: float
    frieze: float
    floors: float
    ground: float
    tree: float
    most_windows: int
    banner: float
    target: Sequence[int]
    name: Sequence[int]
    number: Sequence[int]

    @property
    def height(self) -> float:
        return self.roof + self.frieze + self.floors + self.ground


_SIZES = {
    1: Size(
        700, 118, 64, 470, 210, 450, 120, 136, (44, 38, 32), (72, 64, 56, 46, 40, 34, 30),
        (140, 120, 104, 88, 76, 64),
    ),
    2: Size(
        400, 92, 56, 380, 200, 370, 60, 140, (38, 34, 28), (56, 50, 46, 40, 36, 32),
        (112, 96, 84, 72, 62),
    ),
    3: Size(
        276, 74, 50, 320, 190, 310, 36, 140, (34, 30, 26, 22), (46, 42, 38, 34, 32, 27),
        (92, 80, 68, 60, 54, 48, 44, 40),
    ),
    # In two rows.
    4: Size(
        276, 60, 46, 180, 176, 220, 24, 136, (34, 30, 26, 22), (46, 42, 38, 34, 32, 27),
        (92, 80, 68, 60, 54, 48, 44, 40),
    ),
}  # fmt: skip


def size_for(candidates: int) -> Size:
    """The largest houses that there is room for."""
    return _SIZES[max(1, min(4, candidates))]


def window_size(needed: int, candidates: int) -> int:
    """For how many signatures each window of the candidates' houses stands."""
    return grouping(needed, size_for(candidates).most_windows)


def housed(candidates: Sequence[Standing]) -> tuple[list[Standing], list[Standing]]:
    """Who has a house, and who hasn't; both in their order. Where there are too many, those have one who
    have the most signatures."""
    places = sorted(range(len(candidates)), key=lambda place: -candidates[place].shown)
    first = set(places[:MOST_HOUSES])
    with_house = [one for place, one in enumerate(candidates) if place in first]
    return with_house, [one for place, one in enumerate(candidates) if place not in first]


class Terrace:
    """Rows of houses from `y` down."""

    def __init__(self, face: PictureFace, y: float, lettering: Lettering) -> None:
        self._face = face
        self._lettering = lettering
        self._shown, _ = housed(face.candidates)
        self._size = size_for(len(face.candidates))
        self._is_alone = len(face.candidates) <= 1
        across = 2 if len(self._shown) == 4 else min(3, max(1, len(self._shown)))
        self._gap = (WIDTH - across * self._size.width) / (across + 1)
        if not self._is_alone:
            self._gap = min(self._gap, _MOST_GAP)
        self._trees = min(self._gap / 2, 130)
        self._rows = [
            self._shown[first : first + across] for first in range(0, len(self._shown), across)
        ]
        self._top = y
        self.horizon = y + self._size.height
        """Where the first row stands on the ground."""

    def draw(self) -> tuple[list[Shape], float]:
        """All rows, and where they end."""
        shapes, y = list[Shape](), self._top
        for number, row in enumerate(self._rows or [[]]):
            if number:
                y += _BETWEEN
                shapes += draw_backdrop(y - 24, y + self._size.height - 6)
            drawn, y = self._row(row, y)
            shapes += drawn
        return shapes, y

    def _row(self, row: Sequence[Standing], y: float) -> tuple[list[Shape], float]:
        size, many = self._size, max(1, len(row))
        start = (WIDTH - many * size.width - (many - 1) * self._gap) / 2
        lefts = [start + n * (size.width + self._gap) for n in range(many)]
        standing: Sequence[Standing | None] = row or [None]
        bottom = y + size.height
        shapes: list[Shape] = []
        for left, one in zip(lefts, standing, strict=True):
            shapes += self._house(left, y, one)
        for x in (lefts[0] - self._trees, *(left + size.width + self._trees for left in lefts)):
            shapes += draw_tree(x, bottom + 14, size.tree)
        for left, one in zip(lefts, standing, strict=True):
            shapes += self._banner(left, bottom - size.ground + 12, one)
        numbers, end = self._numbers(lefts, row, bottom + 30)
        return [*shapes, *numbers], end

    def _house(self, x: float, y: float, one: Standing | None) -> Iterator[Shape]:
        face, size = self._face, self._size
        each = window_size(face.needed, len(face.candidates))
        many = windows(face.needed, each)
        is_reached = one is not None and one.is_reached
        is_feast = is_reached and face.is_feast
        number = many if is_reached else lit(one.shown, face.needed, each) if one else 0
        hangs = _GARLAND if is_feast else 0
        plan = Plan(size.width, size.roof, size.frieze, size.floors, size.ground, many, hangs)
        yield from draw_house(plan, x, y, number)
        if is_feast:
            yield from draw_garland(x, y + size.roof + size.frieze, size.width)
        style = Style(size.target, 1, "trim_ink", is_bold=True, is_centred=True)
        target = self._lettering.write(face.target, x, y + size.roof, size.width, style)
        yield from in_the_middle(target, size.frieze)

    def _banner(self, x: float, y: float, one: Standing | None) -> Iterator[Shape]:
        """From tree to tree; all names as large as the longest allows."""
        left, width = x - self._trees + 26, self._size.width + 2 * self._trees - 52
        yield from draw_banner(left, y, width, self._size.banner)
        room = width - 2 * _OF_THE_BANNER
        style = self._style_of_names(room)
        # The cloth hangs down in its middle.
        name = self._lettering.write(self._name(one), left + _OF_THE_BANNER, y + 8, room, style)
        yield from in_the_middle(name, self._size.banner)

    def _style_of_names(self, room: float) -> Style:
        """As large as the longest allows, in as many lines as the cloth is high."""
        names = [self._name(each) for each in self._shown] or [self._name(None)]
        for size in self._size.name:
            lines = int((self._size.banner - 2 * _HEM) // line_height(size))
            style = Style((size,), lines, "cloth_ink", is_bold=True, is_centred=True)
            if all(self._lettering.holds(name, room, style) for name in names):
                break
        return style

    def _name(self, one: Standing | None) -> str:
        if one is None:
            return self._lettering.fonts.drawable(self._face.nobody)
        return self._lettering.named(one.label, one.stand_in)

    def _numbers(
        self, lefts: Sequence[float], row: Sequence[Standing], y: float
    ) -> tuple[list[Shape], float]:
        """All as large as the longest allows: no number is to look less than another. Words for one that is
        too small to be told take no part in that, and stand in the middle of its height."""
        reach = min(self._gap / 2 - 8, _REACH)
        room = self._size.width + 2 * reach
        digits = self._largest([one for one in self._shown if one.shown], room)
        shapes, ends = list[Shape](), [y + 100]
        for left, one in zip(lefts, row, strict=False):
            size = digits if one.shown else min(digits, self._largest([one], room))
            colour = "reached" if one.is_reached else "lawn_ink" if one.shown else "lawn_faint"
            style = Style((size,), 2, colour, is_bold=True, is_centred=True)
            number = self._lettering.write(self._number(one), left - reach, y, room, style)
            below = y + max(line_height(digits), height_of(number))
            shapes += in_the_middle(number, below - y)
            if not self._is_alone:
                of = self._lettering.write(one.of, left - reach, below, room, _OF)
                shapes += of
                below += height_of(of)
            ends.append(below)
        if self._is_alone:
            shapes += draw_lamp(128, max(ends) - 6, 190)
            shapes += draw_bench(1056, max(ends) - 10, 168)
        return shapes, max(ends) + 16

    def _largest(self, ones: Sequence[Standing], room: float) -> int:
        """The largest size in which all of these numbers have room in a line; or else the smallest."""
        said = [self._number(one) for one in ones]
        width = self._lettering.fonts.width
        sizes = self._size.number
        return next(
            (size for size in sizes if all(width(each, size, True) <= room for each in said)),
            sizes[-1],
        )

    def _number(self, one: Standing) -> str:
        return f"{one.number} {one.of}" if self._is_alone else one.number
