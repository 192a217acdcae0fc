"""Everything in its place, before there is a single pixel: so that it can be looked at without any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.elections.progress.picture.face import MOST_HOUSES, PictureFace, Standing
from handlers.elections.progress.picture.garden import (
    draw_banner,
    draw_bench,
    draw_garland,
    draw_lamp,
    draw_tree,
)
from handlers.elections.progress.picture.house import Plan, draw_house
from handlers.elections.progress.picture.lettering import Lettering, Style, height_of
from handlers.elections.progress.picture.look import Look
from handlers.elections.progress.picture.shapes import WIDTH, Box, Layout, Shape, Text
from handlers.elections.progress.picture.sky import draw_far_roofs, draw_orb, draw_sky
from handlers.elections.progress.picture.street import draw_street
from handlers.elections.progress.picture.windows import grouping, lit, windows

_MARGIN = 60
_INNER = WIDTH - 2 * _MARGIN
_ORB_ROOM = 150
_GARLAND = 44
_REACH = 50  # so far does a number reach beyond its house, where there is room
_TITLE = Style((66, 56, 46), 5, "ink", is_bold=True)
_RULE = Style((38, 34), 3, "faint")
_OF = Style((44, 38), 1, "lawn_faint", is_centred=True)
_HEADING = Style((40,), 1, "lawn_ink", is_bold=True)
_NOTE = Style((32,), 2, "lawn_faint")
_MORE = Style((36,), 1, "lawn_faint")
_REST = Style((42, 36), 2, "lawn_ink")


@dataclass(frozen=True)
class _Size:
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


_SIZES = {
    1: _Size(
        700, 118, 64, 470, 190, 430, 120, 112, (44, 38, 32), (64, 56, 48, 40, 34),
        (140, 120, 104, 88, 76, 64),
    ),
    2: _Size(
        400, 92, 56, 380, 160, 340, 60, 98, (38, 34, 28), (46, 40, 34, 30), (96, 84, 72, 62, 54)
    ),
    3: _Size(
        276, 74, 50, 300, 140, 280, 36, 92, (34, 30, 26, 22), (38, 34, 30, 27), (80, 68, 60, 54, 48, 44, 40)
    ),
}  # fmt: skip


def houses_across(candidates: int) -> int:
    """How many houses stand side by side, the largest that there is room for."""
    return max(1, min(3, candidates))


def window_size(needed: int, candidates: int) -> int:
    """For how many signatures each window of the candidates' houses stands."""
    return grouping(needed, _SIZES[houses_across(candidates)].most_windows)


def lay_out(face: PictureFace, look: Look = Look.DUSK) -> Layout:
    """Where everything stands."""
    return _LayoutMaker(face, look).make()


