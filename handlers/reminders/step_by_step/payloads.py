"""What the buttons of the step-by-step way carry."""

from __future__ import annotations

from typing import Annotated

from bot.message.payload import AtMost, Payload


class DayPage(Payload, code="r.day"):
    """First step: which day. `page` counts pairs of weeks from 0."""

    draft: int
    page: int


class AskDay(Payload, code="r.when"):
    """Back to the days, or to other ones."""

    draft: int


class ChooseDay(Payload, code="r.day!"):
    """`day` is written as 2026-10-24."""

    draft: int
    day: Annotated[str, AtMost(10)]


class HourPage(Payload, code="r.hour"):
    """Second step: which hour; full ones or half past, the day's or the night's."""

    draft: int
    halves: bool
    nightly: bool


class ChooseTime(Payload, code="r.time!"):
    draft: int
    hour: int
    minute: int


class RepeatPage(Payload, code="r.repeat"):
    """Third step: once, or again and again."""

    draft: int


class ChooseRepeat(Payload, code="r.repeat!"):
    """`repeat` is one of those that `use_cases.choices` offers."""

    draft: int
    repeat: Annotated[str, AtMost(20)]
