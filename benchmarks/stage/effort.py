"""How much is measured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Effort:
    """`updates` a run and `runs` of each, of which the median counts; a large instance of which this is the
    `divisor`; `only` what has this in its name. `say` prints a line at once."""

    say: Callable[[str], None]
    # A chat may ask for 1,500 things at once and 20 a second (`bot/intake/polling/doorkeeper.py`): what is
    # more is turned away, and never answered.
    updates: int = 600
    runs: int = 5
    divisor: int = 1
    only: str = ""
