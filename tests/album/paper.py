"""Pages of paper, as a printer would see them."""

from __future__ import annotations

import io
import subprocess
from dataclasses import replace

from PIL import Image

from bot.domain.elections.paper.ledger import CountedBy, Numbers
from bot.message.words import load_words
from handlers.elections.ending.certificate import draw_certificate
from handlers.elections.ending.certificate_words import certificate_face
from handlers.elections.ending.result import Outcome
from tests.album.words import NAMES, Said
from tests.elections.ending.test_result import outcome
from tests.elections.paper.test_printing import draw, printing


def pages(language: str) -> list[Image.Image]:
    """What is printed, page by page."""
    return [page for pdf in printed(language) for page in _seen(pdf)]


def printed(language: str) -> tuple[bytes, bytes]:
    """The certificate of a result, and a sheet to sign by hand."""
    said = NAMES[language]
    result = certificate_face(_outcome(said), load_words(language))
    sheet = printing(said.people[0], title=said.title, building=f"{said.street} 5")
    return draw_certificate(result), draw(sheet, language)


def _outcome(said: Said) -> Outcome:
    """Eighty-five in the chat and fifteen on paper, of a hundred."""
    found = outcome([said.people[0]], said.title)
    (one,) = found.election.candidates
    one = replace(one, shown=85, counted=100, on_paper=15, filed_with=100)
    election = replace(
        found.election,
        base=400,
        is_provisional=False,
        candidates=(one,),
        counted_by=CountedBy.ONLINE_AND_CHECKED,
    )
    return replace(found, election=election, numbers={one.id: Numbers(85, 18, 15)})


def _seen(pdf: bytes) -> list[Image.Image]:
    """Each page in shades of grey, by poppler's pdftoppm."""
    done = subprocess.run(
        ["pdftoppm", "-r", "80", "-gray", "-"], input=pdf, capture_output=True, check=True
    )
    images = []
    stream = io.BytesIO(done.stdout)
    while stream.tell() < len(done.stdout):
        images.append(_next(stream))
    return images


def _next(stream: io.BytesIO) -> Image.Image:
    """One of the pages that follow each other: a line of what it is, one of its size, one of its white."""
    stream.readline()
    width, height = map(int, stream.readline().split())
    stream.readline()
    return Image.frombytes("L", (width, height), stream.read(width * height))
