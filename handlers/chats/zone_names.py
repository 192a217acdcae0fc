"""Time zones as people write them: by a city, a country, or an offset from UTC."""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import NamedTuple

from bot.domain.refusal import Refused
from bot.domain.timekeeping.offsets import offset_name, read_offset, zone_ahead
from bot.domain.timekeeping.zone_data import zone_names
from bot.message.words import Words, present_name, zones_of_cities
from handlers.chats.places import SEVERAL, fold, readings, section, without_surroundings

_LONGEST = 100
_BETWEEN_PARTS = re.compile(r"[,;()]+")


class _By(IntEnum):
    """How a zone was named, and what counts more where a city and its country are: "Brest, France"."""

    COUNTRY = 1
    CITY = 2
    WIDE_COUNTRY = 3
    OFFSET = 4


class _Named(NamedTuple):
    by: _By
    zone: str


def find_zone(typed: str, languages: Iterable[Words]) -> str:
    """The IANA zone that somebody meant. Raises `Refused`.

    "Lisbon", "europe/lisbon", "in Lisbon", "Minsk, Belarus", "Belarus", in any of the languages; "UTC+3",
    "GMT +3", "+3". Not from the event loop: the cities of all languages are looked up the first time, which
    takes a moment.
    """
    spoken = tuple(languages)
    for parts, is_loose in _ways_to_read(typed[:_LONGEST]):
        named = [found for part in parts if (found := _named(part, spoken))]
        meant = _in_one(named)
        if meant and (len(named) == len(parts) or (is_loose and meant.by is not _By.OFFSET)):
            return _settled(meant.zone)
    raise Refused("chats.refused.zone")


def is_zone(zone: str) -> bool:
    """Whether a chat may go by it: a zone of some city, or an offset from UTC."""
    return zone in zones_of_cities() or zone in _whole_hours()


def _ways_to_read(typed: str) -> Iterator[tuple[list[str], bool]]:
    """The parts of which it may be made, and whether some of them may be unknown."""
    yield [typed], False
    parts = [part for part in _BETWEEN_PARTS.split(typed) if part.strip()]
    if len(parts) > 1:
        yield parts, True
    words = typed.split()
    for place in range(1, len(words)):
        yield [" ".join(words[:place]), " ".join(words[place:])], False


def _in_one(named: list[_Named]) -> _Named | None:
    """What counts most of what was named, None where that is several clocks at once."""
    by = min((found.by for found in named), default=None)
    meant = {found for found in named if found.by is by}
    return meant.pop() if len(meant) == 1 else None


def _settled(zone: str) -> str:
    if zone == SEVERAL:
        raise Refused("chats.refused.several_clocks")
    return zone


def _named(part: str, languages: tuple[Words, ...]) -> _Named | None:
    """The zone that a part names by itself."""
    offset = _by_offset(part)
    if offset is not None:
        return _Named(_By.OFFSET, offset)
    name = fold(part)
    for wanted in (name, without_surroundings(name)):
        for reading in readings(wanted):
            if zone := _countries().get(reading):
                return _Named(_By.WIDE_COUNTRY if zone == SEVERAL else _By.COUNTRY, zone)
            if zone := _cities(languages).get(reading):
                return _Named(_By.OFFSET if offset_name(zone) else _By.CITY, zone)
    return None


def _by_offset(typed: str) -> str | None:
    read = read_offset(unicodedata.normalize("NFKC", typed))
    if read is None:
        return None
    counted_from, minutes = read
    ahead = _counted_from().get(fold(counted_from))
    return None if ahead is None else zone_ahead(ahead + minutes)


@functools.cache
def _counted_from() -> dict[str, int]:
    named = {fold(n): int(minutes) for minutes, names in section("counted-from") for n in names}
    return {"": 0, **named}


@functools.cache
def _whole_hours() -> frozenset[str]:
    ahead = (zone_ahead(60 * hours) for hours in range(-24, 25))
    return frozenset(zone for zone in ahead if zone)


@functools.cache
def _countries() -> dict[str, str]:
    return _by_reading((name, zone) for zone, names in section("countries") for name in names)


@functools.cache
def _cities(languages: tuple[Words, ...]) -> dict[str, str]:
    """Zones by IANA's names, by their cities in these languages, and by the table, which knows best."""
    present = [(zone, present_name(zone)) for zone in sorted(zone_names()) if "/" in zone]
    known = [(zone, now) for zone, now in present if now in zones_of_cities()]
    return _by_reading(
        itertools.chain(
            known,
            ((now.rsplit("/", 1)[-1], now) for _, now in known),
            ((words.zone(now), now) for words in languages for _, now in known),
            ((name, zone) for zone, names in section("cities") for name in names),
            ((name, zone) for zone, names in section("clocks") for name in names),
        )
    )


def _by_reading(named: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Zones by what their folded names may be read as. Of two with one name the last one counts; what is the
    root of several names is none's."""
    exact = {fold(name): zone for name, zone in named}
    roots: dict[str, set[str]] = defaultdict(set)
    for name, zone in exact.items():
        for reading in readings(name):
            roots[reading].add(zone)
    clear = {reading: zones.pop() for reading, zones in roots.items() if len(zones) == 1}
    return clear | {name.replace(" ", ""): zone for name, zone in exact.items()}
