"""Numbers that the public sees move by five, so that no single neighbour moves one."""

from __future__ import annotations

STEP = 5
"""A public number moves by so many people at a time."""


def whole_steps(number: int) -> int:
    """Rounded down to a multiple of STEP."""
    return number // STEP * STEP


def stepped(shown_before: int, actual: int) -> int:
    """The number to keep when there are `actual` people and `shown_before` was kept last.

    It stays until the actual one is STEP or more away, and then becomes the multiple of STEP at or below
    it. So whoever comes and goes again and again moves it once at most, and no difference of two
    public numbers, nor of one number at two times, is one person.
    """
    return shown_before if abs(actual - shown_before) < STEP else whole_steps(actual)
