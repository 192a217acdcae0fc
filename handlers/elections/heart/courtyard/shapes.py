"""What a picture is made of, in pixels; colours are the names of a palette's."""

from __future__ import annotations

from dataclasses import dataclass, field

WIDTH = 1280
_LINE = 1.3

Point = tuple[float, float]


@dataclass(frozen=True)
class Box:
    x: float
    y: float
    width: float
    height: float
    colour: str
    radius: float = 0


@dataclass(frozen=True)
class Window(Box):
    """The pane of a window; its colour says whether it is lit."""


@dataclass(frozen=True)
class Polygon:
    points: tuple[Point, ...]
    colour: str


@dataclass(frozen=True)
class Disc:
    """`x` and `y` are its middle."""

    x: float
    y: float
    radius: float
    colour: str


@dataclass(frozen=True)
class Oval:
    """`x` and `y` are its middle, the others half of its width and height."""

    x: float
    y: float
    across: float
    down: float
    colour: str


@dataclass(frozen=True)
class Line:
    points: tuple[Point, ...]
    width: float
    colour: str


@dataclass(frozen=True)
class Text:
    """A line of text in its box; `y` is the upper edge."""

    text: str
    x: float
    y: float
    width: int
    size: int
    colour: str
    is_bold: bool = False

    @property
    def height(self) -> int:
        return line_height(self.size)


Shape = Box | Polygon | Disc | Oval | Line | Text


@dataclass
class Layout:
    """Everything in its place; what comes later stands in front."""

    height: int = 0
    shapes: list[Shape] = field(default_factory=list)

    @property
    def texts(self) -> list[Text]:
        return [shape for shape in self.shapes if isinstance(shape, Text)]

    @property
    def windows(self) -> list[Window]:
        return [shape for shape in self.shapes if isinstance(shape, Window)]


def line_height(size: int) -> int:
    return round(size * _LINE)
