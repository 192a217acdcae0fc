"""Time zones as people write them."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable
from itertools import chain

from bot.domain.timekeeping.zone_data import zone_names
from bot.message.words import Words

_BETWEEN_WORDS = re.compile(r"[\s_-]+")


def find_zone(typed: str, languages: Iterable[Words]) -> str | None:
    """The IANA zone that somebody meant, None if there is none.

    "europe/lisbon", "Lisbon", "new york"; also by its city in any of the languages. Not from the event loop:
    all the cities of a language are looked up the first time, which takes a moment.
    """
    wanted = _plain(typed)
    named = chain((_by_name(),), map(_by_city, languages))
    return next((zones[wanted] for zones in named if wanted in zones), None)


@functools.cache
def _by_name() -> dict[str, str]:
    last_parts = {_plain(zone.rsplit("/", 1)[-1]): zone for zone in _all_zones()}
    return last_parts | {_plain(zone): zone for zone in _all_zones()}


@functools.cache
def _by_city(words: Words) -> dict[str, str]:
    return {_plain(words.zone(zone)): zone for zone in _all_zones() if "/" in zone}


@functools.cache
def _all_zones() -> list[str]:
    """Of two with the same city the first in the alphabet comes last, and wins."""
    return sorted(zone_names(), reverse=True)


def _plain(name: str) -> str:
    """As hurried people write it: no capitals, accents or hyphens."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return _BETWEEN_WORDS.sub(" ", bare).strip()
