"""Which characters are taken for which others, by Unicode's table of look-alikes.

Source: unicode.org/reports/tr39, "Confusable Detection", out of the package `confusable_homoglyphs`.
"""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

_LEFT_TO_RIGHT = "\u200e"
"""Stands around right-to-left letters in the package's data."""


def prototype(char: str) -> str:
    """What stands for all characters that look like this one: one character, or a few ("rn" for m)."""
    return prototypes().get(char, char)


@functools.cache
def prototypes() -> dict[str, str]:
    """What stands for each character that looks like others. Reading it takes a moment, which the bot has at
    its start and no transaction has; of the package's megabytes only this is kept.

    The package keeps each pair in both directions. Only a prototype looks like several; of two that look
    like each other alone, the longer one stands for both.
    """
    from confusable_homoglyphs.utils import path

    with Path(path("confusables.json")).open(encoding="utf-8") as file:
        alike: dict[str, list[str]] = json.load(file, object_pairs_hook=_without_names)
    found = {}
    for char, others in alike.items():
        if len(char) == len(others) == 1:
            other = others[0]
            is_pair = len(alike[other]) == 1
            found[char] = max(char, other, key=lambda text: (len(text), text)) if is_pair else other
    return {char: "".join(found.get(each, each) for each in read) for char, read in found.items()}


def _without_names(pairs: list[tuple[str, Any]]) -> Any:
    """A look-alike is an object of its character `c` and its name `n`. Names are nearly all of the file, so
    each goes as soon as it is read."""
    match pairs:
        case [("c", str(char)), ("n", _)]:
            return _bare(char)
        case _:
            return {_bare(char): others for char, others in pairs}


def _bare(char: str) -> str:
    return char.replace(_LEFT_TO_RIGHT, "")
