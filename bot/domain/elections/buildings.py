"""Who lives here: what people type about their buildings, and how many that makes together."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.plain_text import clean, clean_line, require_length
from bot.domain.refusal import Refused

MOST_BUILDINGS = 30
MOST_ELIGIBLE = 30_000
NAME_LENGTH = 60
SOURCE_LENGTH = 80

_LINE = re.compile(
    r"(?P<name>[^:]*?)(?::|\s[-–—]\s)\s*(?:(?P<about>~\s*)?(?P<count>[0-9]{1,9})|\?)\s*"
    r"(?:,\s*(?P<source>.*))?"
)


@dataclass(frozen=True)
class BuildingPlan:
    """A building as it was typed. `eligible` is None where nobody knows yet."""

    name: str
    eligible: int | None
    is_estimated: bool = False
    source: str = ""


@dataclass(frozen=True)
class Count:
    """How many there are, and whether that may still change: a part is unknown or estimated."""

    base: int
    is_provisional: bool


@dataclass(frozen=True)
class Misread:
    """A line of which no building could be made, and why."""

    line: str
    why: Refused


def read_buildings(typed: str) -> list[BuildingPlan]:
    """Read lines such as "Fountain street 5: ~120, from the list of flats"; a dash will do for the colon.
    Raises `Refused`."""
    return [_read_line(line) for line in _lines(typed)]


def read_what_can_be(typed: str) -> tuple[list[BuildingPlan], list[Misread]]:
    """The buildings of those lines that can be read, and the other lines."""
    plans, misread = [], []
    for line in _lines(typed):
        try:
            plans.append(_read_line(line))
        except Refused as refused:
            misread.append(Misread(line, refused))
    return plans, misread


def mended_lines(typed: str, answer: str) -> str:
    """The lines that were understood, and those that came in answer to the one that wasn't."""
    lines = [line for line in _split(typed) if _is_understood(line)]
    return "\n".join([*lines, answer])


def add_up(counts: Iterable[tuple[int | None, bool]]) -> Count | None:
    """The base from each building's number and whether it is estimated. None where no number is known."""
    listed = list(counts)
    base = sum(eligible or 0 for eligible, _ in listed)
    if not base:
        return None
    return Count(base, any(eligible is None or estimated for eligible, estimated in listed))


def _lines(typed: str) -> list[str]:
    lines = _split(typed)
    if len(lines) > MOST_BUILDINGS:
        raise Refused("buildings.refused.too_many", most=MOST_BUILDINGS)
    return lines


def _split(typed: str) -> list[str]:
    return [line for line in clean(typed).split("\n") if line]


def _is_understood(line: str) -> bool:
    try:
        _read_line(line)
    except Refused:
        return False
    return True


def _read_line(line: str) -> BuildingPlan:
    match = _LINE.fullmatch(line)
    if match is None:
        raise Refused("buildings.refused.line", line=line[:NAME_LENGTH])
    name = require_length(clean_line(match["name"]), most=NAME_LENGTH, key="buildings.refused.name")
    eligible = int(match["count"]) if match["count"] else None
    if eligible is not None and not 1 <= eligible <= MOST_ELIGIBLE:
        raise Refused("buildings.refused.count", name=name, most=MOST_ELIGIBLE)
    source = clean_line(match["source"] or "")
    if len(source) > SOURCE_LENGTH:
        raise Refused("buildings.refused.source", most=SOURCE_LENGTH, length=len(source))
    return BuildingPlan(name, eligible, match["about"] is not None, source)
