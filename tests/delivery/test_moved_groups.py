"""A group becomes a supergroup: a new number, new messages, the same neighbours and their affairs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Literal

import pytest

from playground.chats import Chat, Message
from tests.actions.announce import CONCERT
from tests.delivery.test_turn import is_card, put_back, turned_until
from tests.yard import Yard

pytestmark = pytest.mark.databases("sqlite", "postgresql")  # two rows become one

Order = Literal["from_first", "to_first"]
ORDERS: list[Any] = ["from_first", "to_first"]


@pytest.fixture
async def group(yard: Yard) -> Chat:
    """A basic group that speaks Belarusian and lives by Warsaw's clock."""
    group = yard.world.add_group("Yard 7", yard.vera, kind="group", members=[yard.tom, yard.nina])
    yard.world.add_bot(group, by=yard.vera)
    welcome = await yard.hears(yard.tom, "Hello, neighbours", group)
    answer = await yard.tap(yard.vera, welcome, "⚙️ Settings")
    assert answer.url is None
    await yard.tap(yard.vera, await yard.hears(yard.vera, "how I'm set up", group), "Беларуская")
    yard.say(yard.vera, "/timezone Warsaw", chat=group)
    await yard.hears(yard.vera, "Warsaw", group)
    await yard.quiet()
    yard.group = group
    return group


async def announced(yard: Yard, group: Chat) -> Message:
    yard.say(yard.tom, CONCERT, chat=group)
    preview = await yard.hears(yard.tom, "neighbours will see", group)
    await yard.tap(yard.tom, preview, (0, 0))
    return await yard.card("Concert", group)


async def lives_on(yard: Yard, new: Chat) -> Message:
    """The card stands in the new chat, in the chat's own language, and its buttons work."""
    await turned_until(yard, lambda: any("Concert" in m.text and m.buttons for m in new.messages))
    card = await yard.card("Concert", new)
    assert "чацвер" in card.text
    before = card.text
    await yard.tap(yard.nina, card, (0, 0))
    await turned_until(yard, lambda: card.text != before)
    return card


@pytest.mark.parametrize("order", ORDERS)
async def test_cards_settings_and_answers_move_along(yard: Yard, group: Chat, order: Order) -> None:
    old_card = await announced(yard, group)
    await yard.tap(yard.vera, old_card, (0, 0))
    await yard.quiet()
    new = yard.world.migrate(group, order)
    card = await lives_on(yard, new)
    assert "👥 Прыйдуць 2" in card.text
    greeting = await yard.card("Вітаю, суседзі", new)
    await yard.tap(yard.vera, greeting, "⚙️ Налады")
    settings = await yard.hears(yard.vera, "how I'm set up", new)
    assert "🕖 Time zone: Warsaw" in yard.labels(settings)
    assert len([m for m in new.messages if "Concert" in m.text and m.buttons]) == 1
    assert not [c for c in yard.world.calls if "message to edit not found" in (c.error or "")]


@pytest.mark.parametrize("order", ORDERS)
async def test_old_numbers_of_messages_are_never_used_in_the_new_chat(
    yard: Yard, group: Chat, order: Order
) -> None:
    """The new chat counts from one again: what was to be redrawn or removed means another there."""
    await announced(yard, group)
    yard.say(yard.tom, "/action yesterday 19:00 Tea", chat=group, ephemeral=False)
    await yard.hears(yard.tom, "has passed already", group)
    await yard.quiet()
    new = yard.world.migrate(group, order)
    # As many messages as it takes for the old numbers to exist there too.
    new.last_message_id += 90
    for _ in range(60):
        yard.say(yard.vera, "Chatter", chat=new)
    await lives_on(yard, new)
    yard.clock.turn(timedelta(minutes=11))
    yard.say(yard.nina, "/actions", chat=new)
    await yard.quiet()
    assert not [m for m in new.log if m.deleted]
    here = str(new.id)
    touched = [c for c in yard.world.calls if c.params.get("chat_id") == here]
    assert not [c for c in touched if c.method in ("editMessageText", "deleteMessage") and c.error]


async def test_a_post_finds_the_new_chat_by_telegrams_refusal(yard: Yard, group: Chat) -> None:
    yard.say(yard.tom, CONCERT, chat=group)
    preview = await yard.hears(yard.tom, "neighbours will see", group)
    fault = yard.server.faults.add("sendMessage", "429", retry_after=10, when=is_card)
    await yard.tap(yard.tom, preview, (0, 0))
    await put_back(yard, fault)
    new = yard.world.migrate(group)
    yard.world.updates.drop()
    await lives_on(yard, new)


async def test_a_redraw_finds_the_new_chat_by_telegrams_refusal(yard: Yard, group: Chat) -> None:
    old_card = await announced(yard, group)
    await yard.tap(yard.vera, old_card, (0, 0))
    new = yard.world.migrate(group)
    yard.world.updates.drop()
    card = await lives_on(yard, new)
    assert "👥 Прыйдуць 2" in card.text


