"""Picking a number: keys that a thumb hits."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bot.message.face import Button, in_rows
from bot.message.payload import Payload
from bot.message.words import Words

_IN_A_ROW = 5


def number_rows(
    numbers: Iterable[int], choose: Callable[[int], Payload], words: Words
) -> tuple[tuple[Button, ...], ...]:
    """A key for each number; `choose` makes its button."""
    keys = [Button(words.number(number), choose(number)) for number in numbers]
    return in_rows(keys, _IN_A_ROW)
