"""Setting reminders and looking for what comes of them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.person.place import Place
from bot.store import UnitOfWork
from playground.entities import slice_utf16
from storage import reminders
from storage.reminders import ReminderRow

if TYPE_CHECKING:
    from playground.chats import Chat, Message
    from playground.people import Person
    from tests.yard import Yard

PREVIEW = "This is how neighbours will see it"
WALK = "Seniors' walk"
WEEKLY_WALK = f"every monday 11:00 {WALK}"
EMPTY = "No reminders are waiting"
AT_ONE = "2026-10-21 10:00"
PIXEL = b"\x89PNG\r\n\x1a\n" + bytes(8) + (1).to_bytes(4, "big") * 2


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
    answer = await yard.tap(person or yard.vera, preview, "Schedule")
    assert not answer.show_alert, answer.text
    await yard.world.until(lambda: preview.deleted or "waiting" in preview.text)
    if not preview.deleted:
        await yard.tap(person or yard.vera, preview, "Close")
        await yard.world.until(lambda: preview.deleted)


def breathe(yard: Yard) -> None:
    """Let what was said give back its share of a minute."""
    yard.clock.turn(timedelta(minutes=1))


def posts(yard: Yard, containing: str, chat: Chat | None = None) -> list[Message]:
    """The reminders with these words that everyone sees in the chat; a page about one has buttons."""
    return [
        message
        for message in (chat or yard.group).messages
        if message.text.startswith("⏰")
        and containing in message.text
        and message.is_ordinary
        and not message.buttons
    ]


async def posted(yard: Yard, containing: str, chat: Chat | None = None, count: int = 1) -> Message:
    """The newest of exactly `count` reminders with these words; waits for it."""
    await yard.world.until(lambda: len(posts(yard, containing, chat)) >= count)
    found = posts(yard, containing, chat)
    assert len(found) == count, [message.text for message in found]
    return found[-1]


async def listing(yard: Yard, person: Person, says: str, chat: Chat | None = None) -> Message:
    """What /reminders shows a person now."""
    place = chat or yard.group
    command = yard.say(person, "/reminders", chat=place)

    def answer() -> Message | None:
        later = place.log[place.log.index(command) + 1 :]
        return next((message for message in later if says in message.text), None)

    await yard.world.until(answer)
    found = answer()
    assert found is not None
    return found


def opener(number: int) -> tuple[int, int]:
    """Where the button of this reminder stands on its page of the list."""
    return divmod((number - 1) % 8, 2)


async def opened(
    yard: Yard, number: int = 1, says: str = "", person: Person | None = None
) -> Message:
    """The page of one reminder, opened from the list."""
    who = person or yard.vera
    listed = await listing(yard, who, "waiting")
    before = len(yard.group.log)
    await yard.tap(who, listed, opener(number))

    def page() -> Message | None:
        found = (m for m in yard.group.log[before:] if m.text.startswith("⏰"))
        shown = next((m for m in found if says in m.text), None)
        return shown or (listed if listed.text.startswith("⏰") and says in listed.text else None)

    await yard.world.until(page)
    message = page()
    assert message is not None
    return message


async def newest_page(yard: Yard, label: str) -> Message:
    """The newest message with a button of one of these labels; waits for it."""
    labels = label.split("|")

    def found() -> Message | None:
        return next(
            (
                message
                for message in reversed(yard.group.log)
                if any(part in button.text for button in message.buttons for part in labels)
                and not message.deleted
            ),
            None,
        )

    await yard.world.until(found)
    message = found()
    assert message is not None
    return message


async def edited(yard: Yard, button: str, says: str) -> Chat:
    """Begin to change a reminder: the private chat where the bot asks for it."""
    answer = await yard.tap(yard.vera, await opened(yard), button)
    private = await yard.follow(yard.vera, answer)
    await yard.hears(yard.vera, says, private)
    return private


async def fill(yard: Yard, chat: Chat, count: int) -> None:
    """Let `count` reminders wait: "Number 000" first."""

    def add(work: UnitOfWork) -> None:
        chat_id = work.chat_at(Place(chat.id)).id
        for number in range(count):
            moment = work.now.replace(hour=10, minute=0, second=0, microsecond=0)
            moment = moment.replace(month=11, hour=number // 60, minute=number % 60)
            reminder = ReminderRow(
                chat_id=chat_id,
                text=f"Number {number:03}",
                timezone="Europe/Minsk",
                next_at=moment,
            )
            reminders.add(work.session, reminder)

    assert yard.app is not None
    await yard.app.store.run(add)


async def second_yard(yard: Yard) -> Chat:
    other = yard.world.add_group("Yard 6", creator=yard.vera, members=[yard.tom])
    yard.world.add_bot(other, by=yard.vera)
    await yard.hears(yard.vera, "Hello, neighbours", other)
    return other


def marked(message: Message) -> dict[str, list[str]]:
    """The words that carry each kind of mark."""
    found: dict[str, list[str]] = {}
    for entity in message.entities:
        words = slice_utf16(message.text, entity["offset"], entity["length"])
        found.setdefault(entity["type"], []).append(words)
    return found
