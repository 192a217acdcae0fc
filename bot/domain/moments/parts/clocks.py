"""What a clock shows: "19:00", "7 pm", «в 7 вечера», «а 19-й»."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import time
from typing import TYPE_CHECKING

from bot.domain.moments.languages.lexicon import skip_marks
from bot.domain.moments.languages.tokens import HOUR_ENDINGS, Kind
from bot.domain.moments.languages.words import (
    AFTER_CLOCK,
    AFTER_HOUR,
    AFTER_HOUR_OF_ONE,
    BEFORE_HOUR,
    HOURS,
    HOURS_AND_A_HALF,
    NAMED_HOURS,
    PART_AFTER_HOUR,
    SPANS,
    UNTIL,
    UNTIL_HOUR,
)

if TYPE_CHECKING:
    from bot.domain.moments.languages.tokens import Token, Tokens
    from bot.domain.moments.languages.vocabulary import DayPart

_DASHES = "-–—\N{NON-BREAKING HYPHEN}\N{MINUS SIGN}"
_MIDNIGHT = 24

_WITH_MINUTES = frozenset({Kind.CLOCK, Kind.DASHED, Kind.DOTTED})


@dataclass(frozen=True, slots=True)
class Clock:
    """An hour as it was said, possible or not. `bare`: a number alone, as in "at 7"."""

    hour: int
    minute: int = 0
    part: DayPart | None = None
    bare: bool = False

    @property
    def lacks_part(self) -> bool:
        """Could be meant in either half of the day."""
        return self.part is None and 1 <= self.hour <= 12

    @property
    def times(self) -> tuple[time, ...]:
        """The times of day it can mean, the likelier first; none where there is no such time."""
        hours: tuple[int | None, ...] = (self.hour,)
        if self.part:
            hours = (self.part.hour(self.hour),)
        elif self.bare and 1 <= self.hour < 12:
            hours = (self.hour, (self.hour + 12) % 24)
        return tuple(
            time(hour, self.minute)
            for hour in hours
            if hour is not None and hour < 24 and self.minute < 60
        )

    def in_part(self, part: DayPart | None) -> Clock:
        """The same hour, said to be in `part` of the day."""
        return replace(self, part=self.part or part)


Found = tuple[Clock, int] | None


def clock_at(
    tokens: Tokens, place: int, *, after_day: bool = False, part: DayPart | None = None
) -> Found:
    """A clock that begins at `place`; `part` of the day was said before it.

    A number without any sign that it is an hour counts only where nothing but an hour can stand
    ("tomorrow 7, Concert"), or after a day from 10 on ("tomorrow 19 Concert"), because titles
    begin with numbers too ("tomorrow 5 reasons to sing").
    """
    hour_place = BEFORE_HOUR.skip(tokens, place)
    found = _any_clock_at(tokens, hour_place, told=hour_place > place, after_day=after_day)
    return (found[0].in_part(part), found[1]) if found else None


def is_explicit_clock_at(tokens: Tokens, place: int) -> bool:
    """Whether a possible time with minutes stands here."""
    found = _clock_in_digits_at(tokens, BEFORE_HOUR.skip(tokens, place))
    return bool(found and found[0].times)


def is_end_at(tokens: Tokens, place: int) -> bool:
    """Whether what follows an hour says when it ends: "-21:00", "to 9 pm", «до 21»."""
    if until := UNTIL_HOUR.match(tokens, skip_marks(tokens, place, ",", 1)):
        found = _any_clock_at(tokens, until[1], told=True)
        return bool(found and found[0].hour <= _MIDNIGHT)
    return _is_close_end_at(tokens, place) or _is_sure_end_at(tokens, place)


def _any_clock_at(tokens: Tokens, place: int, *, told: bool, after_day: bool = False) -> Found:
    """A clock without a word before it; `told`: nothing but an hour can stand here."""
    return (
        _named_hour_at(tokens, place)
        or _clock_in_digits_at(tokens, place)
        or _hour_at(tokens, place, told=told, after_day=after_day)
        or _hour_in_words_at(tokens, place, told=told)
    )


def _is_close_end_at(tokens: Tokens, place: int) -> bool:
    """A dash with no blanks around it joins two hours, were the second but a number: "19:00–21"."""
    start = skip_marks(tokens, place, _DASHES)
    is_close = all(tokens[n - 1].end == tokens[n].start for n in (place, start))
    return start > place and is_close and _can_be_end(tokens[start])


def _is_sure_end_at(tokens: Tokens, place: int) -> bool:
    """An end that no title begins with: "— 5-10 km" and «— 2 часа музыки» are none."""
    start = UNTIL.skip(tokens, UNTIL_HOUR.skip(tokens, skip_marks(tokens, place, _DASHES)))
    token = tokens[start]
    if start == place or not _can_be_end(token):
        return False
    if token.kind in _WITH_MINUTES:
        return token.kind in (Kind.CLOCK, tokens[place - 1].kind)
    unit_end = AFTER_HOUR.skip(tokens, start + 1)
    is_count = unit_end == start + 1 and SPANS.match(tokens, unit_end)
    return bool(PART_AFTER_HOUR.match(tokens, unit_end) and not is_count)


def _can_be_end(token: Token) -> bool:
    return (token.kind in _WITH_MINUTES or _can_be_hour(token)) and token.numbers[0] <= _MIDNIGHT


def _named_hour_at(tokens: Tokens, place: int) -> Found:
    named = NAMED_HOURS.match(tokens, place)
    return (Clock(named[0]), named[1]) if named else None


def _clock_in_digits_at(tokens: Tokens, place: int) -> Found:
    token = tokens[place]
    if token.kind not in _WITH_MINUTES:
        return None
    if token.kind is Kind.DOTTED and len(token.text.split(".")[1]) < 2:
        return None
    clock = Clock(token.numbers[0], token.numbers[1])
    return _with_part_after(clock, tokens, AFTER_CLOCK.skip(tokens, place + 1))


def _hour_at(tokens: Tokens, place: int, *, told: bool, after_day: bool) -> Found:
    token = tokens[place]
    if not _can_be_hour(token):
        return None
    hour = token.numbers[0]
    unit_end = (AFTER_HOUR_OF_ONE if hour in (1, 21) else AFTER_HOUR).skip(tokens, place + 1)
    has_unit = unit_end > place + 1
    minute, end = _minutes_at(tokens, unit_end) if has_unit else (0, unit_end)
    bare = not token.text.startswith("0")
    clock, end = _with_part_after(Clock(hour, minute, bare=bare), tokens, end)
    sure = told or has_unit or clock.part is not None or _is_sure_end_at(tokens, end)
    if sure or (token.kind is Kind.NUMBER and _stands_as_hour(tokens, place, after_day=after_day)):
        return clock, end
    return None


def _hour_in_words_at(tokens: Tokens, place: int, *, told: bool) -> Found:
    if half := HOURS_AND_A_HALF.match(tokens, place):
        return _with_part_after(Clock(half[0], 30, bare=True), tokens, half[1])
    hour = HOURS.match(tokens, place)
    if not hour:
        return None
    unit_end = AFTER_HOUR.skip(tokens, hour[1])
    clock, end = _with_part_after(Clock(hour[0], bare=True), tokens, unit_end)
    return (clock, end) if told or clock.part else None


def _can_be_hour(token: Token) -> bool:
    if token.kind is Kind.ORDINAL:
        return token.text.endswith(HOUR_ENDINGS)
    return token.kind is Kind.NUMBER and len(token.text) <= 2


def _stands_as_hour(tokens: Tokens, place: int, *, after_day: bool) -> bool:
    hour, follower = tokens[place].numbers[0], tokens[place + 1]
    if follower.kind is Kind.END or (follower.kind is Kind.MARK and follower.text in "\n@,;:."):
        return True
    glued = follower.start == tokens[place].end
    return after_day and 10 <= hour < 24 and (not glued or is_end_at(tokens, place + 1))


def _minutes_at(tokens: Tokens, place: int) -> tuple[int, int]:
    """The minutes of "19 часов 30 минут", or 0 where there are none."""
    if tokens[place].kind is Kind.NUMBER:
        unit = SPANS.match(tokens, place + 1)
        if unit and unit[0] == 1:
            return tokens[place].numbers[0], unit[1]
    return 0, place


def _with_part_after(clock: Clock, tokens: Tokens, place: int) -> tuple[Clock, int]:
    """From 13 on nothing is left to tell, and the word may begin a title: «Вечера на хуторе»."""
    part = PART_AFTER_HOUR.match(tokens, place)
    return (clock.in_part(part[0]), part[1]) if part and clock.lacks_part else (clock, place)
