"""What the picture is drawn from: words and public numbers."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.elections.heart.courtyard.look import Look

MOST_HOUSES = 6
"""So many candidates have a house; more of them would be too small to read, and stand beneath in words."""
MOST_BUILDINGS = 8
"""More would be too small to read; the words name them all."""


@dataclass(frozen=True)
class Standing:
    """A candidate: a name, their public number and what it is of, in words, and as a number for the windows.

    `stand_in` is shown for a name that the font has no sign of.
    """

    label: str
    stand_in: str
    number: str
    of: str
    shown: int
    is_reached: bool = False


@dataclass(frozen=True)
class Counted:
    """A building: its name, what is told of it, a line each, and so many signatures for the windows.

    `is_few` where the first of these lines says no number.
    """

    label: str
    stand_in: str
    numbers: tuple[str, ...]
    shown: int
    is_few: bool


@dataclass(frozen=True)
class PictureFace:
    """Everything that stands in the picture, in words."""

    title: str
    rule: str
    candidates: tuple[Standing, ...]
    needed: int
    target: str
    # What is said in place of houses where there are none.
    nobody: str
    buildings_heading: str
    # For how many signatures a window stands there.
    buildings_note: str
    buildings: tuple[Counted, ...]
    # How many buildings didn't fit, in words; empty where all did.
    more_buildings: str
    # Paragraphs in small print.
    foot: tuple[str, ...]
    # Whether all windows lit are a reason for a garland.
    is_feast: bool = True
    look: Look = Look.DUSK
