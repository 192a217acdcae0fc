"""What it takes to draw and to print: time of the processor, of files that nobody has drawn before."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from functools import partial

from benchmarks.stage.effort import Effort
from bot.message.words import load_words
from handlers.elections.progress.picture.canvas import draw_picture
from handlers.elections.progress.pictured import picture_face
from tests.album.paper import printed
from tests.album.progress import busiest
from tests.message.catalogs import LANGUAGES

_DRAWN_IN_A_RUN = 4


def report_pictures(effort: Effort) -> None:
    """In each language the largest picture that there is, and what is printed."""
    for language in LANGUAGES:
        face = picture_face(busiest(language), load_words(language))
        _report(effort, f"six candidates, six buildings, {language}", partial(draw_picture, face))
        _report(effort, f"a certificate and a sheet, {language}", partial(printed, language))


def _report(effort: Effort, what: str, draw: Callable[[], object]) -> None:
    draw()  # opens the fonts
    measured = [_measure(draw) for _ in range(effort.runs * _DRAWN_IN_A_RUN)]
    median, least = 1000 * statistics.median(measured), 1000 * min(measured)
    effort.say(f"{what}: {median:.0f} ms of CPU, at best {least:.0f}")


def _measure(draw: Callable[[], object]) -> float:
    began = time.process_time()
    draw()
    return time.process_time() - began
