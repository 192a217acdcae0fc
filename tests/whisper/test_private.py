"""What the bot is sent in private: words that answer its question, and whatever else people send."""

from __future__ import annotations

from typing import Any

import pytest

from playground.chats import Message
from playground.people import Person
from tests.actions.announce import announce
from tests.reminders.reminding import previewed
from tests.yard import Yard

pytestmark = pytest.mark.databases("sqlite")

PNG = b"\x89PNG\r\n\x1a\n"
NOT_ASKED = "in your neighbours' group chat"
IN_WORDS = "write it in words"
STICKER = {
    "file_id": "s1",
    "file_unique_id": "u1",
    "type": "regular",
    "width": 512,
    "height": 512,
    "is_animated": False,
    "is_video": False,
}
WORDLESS: list[dict[str, Any]] = [
    {"photo": [{"file_id": "p1", "file_unique_id": "u2", "width": 9, "height": 9}]},
    {"photo": [{"file_id": "p1", "file_unique_id": "u2", "width": 9, "height": 9}], "caption": "/help"},
    {"sticker": STICKER},
    {"voice": {"file_id": "v1", "file_unique_id": "u3", "duration": 3}},
    {"document": {"file_id": "d1", "file_unique_id": "u4"}},
    {"location": {"latitude": 53.9, "longitude": 27.56}},
    {"contact": {"phone_number": "+375290000000", "first_name": "Somebody"}},
]  # fmt: skip


def send(yard: Yard, person: Person, **content: Any) -> None:
    """Something of any kind, as Telegram would bring it."""
    message = {
        "message_id": 900_000,
        "from": person.json(),
        "chat": yard.world.private(person).json(),
        "date": int(yard.clock.now().timestamp()),
    }
    yard.world.push({"message": message | content})


def answers(yard: Yard, person: Person) -> list[Message]:
    log = yard.world.private(person).messages
    return [message for message in log if message.sender is yard.world.bot]


async def start(yard: Yard, person: Person) -> None:
    yard.world.start(person)
    await yard.world.until(lambda: answers(yard, person))


async def begin_edit(yard: Yard, person: Person) -> None:
    """The bot waits for the new line of an action."""
    card = await announce(yard, person)
    await yard.tap(person, card, "⋯")
    page = await yard.hears(person, "The numbers on a card")
    private = await yard.follow(person, await yard.tap(person, page, "Words"))
    await yard.hears(person, "How should it read", private)


@pytest.mark.parametrize("content", WORDLESS, ids="+".join)
async def test_what_holds_no_text_is_answered_as_a_text_that_was_not_asked_for(
    yard: Yard, content: dict[str, Any]
) -> None:
    await start(yard, yard.tom)
    send(yard, yard.tom, **content)
    await yard.hears(yard.tom, NOT_ASKED, yard.world.private(yard.tom))


async def test_an_album_is_answered_once(yard: Yard) -> None:
    await start(yard, yard.tom)
    before = len(answers(yard, yard.tom))
    yard.world.say_album(yard.world.private(yard.tom), yard.tom, [PNG] * 4)
    yard.say(yard.tom, "anyone there?", chat=yard.world.private(yard.tom))
    await yard.world.until(lambda: len(answers(yard, yard.tom)) == before + 2)
    await yard.quiet()
    assert all(NOT_ASKED in message.text for message in answers(yard, yard.tom)[before:])
    assert len(answers(yard, yard.tom)) == before + 2


async def test_what_telegram_itself_notes_in_private_is_no_message(yard: Yard) -> None:
    await start(yard, yard.tom)
    before = len(answers(yard, yard.tom))
    send(yard, yard.tom, write_access_allowed={"from_request": True})
    await yard.quiet()
    assert len(answers(yard, yard.tom)) == before


async def test_in_a_group_a_picture_is_none_of_the_bots_business(yard: Yard) -> None:
    yard.promote_bot()
    yard.say(yard.tom, "Our yard", photo=PNG)
    await yard.quiet()
    assert not any(NOT_ASKED in message.text for message in yard.group.log)


async def test_where_words_are_awaited_the_bot_asks_for_words(yard: Yard) -> None:
    await begin_edit(yard, yard.tom)
    private = yard.world.private(yard.tom)
    yard.say(yard.tom, "23.10 20:00 Concert", chat=private, photo=PNG)
    await yard.hears(yard.tom, IN_WORDS, private)
    yard.say(yard.tom, "23.10 20:00 Concert", chat=private)
    await yard.hears(yard.tom, "This is how", private)


async def test_the_newest_question_is_answered_and_no_older_one_after_it(yard: Yard) -> None:
    """Also where the thing that it is about was begun before."""
    preview = await previewed(yard, "today 13:00 Tea")
    await begin_edit(yard, yard.vera)
    private = await yard.follow(yard.vera, await yard.tap(yard.vera, preview, "From"))
    await yard.hears(yard.vera, "Who is it from", private)
    yard.say(yard.vera, "by the oak", chat=private)
    signed = await yard.hears(yard.vera, "🏷 by the oak", private)
    yard.say(yard.vera, "23.10 20:00 Concert", chat=private)
    await yard.hears(yard.vera, NOT_ASKED, private)
    await yard.tap(yard.vera, signed, "Schedule")
