"""How many windows a house has, for how many signatures each stands, and which of them are lit."""

from __future__ import annotations

import functools
import hashlib

from bot.domain.fives import whole_steps


def grouping(number: int, most: int, *, least: int = 1) -> int:
    """For how many signatures a window stands where there are at most so many windows: 1, 5, 10, 50, 100…,
    `least` or more."""
    size, factor = 1, 5
    while size < least or -(-number // size) > most:
        size, factor = size * factor, 7 - factor
    return size


def windows(needed: int, size: int) -> int:
    """How many windows the target makes; the last one may stand for fewer."""
    return max(1, -(-needed // size))


def lit(shown: int, needed: int, size: int) -> int:
    """How many of them are lit, in steps of five; all of them only at the target."""
    if shown >= needed:
        return windows(needed, size)
    return whole_steps(shown) // size


@functools.cache
def _order(count: int) -> tuple[int, ...]:
    """The windows in the order in which they light up: one that nobody chose, the same for everyone, and
    that tells nothing but how many there are."""
    return tuple(
        sorted(range(count), key=lambda at: hashlib.sha256(at.to_bytes(4, "big")).digest())
    )


def lit_windows(count: int, lit_ones: int) -> frozenset[int]:
    """Which of `count` windows are lit."""
    return frozenset(_order(count)[:lit_ones])


def columns(count: int, wide: float) -> int:
    """How many windows stand side by side, in a house `wide` times as wide as high: as full as possible is
    the top floor."""
    about = max(1.0, (count * wide) ** 0.5)
    some = range(max(1, round(about * 0.82)), max(1, round(about * 1.18)) + 1)
    return min(some, key=lambda width: (-count % width, abs(width - about)))