async def test_an_answer_finds_the_new_chat_by_telegrams_refusal(yard: Yard, group: Chat) -> None:
    await announced(yard, group)
    await yard.quiet()
    await yard.stop()
    yard.say(yard.tom, "/action tomorrow 20:00 Tea @ Bench", chat=group, ephemeral=False)
    (typed,) = yard.world.updates.waiting()
    new = yard.world.migrate(group)
    yard.world.updates.drop()  # nobody tells of the move
    yard.world.push(typed.payload)
    await yard.start()
    preview = await yard.hears(yard.tom, "neighbours will see", new)
    await lives_on(yard, new)
    await yard.tap(yard.tom, preview, (0, 0))
    await yard.card("Tea", new)


async def moved_unheard(yard: Yard, group: Chat) -> Chat:
    """The group moves while the bot is away, and nobody tells of it; what was typed before comes now."""
    (typed,) = yard.world.updates.waiting()
    new = yard.world.migrate(group)
    yard.world.updates.drop()
    yard.world.push(typed.payload)
    return new


@pytest.mark.parametrize("is_administrator", [False, True])
async def test_what_was_typed_unseen_is_answered_after_a_move(
    yard: Yard, group: Chat, is_administrator: bool
) -> None:
    yard.world.start(yard.tom)
    await yard.quiet()
    if is_administrator:
        yard.promote_bot()
        await yard.quiet()
    await yard.stop()
    yard.say(yard.tom, "/action tomorrow 20:00 Tea @ Bench", chat=group, ephemeral=True)
    new = await moved_unheard(yard, group)
    await yard.start()
    preview = await yard.hears(yard.tom, "neighbours will see", yard.world.private(yard.tom))
    await yard.tap(yard.tom, preview, (0, 0))
    tea = await yard.card("Tea", new)
    await yard.tap(yard.nina, tea, (0, 0))
    await turned_until(yard, lambda: "👥 Прыйдзе 1" in tea.text)


async def test_a_page_that_cannot_be_turned_after_a_move_comes_anew(
    yard: Yard, group: Chat
) -> None:
    yard.say(yard.tom, "/action", chat=group, ephemeral=False)
    page = await yard.hears(yard.tom, "Which day?", group)
    await yard.quiet()
    new = yard.world.migrate(group)
    yard.world.updates.drop()
    await yard.tap(yard.tom, page, "Tomorrow")
    link = await yard.hears(yard.tom, "for your eyes only", new)
    private = await yard.follow(yard.tom, await yard.tap(yard.tom, link, "Open"))
    hours = await yard.hears(yard.tom, "At what time?", private)
    await yard.tap(yard.tom, hours, "19")
    await yard.hears(yard.tom, "Thursday 22 October, 19:00", private)


@pytest.mark.parametrize("told", ["migrate_to_chat_id", "migrate_from_chat_id"])
async def test_two_rows_of_one_chat_become_one(yard: Yard, group: Chat, told: str) -> None:
    await announced(yard, group)
    await yard.quiet()
    await yard.stop()
    new = yard.world.migrate(group)
    yard.world.updates.drop()
    await yard.start()
    # The bot hears of the new chat by what is said there, and only later that it is the old one.
    yard.say(yard.tom, "/action tomorrow 20:00 Tea @ Bench", chat=new)
    preview = await yard.hears(yard.tom, "neighbours will see", new)
    where, other = (group, new) if told == "migrate_to_chat_id" else (new, group)
    service = {
        "message_id": 1,
        "date": int(yard.clock.now().timestamp()),
        "chat": where.json(),
        "from": yard.vera.json(),
        told: other.id,
    }
    for _ in range(2):
        yard.world.push({"message": service})
    await yard.quiet()
    await lives_on(yard, new)
    await yard.tap(yard.tom, preview, (0, 0))
    tea = await yard.card("Tea", new)
    assert "чацвер" in tea.text
    await yard.tap(yard.nina, tea, (0, 0))
    await turned_until(yard, lambda: "👥 Прыйдзе 1" in tea.text)


async def test_added_to_the_new_chat_before_the_old_one_is_known_to_be_it(
    yard: Yard, group: Chat
) -> None:
    await announced(yard, group)
    await yard.quiet()
    await yard.stop()
    new = yard.world.migrate(group)
    waiting = [update.payload for update in yard.world.updates.waiting()]
    yard.world.updates.drop()
    for chat, before, after in ((group, "member", "left"), (new, "left", "member")):
        bot = yard.world.bot.json()
        yard.world.push(
            {
                "my_chat_member": {
                    "chat": chat.json(),
                    "from": yard.vera.json(),
                    "date": int(yard.clock.now().timestamp()),
                    "old_chat_member": {"user": bot, "status": before},
                    "new_chat_member": {"user": bot, "status": after},
                }
            }
        )
    for payload in waiting:
        yard.world.push(payload)
    await yard.start()
    await lives_on(yard, new)
