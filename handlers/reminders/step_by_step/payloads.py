"""What the buttons of the step-by-step way carry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from bot.message.payload import AtMost, Payload


@dataclass(frozen=True)
class DayPage(Payload, code="r.day"):
    """First step: which day."""

    draft: int


@dataclass(frozen=True)
class ChooseDay(Payload, code="r.day!"):
    """`day` is written as 2026-10-24."""

    draft: int
    day: Annotated[str, AtMost(10)]


@dataclass(frozen=True)
class HourPage(Payload, code="r.hour"):
    """Second step: which hour."""

    draft: int


@dataclass(frozen=True)
class MinutePage(Payload, code="r.minute"):
    """Third step: which quarter of the hour."""

    draft: int
    hour: int


@dataclass(frozen=True)
class ChooseTime(Payload, code="r.time!"):
    draft: int
    hour: int
    minute: int


@dataclass(frozen=True)
class RepeatPage(Payload, code="r.repeat"):
    """Fourth step: once, or again and again."""

    draft: int


@dataclass(frozen=True)
class ChooseRepeat(Payload, code="r.repeat!"):
    """`repeat` is one of those that `use_cases.choices` offers."""

    draft: int
    repeat: Annotated[str, AtMost(20)]