class _LayoutMaker:
    """Puts one thing beneath the other; `y` is how far it has come."""

    def __init__(self, face: PictureFace, look: Look) -> None:
        self._face = face
        self._look = look
        self._lettering = Lettering()
        self._shapes: list[Shape] = []
        self._y = 50.0

    def make(self) -> Layout:
        face = self._face
        header = self._header()
        top = self._y + 14
        self._y = top + 26
        size = _SIZES[houses_across(len(face.candidates))]
        horizon = self._y + size.roof + size.frieze + size.floors + size.ground
        self._shapes += draw_sky(top, horizon, header)
        self._shapes += draw_orb(self._look is Look.DUSK)
        self._shapes += draw_far_roofs(horizon, (horizon - top) * 0.55)
        self._shapes += header
        ground = len(self._shapes)
        self._houses(size)
        self._rest()
        if face.buildings:
            self._buildings()
        self._foot()
        lawn = Box(0, horizon - 6, WIDTH, self._y + 44 - horizon, "lawn")
        self._shapes.insert(ground, lawn)
        return Layout(round(self._y + 30), self._shapes)

    def _header(self) -> list[Text]:
        title = self._written(self._face.title, _TITLE, _INNER - _ORB_ROOM)
        self._y += 4
        return [*title, *self._written(self._face.rule, _RULE, _INNER - _ORB_ROOM)]

    def _houses(self, size: _Size) -> None:
        shown = self._face.candidates[:MOST_HOUSES]
        across = 2 if len(shown) == 4 else houses_across(len(shown))
        rows = [shown[first : first + across] for first in range(0, len(shown), across)]
        for number, row in enumerate(rows or [()]):
            self._y += 40 if number else 0
            self._row(row, size)

    def _row(self, row: Sequence[Standing], size: _Size) -> None:
        """Houses side by side, trees between them, a banner from tree to tree, the numbers beneath."""
        many = max(1, len(row))
        gap = (WIDTH - many * size.width) / (many + 1)
        if many > 1 or len(self._face.candidates) > 1:
            gap = min(gap, 150)
        start = (WIDTH - many * size.width - (many - 1) * gap) / 2
        lefts = [start + n * (size.width + gap) for n in range(many)]
        standing: Sequence[Standing | None] = row or [None]
        bottom = self._y + size.roof + size.frieze + size.floors + size.ground
        for left, one in zip(lefts, standing, strict=True):
            self._house(left, one, size)
        reach = min(gap / 2, 130)
        for x in (lefts[0] - reach, *(left + size.width + reach for left in lefts)):
            self._shapes += draw_tree(x, bottom + 14, size.tree)
        self._banners(lefts, reach, bottom - size.ground + 12, standing, size)
        self._y = bottom + 40
        self._numbers(lefts, row, size, gap)

    def _house(self, x: float, one: Standing | None, size: _Size) -> None:
        face = self._face
        each = window_size(face.needed, len(face.candidates))
        is_reached = one is not None and one.is_reached
        is_feast = is_reached and face.is_feast
        many, hangs = windows(face.needed, each), _GARLAND if is_feast else 0
        plan = Plan(size.width, size.roof, size.frieze, size.floors, size.ground, many, hangs)
        number = 0
        if one is not None:
            number = many if is_reached else lit(one.shown, face.needed, each)
        self._shapes += draw_house(plan, x, self._y, number)
        if is_feast:
            self._shapes += draw_garland(x, self._y + size.roof + size.frieze, size.width)
        style = Style(size.target, 1, "trim_ink", is_bold=True, is_centred=True)
        at = self._y + size.roof
        self._on(face.target, x, at, size.width, size.frieze, style)

    def _banners(
        self,
        lefts: Sequence[float],
        reach: float,
        y: float,
        standing: Sequence[Standing | None],
        size: _Size,
    ) -> None:
        """From tree to tree; all names as large as the longest allows."""
        width = size.width + 2 * reach - 52
        room = width - 44
        names = [
            self._lettering.named(one.label, one.stand_in) if one else self._face.nobody
            for one in standing
        ]
        fitted = self._lettering.fonts.fitted
        smallest = min(fitted(name, int(room), size.name, 2, True)[0] for name in names)
        style = Style((smallest,), 2, "cloth_ink", is_bold=True, is_centred=True)
        for left, name in zip(lefts, names, strict=True):
            x = left - reach + 26
            self._shapes += draw_banner(x, y, width, size.banner)
            # The cloth hangs down in its middle.
            self._on(name, x + 22, y + 8, room, size.banner, style)

    def _numbers(
        self, lefts: Sequence[float], row: Sequence[Standing], size: _Size, gap: float
    ) -> None:
        """All as large as the longest allows: no number is to look less than another."""
        reach = min(gap / 2, _REACH) - 8
        room = size.width + 2 * reach
        is_alone = size is _SIZES[1]
        said = [f"{one.number} {one.of}" if is_alone else one.number for one in row]
        sizes = [each for each in size.number if self._widest(said, each) <= room]
        ends = [self._y]
        for left, one, number in zip(lefts, row, said, strict=False):
            colour = "reached" if one.is_reached else "lawn_ink" if one.shown else "lawn_faint"
            style = Style(sizes[:1] or size.number[-1:], 2, colour, True, True)
            written = self._lettering.write(number, left - reach, self._y, room, style)
            if not is_alone:
                below = self._y + height_of(written)
                written += self._lettering.write(one.of, left - reach, below, room, _OF)
            self._shapes += written
            ends.append(self._y + height_of(written))
        if is_alone:
            self._shapes += draw_lamp(150, max(ends) - 6, 190)
            self._shapes += draw_bench(1042, max(ends) - 10, 176)
        self._y = max(ends) + 16

    def _widest(self, said: Sequence[str], size: int) -> int:
        return max((self._lettering.fonts.width(each, size, True) for each in said), default=0)

    def _rest(self) -> None:
        """Candidates for whose houses there is no room, in words."""
        for one in self._face.candidates[MOST_HOUSES:]:
            number = Style(_REST.sizes, 1, "lawn_ink" if one.shown else "lawn_faint", is_bold=True)
            said = f"{one.number} {one.of}"
            written = self._lettering.write(said, _MARGIN, self._y, _INNER / 2, number)
            taken = max((text.width for text in written), default=0)
            name = self._lettering.named(one.label, one.stand_in)
            lines = self._lettering.write(name, _MARGIN, self._y, _INNER - taken - 30, _REST)
            self._shapes += lines
            for text in written:
                self._shapes.append(
                    Text(text.text, WIDTH - _MARGIN - text.width, text.y, text.width, text.size,
                         text.colour, text.is_bold)
                )  # fmt: skip
            self._y += max(height_of(lines), height_of(written)) + 8
        self._y += 14

    def _buildings(self) -> None:
        face = self._face
        self._y += 20
        self._shapes += self._written(face.buildings_heading, _HEADING)
        self._y += 20
        drawn, self._y = draw_street(face.buildings, self._y, self._lettering)
        self._shapes += drawn
        if face.more_buildings:
            self._shapes += self._written(face.more_buildings, _MORE)

    def _foot(self) -> None:
        self._y += 6
        for note in self._face.foot:
            self._shapes += self._written(note, _NOTE)

    def _written(self, text: str, style: Style, width: float = _INNER) -> list[Text]:
        """Text from the margin on, and how far it has come."""
        lines = self._lettering.write(text, _MARGIN, self._y, width, style)
        self._y += height_of(lines)
        return lines

    def _on(self, text: str, x: float, y: float, width: float, height: float, style: Style) -> None:
        """Text in the middle of something."""
        lines = self._lettering.write(text, x, y, width, style)
        down = (height - height_of(lines)) / 2
        self._shapes += [
            Text(one.text, one.x, one.y + down, one.width, one.size, one.colour, one.is_bold)
            for one in lines
        ]
