"""A party is somebody who comes, with those they bring; where room is short, parties wait in a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.refusal import Refused

MOST_GUESTS = 5
MOST_ROOM = 1_000
_NUMBER = re.compile(r"\d{1,3}(?:\s\d{3})+|\d+")


@dataclass(frozen=True)
class Party:
    """So many people who come together or not at all, known by `tag`."""

    tag: bytes
    people: int


def require_guests(guests: int) -> int:
    """So many may be brought. Raises `Refused`, as only a forged tap needs."""
    if guests not in range(MOST_GUESTS + 1):
        raise Refused("frame.refused.unknown_thing")
    return guests


def read_capacity(typed: str) -> int:
    """For how many there is room, as somebody types it. Raises `Refused`."""
    numbers = _NUMBER.findall(typed)
    if len(numbers) != 1 or len(numbers[0]) > 6:
        raise Refused("actions.refused.capacity", most=MOST_ROOM)  # "12 chairs, 2 tables" isn't 122
    return require_capacity(int("".join(numbers[0].split())))


def require_capacity(capacity: int) -> int:
    """Raises `Refused` for room for nobody, or for a town."""
    if capacity not in range(1, MOST_ROOM + 1):
        raise Refused("actions.refused.capacity", most=MOST_ROOM)
    return capacity


def fits(people: int, taken: int, capacity: int | None) -> bool:
    """Whether so many more find room beside those whose places are taken."""
    return capacity is None or taken + people <= capacity


def let_in(line: Sequence[Party], taken: int, capacity: int | None) -> list[Party]:
    """Who moves up, the first first. A party that doesn't fit is passed over, and keeps its place."""
    moved = []
    for party in line:
        if fits(party.people, taken, capacity):
            moved.append(party)
            taken += party.people
    return moved
