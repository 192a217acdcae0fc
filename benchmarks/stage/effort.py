"""How much is measured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Effort:
    """`updates` a run and `runs` of each, of which the median counts; a large instance of which this is the
    `divisor`; `only` what has this in its name. `say` prints a line at once."""

    say: Callable[[str], None]
    # A chat may ask for 1,500 things at once (`bot/intake/polling/doorkeeper.py`); more are turned away.
    updates: int = 1_000
    runs: int = 5
    divisor: int = 1
    only: str = ""
