"""Where an election may stand, as pictures."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime, time

from PIL import Image

from bot.domain.elections.building_numbers import BuildingNumber
from bot.message.words import load_words
from handlers.elections.heart.courtyard.look import Look
from handlers.elections.progress.picture.canvas import draw_picture
from handlers.elections.progress.pictured import picture_face
from handlers.elections.progress.use_cases import Progress
from storage.elections.progress import ShownBuilding
from tests.album.words import NAMES, Said
from tests.elections.progress.standing import standing

_OF_SIX = (0, 5, 15, 40, 55, 60)
_OF_53 = 212
"""So many residents make a target of 53 signatures."""


def pictures(language: str) -> list[Image.Image]:
    """From the first day to the garland; then many, and with buildings; then few signatures, long names, and
    as many candidates as there are houses."""
    said = NAMES[language]
    housed = _told(said, 27, base=320, on_paper=15)
    long = replace(said, people=said.people[3:])
    return [
        _drawn(_told(said, 0), language),
        _drawn(_told(said, 15), language),
        _drawn(_told(said, 15), language, Look.MORNING),
        _drawn(_told(said, 55), language),
        _drawn(_told(said, 0, 15, 55), language),
        _drawn(_told(said, 1_250, base=12_000), language),
        _drawn(replace(housed, buildings=_buildings(said)), language),
        _drawn(replace(housed, buildings=_buildings(said)), language, Look.MORNING),
        _drawn(_told(long, 5, base=48), language),
        _drawn(_told(long, 40, 55), language),
        _drawn(_told(said, *_OF_SIX), language),
        _drawn(busiest(language), language, Look.MORNING),
    ]


def busiest(language: str) -> Progress:
    """As much as one picture has: six candidates and six buildings."""
    said = NAMES[language]
    return replace(_told(said, *_OF_SIX), buildings=_buildings(said))


def _drawn(progress: Progress, language: str, look: Look = Look.DUSK) -> Image.Image:
    png = draw_picture(picture_face(progress, load_words(language), look))
    return Image.open(io.BytesIO(png)).convert("RGB")


def _told(said: Said, *shown: int, base: int = _OF_53, on_paper: int = 0) -> Progress:
    progress = standing(*shown, base=base, names=said.people[: len(shown)])
    election = progress.election
    candidates = tuple(
        replace(one, counted=one.shown + on_paper, on_paper=on_paper) for one in election.candidates
    )
    election = replace(
        election,
        title=said.title,
        candidates=candidates,
        is_provisional=False,
        as_of=datetime.combine(progress.today, time(18)),
    )
    return replace(progress, election=election)


def _buildings(said: Said) -> tuple[ShownBuilding, ...]:
    """As they are told: nothing yet, fives, much, paper beside few, and paper where few live."""
    numbers = (
        BuildingNumber(0),
        BuildingNumber(10),
        BuildingNumber(25, or_more=True),
        BuildingNumber(0, paper=15),
        BuildingNumber(5),
        BuildingNumber(None, paper=4),
    )
    return tuple(
        ShownBuilding(f"{said.street} {2 * place + 1}", number)
        for place, number in enumerate(numbers)
    )
