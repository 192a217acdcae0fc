"""Setting reminders and looking for what comes of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playground.chats import Chat
    from playground.messages import Message
    from playground.people import Person
    from tests.yard import Yard

PREVIEW = "This is how neighbours will see it"
WEEKLY_WALK = "every monday 11:00 Seniors' walk"


async def previewed(yard: Yard, line: str, person: Person | None = None, **how: Any) -> Message:
    """What an organiser sees after typing `/remind line`."""
    command = yard.say(person or yard.vera, f"/remind {line}", **how)
    log = command.chat.log

    def answer() -> Message | None:
        later = log[log.index(command) + 1 :]
        return next((message for message in later if PREVIEW in message.text), None)

    await yard.world.until(answer)
    preview = answer()
    assert preview is not None
    return preview


async def remind(yard: Yard, line: str, person: Person | None = None, **how: Any) -> None:
    """Set a reminder."""
    preview = await previewed(yard, line, person, **how)
    answer = await yard.tap(person or yard.vera, preview, "Set")
    assert not answer.show_alert, answer.text


def posts(yard: Yard, containing: str, chat: Chat | None = None) -> list[Message]:
    """The reminders with these words that everyone sees in the chat."""
    return [
        message
        for message in (chat or yard.group).messages
        if message.text.startswith("⏰") and containing in message.text and message.is_ordinary
    ]


async def posted(yard: Yard, containing: str, chat: Chat | None = None, count: int = 1) -> Message:
    """The newest of exactly `count` reminders with these words; waits for it."""
    await yard.world.until(lambda: len(posts(yard, containing, chat)) >= count)
    found = posts(yard, containing, chat)
    assert len(found) == count, [message.text for message in found]
    return found[-1]


def turn_to(yard: Yard, moment: str) -> None:
    """Turn the clock to a moment of UTC, such as "2026-10-26 08:00"."""
    ahead = datetime.fromisoformat(moment).replace(tzinfo=UTC) - yard.clock.now()
    assert ahead > timedelta(), "the clock is only turned forward"
    yard.clock.turn(ahead)
