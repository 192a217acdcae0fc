"""An hour as somebody said it, and the times that it can mean."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.domain.moments.languages.vocabulary import DayPart

if TYPE_CHECKING:
    from collections.abc import Iterable

MIDNIGHT = 24
AN_HOUR = 60
A_DAY = MIDNIGHT * AN_HOUR

AFTERNOON_ALONE = range(1, 7)
"""Hours that nobody says of the night or the early morning without saying so."""
EITHER_HALF = (7, 8)
"""Hours that may as well be the morning's as the evening's."""


@dataclass(frozen=True, slots=True)
class Clock:
    """An hour as it was said, possible or not.

    `bare`: without any sign in which half of the day, as in "at 7". `any_midnight`: of a day's two
    midnights nobody said which.
    """

    hour: int
    minute: int = 0
    part: DayPart | None = None
    bare: bool = False
    any_midnight: bool = False
    any_night: bool = False

    @property
    def lacks_part(self) -> bool:
        """Could be meant in either half of the day."""
        return self.part is None and 1 <= self.hour <= 12

    @property
    def is_asked(self) -> bool:
        """Nobody but who said it knows which of `strikes` is meant."""
        return (
            self.any_midnight
            or self.any_night
            or (self.part is None and self.bare and self.hour in EITHER_HALF)
        )

    @property
    def strikes(self) -> tuple[int, ...]:
        """The times it can mean in minutes from the day's beginning, the likelier first; none where
        there is no such time. The night goes on after midnight, and so past a day's 1440 minutes."""
        return tuple(hour * AN_HOUR + self.minute for hour in self._hours() if self._exists(hour))

    def _hours(self) -> Iterable[int]:
        if self.any_midnight:
            return (0, MIDNIGHT)
        if self.part:
            hour = self.part.hour(self.hour)
            if hour is None:
                return ()
            is_night = self.part is DayPart.NIGHT and hour < 12
            return (hour, hour + MIDNIGHT) if is_night else (hour,)
        if not self.bare or not 1 <= self.hour < 12:
            return (self.hour,)
        if self.hour in AFTERNOON_ALONE:
            return (self.hour + 12,)
        return (self.hour, self.hour + 12)

    def _exists(self, hour: int) -> bool:
        is_hour = hour < MIDNIGHT or self.part is DayPart.NIGHT
        return self.minute < AN_HOUR and (is_hour or (hour, self.minute) == (MIDNIGHT, 0))

    def of_night(self) -> Clock:
        """ "Tonight at 1am" is after midnight."""
        return replace(self, part=DayPart.NIGHT, any_night=self.hour in range(1, 6))

    def in_part(self, part: DayPart | None) -> Clock:
        """The same hour, said to be in `part` of the day."""
        return replace(self, part=self.part or part)

    def after_part(self, part: DayPart | None) -> Clock:
        """The same hour, with the part of the day said before it: which of a day's two nights isn't said."""
        is_night = part is DayPart.NIGHT and self.part in (None, DayPart.AM)
        return self.of_night() if is_night and self.hour in range(1, 6) else self.in_part(part)
