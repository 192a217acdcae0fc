"""Taps on buttons, and how the bot answers them."""

from __future__ import annotations

from dataclasses import dataclass

from playground.chats import Message
from playground.people import Person


@dataclass(frozen=True)
class CallbackAnswer:
    """What the tapping person's client showed or opened."""

    text: str | None = None
    show_alert: bool = False
    url: str | None = None


@dataclass(eq=False)
class Tap:
    """A press on a callback button; `pressed_at` is the clock's monotonic time."""

    id: str
    person: Person
    message: Message
    data: str
    pressed_at: float
    answer: CallbackAnswer | None = None
