"""What the buttons about an action's reminders carry."""

from __future__ import annotations

from bot.message.payload import Payload


class RemindersPage(Payload, code="a.remind"):
    """How long before an action the bot reminds of it."""

    action: int


class SetReminder(Payload, code="a.remind!"):
    """Remind so many minutes before, or no more."""

    action: int
    minutes: int
    wanted: bool
