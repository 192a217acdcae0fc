"""Everything in its place, before there is a single pixel: so that it can be looked at without any."""

from __future__ import annotations

from dataclasses import replace

from handlers.elections.heart.courtyard.look import Look
from handlers.elections.heart.courtyard.shapes import WIDTH, Box, Layout, Shape, Text
from handlers.elections.progress.picture.face import PictureFace
from handlers.elections.progress.picture.lettering import Lettering, Style, height_of
from handlers.elections.progress.picture.sky import draw_far_roofs, draw_orb, draw_sky
from handlers.elections.progress.picture.street import draw_street
from handlers.elections.progress.picture.terrace import Terrace, housed

_MARGIN = 60
_INNER = WIDTH - 2 * _MARGIN
_ORB_ROOM = 150
_TITLE = Style((66, 56, 46), 5, "ink", is_bold=True)
_RULE = Style((38, 34), 3, "faint")
_HEADING = Style((42,), 1, "lawn_ink", is_bold=True)
_NOTE = Style((34,), 2, "lawn_faint")
_MORE = Style((36,), 1, "lawn_faint")
_REST = Style((42, 36), 2, "lawn_ink")


def lay_out(face: PictureFace) -> Layout:
    """Where everything stands."""
    return _LayoutMaker(face).make()


class _LayoutMaker:
    """Puts one thing beneath the other; `y` is how far it has come."""

    def __init__(self, face: PictureFace) -> None:
        self._face = face
        self._lettering = Lettering()
        self._shapes: list[Shape] = []
        self._y = 50.0

    def make(self) -> Layout:
        header = self._header()
        top = self._y + 14
        terrace = Terrace(self._face, top + 26, self._lettering)
        horizon = terrace.horizon
        behind = [
            *draw_sky(top, horizon, header),
            *draw_orb(is_moon=self._face.look is Look.DUSK),
            *draw_far_roofs(horizon, (horizon - top) * 0.55),
        ]
        houses, self._y = terrace.draw()
        self._shapes += houses
        self._rest()
        self._buildings()
        self._foot()
        height = round(self._y + 30)
        lawn = Box(0, horizon - 6, WIDTH, height - horizon + 6, "lawn")
        return Layout(height, [*behind, *header, lawn, *self._shapes])

    def _header(self) -> list[Text]:
        title = self._written(self._face.title, _TITLE, _INNER - _ORB_ROOM)
        self._y += 4
        return [*title, *self._written(self._face.rule, _RULE, _INNER - _ORB_ROOM)]

    def _rest(self) -> None:
        """Candidates for whose houses there is no room, in words."""
        _, rest = housed(self._face.candidates)
        self._y += 14 if rest else 0
        for one in rest:
            style = replace(_REST, lines=1, is_bold=True)
            said = f"{one.number} {one.of}"
            number = self._lettering.write(said, _MARGIN, self._y, _INNER / 2, style)
            taken = max((text.width for text in number), default=0)
            name = self._lettering.named(one.label, one.stand_in)
            lines = self._lettering.write(name, _MARGIN, self._y, _INNER - taken - 30, _REST)
            self._shapes += lines
            self._shapes += (replace(text, x=WIDTH - _MARGIN - text.width) for text in number)
            self._y += max(height_of(lines), height_of(number)) + 8

    def _buildings(self) -> None:
        face = self._face
        if not face.buildings:
            return
        self._y += 16
        self._shapes += self._written(face.buildings_heading, _HEADING)
        self._shapes += self._written(face.buildings_note, _NOTE)
        self._y += 14
        drawn, self._y = draw_street(face.buildings, self._y, self._lettering)
        self._shapes += drawn
        if face.more_buildings:
            self._shapes += self._written(face.more_buildings, _MORE)

    def _foot(self) -> None:
        self._y += 14
        for note in self._face.foot:
            self._shapes += self._written(note, _NOTE)

    def _written(self, text: str, style: Style, width: float = _INNER) -> list[Text]:
        """Text from the margin on, and how far it has come."""
        lines = self._lettering.write(text, _MARGIN, self._y, width, style)
        self._y += height_of(lines)
        return lines
