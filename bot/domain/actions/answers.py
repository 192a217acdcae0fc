"""Answers to an action: one a person, taken back by giving it again."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.fives import stepped, whole_steps


class Answer(StrEnum):
    GOING = "going"
    MAYBE = "maybe"
    CANT = "cant"


@dataclass(frozen=True)
class Counts:
    """How many people: who come with their guests, who perhaps do, who can't, who wait for room; and who
    answered for another time and haven't since.

    Where places are counted, these have theirs all the same, and are among those who come or wait.
    Counts only, always: who comes is nobody's list.
    """

    going: int = 0
    maybe: int = 0
    cant: int = 0
    waiting: int = 0
    asked_again: int = 0

    def in_fives(self) -> Counts:
        """Each rounded down. Who is to answer again isn't told: it would count who just did."""
        return Counts(*map(whole_steps, (self.going, self.maybe, self.cant, self.waiting)))

    def stepped_to(self, actual: Counts) -> Counts:
        """What is shown next of the actual ones, where these were shown last."""
        return Counts(
            going=stepped(self.going, actual.going),
            maybe=stepped(self.maybe, actual.maybe),
            cant=stepped(self.cant, actual.cant),
            waiting=stepped(self.waiting, actual.waiting),
        )


def after_tap(before: Answer | None, tapped: Answer) -> Answer | None:
    """The answer that stands after a tap: the tapped one, or none where it stood already."""
    return None if before is tapped else tapped
