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
from bot.message.words import Words, present_name, territory_of, zones_of_cities
from handlers.chats.places import (
    SEVERAL,
    fold,
    hardly_changes,
    is_everyday,
    readings,
    roots,
    section,
    without_surroundings,
)

_LONGEST = 100
_BETWEEN_PARTS = re.compile(r"[,;()]+")


# How short a root may be: of a name in our table; of one that ends in a vowel and hardly changes by case; of
# the many that nobody looked through.
_LEAST, _LEAST_UNCHANGING, _LEAST_UNSEEN = 3, 4, 5


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
    """What counts most of what was named, None where that is several clocks at once, or several countries:
    "Georgia, USA" is neither."""
    countries = {found for found in named if found.by in (_By.COUNTRY, _By.WIDE_COUNTRY)}
    by = min((found.by for found in named), default=None)
    meant = {found for found in named if found.by is by}
    if len(meant) != 1 or len(countries) > 1:
        return None
    (one,) = meant
    is_elsewhere = one.by is _By.CITY and any(
        _is_without(one.zone, land.zone) for land in countries
    )
    return None if is_elsewhere else one


def _is_without(zone: str, wide_country: str) -> bool:
    """Whether a city's clock isn't of that country: "London, Canada" is another London."""
    return territory_of(zone) != wide_country.removeprefix(SEVERAL).strip()


def _settled(zone: str) -> str:
    if zone.startswith(SEVERAL):
        raise Refused("chats.refused.several_clocks")
    return zone


def _named(part: str, languages: tuple[Words, ...]) -> _Named | None:
    """The zone that a part names by itself."""
    offset = _by_offset(part)
    if offset is not None:
        return _Named(_By.OFFSET, offset)
    if is_everyday(part):
        return None
    name = fold(part)
    for wanted in (name, without_surroundings(name)):
        for place, reading in enumerate(readings(wanted)):
            is_whole = place == 0
            if zone := _countries().find(reading, is_whole=is_whole):
                is_wide = zone.startswith(SEVERAL)
                return _Named(_By.WIDE_COUNTRY if is_wide else _By.COUNTRY, zone)
            if zone := _cities(languages).find(reading, is_whole=is_whole):
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


class _Places(NamedTuple):
    """Zones by folded names: as they are, and by the roots of names whose cases count."""

    whole: dict[str, str]
    by_root: dict[str, str]

    def find(self, reading: str, *, is_whole: bool) -> str | None:
        """The zone of what was typed, or of what it may be without an ending."""
        found = self.whole.get(reading) if is_whole else None
        return found or self.by_root.get(reading)


@functools.cache
def _countries() -> _Places:
    return _by_reading(_of_section("countries"))


@functools.cache
def _cities(languages: tuple[Words, ...]) -> _Places:
    """Zones by IANA's names, by their cities in these languages, and by the table, which knows best."""
    present = [(zone, present_name(zone)) for zone in sorted(zone_names()) if "/" in zone]
    known = [(zone, now) for zone, now in present if now in zones_of_cities() - _stations()]
    unseen = itertools.chain(
        known,
        # In "America/North_Dakota/Center" the last word says nothing by itself.
        ((now.rsplit("/", 1)[-1], now) for _, now in known if now.count("/") == 1),
        ((words.zone(now), now) for words in languages for _, now in known),
    )
    named = ((name, zone, _LEAST_UNSEEN) for name, zone in unseen)
    return _by_reading(itertools.chain(named, _of_section("cities"), _of_section("clocks")))


@functools.cache
def _stations() -> frozenset[str]:
    """Nobody's yard is there, and they are called like half the world: East, Davis, Casey."""
    return frozenset(zone for zone in zones_of_cities() if zone.startswith("Antarctica/"))


def _of_section(heading: str) -> Iterator[tuple[str, str, int]]:
    """Each name of the table, its zone, and how short its root may be."""
    for zone, names in section(heading):
        for name in names:
            yield name, zone, _LEAST_UNCHANGING if hardly_changes(name) else _LEAST


def _by_reading(named: Iterable[tuple[str, str, int]]) -> _Places:
    """Of two places with one name the last one counts; what is the root of several names is none's."""
    exact = {fold(name): (zone, least) for name, zone, least in named}
    found: dict[str, set[str]] = defaultdict(set)
    for name, (zone, least) in exact.items():
        for root in roots(name, least=least):
            found[root].add(zone)
    clear = {root: zones.pop() for root, zones in found.items() if len(zones) == 1}
    whole = {name.replace(" ", ""): zone for name, (zone, _) in exact.items()}
    own = {n.replace(" ", ""): zone for n, (zone, least) in exact.items() if len(n) >= least}
    return _Places(whole, clear | own)
