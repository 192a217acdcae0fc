"""Answers to an action: one a person, taken back by giving it again."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Answer(StrEnum):
    GOING = "going"
    MAYBE = "maybe"
    CANT = "cant"


@dataclass(frozen=True)
class Counts:
    """How many gave each answer. Counts only, always: who comes is nobody's list."""

    going: int = 0
    maybe: int = 0
    cant: int = 0


def after_tap(before: Answer | None, tapped: Answer) -> Answer | None:
    """The answer that stands after a tap: the tapped one, or none where it stood already."""
    return None if before is tapped else tapped
