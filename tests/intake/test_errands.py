"""Commands that are typed in private: Telegram's list of chats asks for which group they are."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.person.errands import Errand, find_errand
from bot.person.place import PRIVATE
from bot.person.place import Person as Asked
from bot.store import UnitOfWork
from playground.chats import Chat, Message
from playground.people import Person
from tests.actions.announce import announce, behind_more
from tests.yard import Yard

PICK, NOT_NOW = "💬 Choose the chat", "✖️ Not now"
QUESTION, PICKED, SAME = "For which group chat?", "All right, for “Yard", "This is for “Yard 5”"
TEA = "/action tomorrow 19:00 Tea @ Fountain"


def in_private(yard: Yard, person: Person, typed: str) -> Chat:
    private = yard.world.private(person)
    yard.say(person, typed, chat=private)
    return private


async def asked(yard: Yard, person: Person, typed: str) -> Chat:
    """The bot asks for which group this command is."""
    private = in_private(yard, person, typed)
    await yard.hears(person, QUESTION, private)
    await yard.world.until(lambda: private.keys is not None)
    return private


async def picked(yard: Yard, person: Person, chat: Chat | None = None) -> Message:
    yard.world.press(person, PICK, chat or yard.group)
    return await yard.hears(person, PICKED, yard.world.private(person))


def waits(work: UnitOfWork, person: Person) -> bool:
    """Whether something is kept that waits for a group."""
    return find_errand(work.done_by(Asked(person.id), PRIVATE)) != Errand()


async def second_yard(yard: Yard) -> Chat:
    """Another group that Tom is in, with the bot."""
    other = yard.world.add_group("Yard 7", creator=yard.tom, members=[yard.nina])
    yard.world.add_bot(other, by=yard.tom)
    await yard.hears(yard.tom, "Hello, neighbours", other)
    return other


async def test_an_action_is_announced_from_the_private_chat(yard: Yard) -> None:
    private = await asked(yard, yard.tom, TEA)
    await picked(yard, yard.tom)
    preview = await yard.hears(yard.tom, "Tea", private)
    assert private.keys is None
    await yard.tap(yard.tom, preview, "Publish")
    card = await yard.card("Tea")
    assert card.chat is yard.group


async def test_the_telephone_offers_only_groups_that_one_shares_with_the_bot(yard: Yard) -> None:
    await second_yard(yard)
    yard.world.add_group("Without the bot", creator=yard.vera)
    await asked(yard, yard.vera, TEA)
    assert yard.world.offered(yard.vera, PICK) == [yard.group]


async def test_formatting_survives_the_question(yard: Yard) -> None:
    private = yard.world.private(yard.vera)
    yard.say(yard.vera, "/remind tomorrow 19:00 A <b>bold</b> walk", chat=private, html=True)
    await yard.hears(yard.vera, QUESTION, private)
    await picked(yard, yard.vera)
    preview = await yard.hears(yard.vera, "bold walk", private)
    assert any(entity["type"] == "bold" for entity in preview.entities)


async def test_rights_are_those_of_the_group(yard: Yard) -> None:
    private = await asked(yard, yard.tom, "/remind tomorrow 19:00 Walk")
    await picked(yard, yard.tom)
    await yard.hears(yard.tom, "Only this chat's administrators", private)
    other = await second_yard(yard)
    in_private(yard, yard.tom, "/chat")
    await yard.world.until(lambda: private.keys is not None)
    await picked(yard, yard.tom, other)
    in_private(yard, yard.tom, "/timezone Lisbon")
    await yard.hears(yard.tom, "the clock of Lisbon", private)


async def test_what_was_picked_holds_for_a_quarter_of_an_hour(yard: Yard) -> None:
    private = await asked(yard, yard.tom, TEA)
    await picked(yard, yard.tom)
    in_private(yard, yard.tom, "/action tomorrow 20:00 Concert @ Fountain")
    preview = await yard.hears(yard.tom, "Concert", private)
    assert SAME in preview.text
    yard.clock.turn(timedelta(minutes=21))
    questions = [m for m in private.messages if QUESTION in m.text]
    in_private(yard, yard.tom, "/actions")
    await yard.world.until(
        lambda: len([m for m in private.messages if QUESTION in m.text]) > len(questions)
    )


async def test_whoever_came_from_a_group_is_not_asked(yard: Yard) -> None:
    yard.promote_bot()
    page = await behind_more(yard, yard.tom, await announce(yard, yard.tom))
    private = await yard.follow(yard.tom, await yard.tap(yard.tom, page, "Words"))
    in_private(yard, yard.tom, "/actions")
    told = await yard.hears(yard.tom, SAME, private)
    assert "Concert" in told.text


async def test_where_telegram_does_not_tell_the_name_the_answer_does_without(yard: Yard) -> None:
    private = await asked(yard, yard.tom, TEA)
    await picked(yard, yard.tom)
    await yard.hears(yard.tom, "Tea", private)
    yard.server.faults.add("getChat", "500", times=10)
    in_private(yard, yard.tom, "/actions")
    await yard.hears(yard.tom, "the group chat that you mean", private)


async def test_what_waited_is_forgotten_once_it_is_done(yard: Yard) -> None:
    private = await asked(yard, yard.tom, TEA)
    await yard.written(lambda work: waits(work, yard.tom))
    await picked(yard, yard.tom)
    await yard.hears(yard.tom, "Tea", private)
    await yard.written(lambda work: not waits(work, yard.tom))


async def test_what_is_refused_is_forgotten_too(yard: Yard) -> None:
    private = await asked(yard, yard.tom, "/remind tomorrow 19:00 Walk")
    await yard.written(lambda work: waits(work, yard.tom))
    await picked(yard, yard.tom)
    await yard.hears(yard.tom, "Only this chat's administrators", private)
    await yard.written(lambda work: not waits(work, yard.tom))


async def test_whoever_came_from_two_groups_is_asked_and_their_choice_holds(yard: Yard) -> None:
    other = await second_yard(yard)
    await asked(yard, yard.tom, TEA)
    await picked(yard, yard.tom)
    private = in_private(yard, yard.tom, "/chat")
    await yard.world.until(lambda: private.keys is not None)
    await picked(yard, yard.tom, other)
    await yard.hears(yard.tom, "for “Yard 7”", private)
    in_private(yard, yard.tom, "/action tomorrow 20:00 Concert @ Hill")
    preview = await yard.hears(yard.tom, "Concert", private)
    await yard.tap(yard.tom, preview, "Publish")
    assert (await yard.card("Concert", other)).chat is other


async def test_not_now_puts_the_keys_away(yard: Yard) -> None:
    private = await asked(yard, yard.tom, TEA)
    yard.world.press(yard.tom, NOT_NOW)
    await yard.hears(yard.tom, "All right", private)
    assert private.keys is None


async def test_a_group_that_the_bot_does_not_know_is_refused_kindly(bare_yard: Yard) -> None:
    yard = bare_yard
    await yard.move_in()
    await yard.stop()
    stranger = yard.world.add_group("Yard 9", creator=yard.tom)
    yard.world.add_bot(stranger, by=yard.tom)
    yard.world.updates.drop()
    await yard.start()
    private = await asked(yard, yard.tom, TEA)
    yard.world.press(yard.tom, PICK, stranger)
    await yard.hears(yard.tom, "I don't know that chat yet", private)
    assert private.keys is not None
    await picked(yard, yard.tom)
    await yard.hears(yard.tom, "Tea", private)


def forged(yard: Yard, person: Person, **shared: int) -> None:
    """A picking that no client makes."""
    private = yard.world.private(person)
    private.last_message_id += 1
    yard.world.push(
        {
            "message": {
                "message_id": private.last_message_id,
                "date": int(yard.clock.now().timestamp()),
                "chat": private.json(),
                "from": person.json(),
                "chat_shared": shared,
            }
        }
    )


async def test_an_administrator_bot_asks_whether_they_are_members(yard: Yard) -> None:
    yard.promote_bot()
    olga = yard.world.add_person("Olga", language="en")
    private = await asked(yard, olga, TEA)
    forged(yard, olga, request_id=1, chat_id=yard.group.id)
    await yard.hears(olga, "any more", private)
    in_private(yard, olga, "/actions")
    await yard.quiet()
    assert not [m for m in private.messages if PICKED in m.text]


async def test_who_was_removed_opens_nothing_with_a_changed_client(yard: Yard) -> None:
    yard.world.tells_plain_members = True
    private = await asked(yard, yard.tom, TEA)
    yard.world.kick(yard.group, yard.tom, yard.vera)
    forged(yard, yard.tom, request_id=1, chat_id=yard.group.id)
    await yard.hears(yard.tom, "any more", private)
    assert not [m for m in private.messages if PICKED in m.text]


@pytest.mark.parametrize(
    "shared", [{"request_id": 2, "chat_id": 1}, {"request_id": 1, "chat_id": 5}]
)
async def test_what_was_never_asked_opens_nothing(yard: Yard, shared: dict[str, int]) -> None:
    private = await asked(yard, yard.tom, TEA)
    forged(yard, yard.tom, **shared)
    await yard.quiet()
    assert not [m for m in private.messages if PICKED in m.text]


async def test_who_left_is_asked_again(yard: Yard) -> None:
    yard.promote_bot()
    private = await asked(yard, yard.tom, TEA)
    await picked(yard, yard.tom)
    await yard.hears(yard.tom, "Tea", private)
    yard.world.leave(yard.group, yard.tom)
    await yard.quiet()
    await asked(yard, yard.tom, "/actions")
    assert yard.world.offered(yard.tom, PICK) == []
