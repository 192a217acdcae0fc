"""Messages out to whole chats, in every weather that Telegram and the network make."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import select

from bot.feature import DueSource, Feature
from bot.person.place import Place
from bot.store import UnitOfWork
from playground.chats import Chat, Message
from playground.faults import Fault
from playground.params import Params
from storage import chats
from storage.delivery.holds import HoldRow
from tests.actions.announce import CONCERT, announce
from tests.reminders.reminding import posted, posts, remind
from tests.trial import TRIAL, post_board, post_spoiled
from tests.yard import Yard

pytestmark = pytest.mark.databases("sqlite", "postgresql")  # this is about rows

REPEAT = "(repeat"


def is_card(params: Params) -> bool:
    return "Concert" in params.text("text") and "neighbours will see" not in params.text("text")


def cards_in(chat: Chat) -> list[Message]:
    """Ordinary messages with the concert's card, undeleted."""
    return [m for m in chat.messages if "Concert" in m.text and m.buttons and not m.reply_to]


def attempts(yard: Yard, method: str = "sendMessage", chat: Chat | None = None) -> int:
    wanted = str((chat or yard.group).id)
    return len(
        [c for c in yard.world.calls if c.method == method and c.params.get("chat_id") == wanted]
    )


async def publish(yard: Yard, chat: Chat | None = None) -> None:
    """Tom publishes the concert; doesn't wait for the card."""
    place = chat or yard.group
    yard.say(yard.tom, CONCERT, chat=place)
    preview = await yard.hears(yard.tom, "neighbours will see", place)
    await yard.tap(yard.tom, preview, "Publish")


async def held_back(yard: Yard, seconds: int = 30) -> Fault:
    """Publish, while Telegram wants silence for some seconds."""
    fault = yard.server.faults.add("sendMessage", "429", retry_after=seconds, when=is_card)
    await publish(yard)
    await put_back(yard, fault)
    return fault


async def put_back(yard: Yard, fault: Fault) -> None:
    """Wait until it is written down that a chat takes nothing for a while."""

    def waits(work: UnitOfWork) -> bool:
        return work.session.exec(select(HoldRow)).first() is not None

    await yard.world.until(lambda: fault.struck)
    await yard.written(waits)


async def turned_until(yard: Yard, condition: Any, seconds: float = 5, most: int = 40) -> None:
    """Turn the clock step by step until the bot has done something; a slow one gets more time each step."""
    for step in range(most):
        try:
            await yard.world.until(condition, timeout=min(2.0, 0.1 * 1.15**step))
        except AssertionError:
            yard.clock.turn(timedelta(seconds=seconds))
        else:
            return
    await yard.world.until(condition)


async def removed_unheard(yard: Yard, seconds: float) -> None:
    """Remove the bot without a word, and let it find out when it speaks so many seconds later."""
    yard.world.kick(yard.group, yard.world.bot, yard.vera)
    yard.world.updates.drop()
    yard.clock.turn(timedelta(seconds=seconds))
    await yard.world.until(lambda: any("kicked" in (c.error or "") for c in yard.world.calls))


async def back_before(yard: Yard, refusal: Fault) -> None:
    """Add the bot again, and let the refusal reach it once it knows that it is back."""
    yard.world.add_bot(yard.group, by=yard.vera)
    yard.say(yard.tom, "/help")
    await yard.hears(yard.tom, "I help neighbours")
    refusal.released.set()


async def test_after_429_the_chat_is_left_alone_and_others_go_on(yard: Yard) -> None:
    other = yard.world.add_group("Yard 6", yard.vera, members=[yard.tom])
    yard.world.add_bot(other, by=yard.vera)
    await yard.hears(yard.tom, "Hello, neighbours", other)
    await held_back(yard)
    tried = attempts(yard)
    await publish(yard, other)
    await yard.world.until(lambda: cards_in(other))
    yard.clock.turn(timedelta(seconds=29))
    yard.say(yard.tom, "/help", chat=other)
    await yard.hears(yard.tom, "I help neighbours", other)
    assert attempts(yard) == tried
    yard.clock.turn(timedelta(seconds=2))
    await yard.world.until(lambda: cards_in(yard.group))
    assert REPEAT not in cards_in(yard.group)[0].text


async def test_an_error_of_telegrams_is_tried_again_without_a_mark(yard: Yard) -> None:
    yard.server.faults.add("sendMessage", "500", times=3, when=is_card)
    await publish(yard)
    await turned_until(yard, lambda: cards_in(yard.group))
    assert [REPEAT in card.text for card in cards_in(yard.group)] == [False]


async def test_a_post_that_telegram_never_takes_holds_up_no_other(yard: Yard) -> None:
    other = yard.world.add_group("Yard 6", yard.vera, members=[yard.tom])
    yard.world.add_bot(other, by=yard.vera)
    for line, chat in (("Poison", yard.group), ("Tea", yard.group), ("Elsewhere", other)):
        await remind(yard, f"today 13:00 {line}", chat=chat)
    fault = yard.server.faults.add(
        "sendMessage", "500", times=1000, when=lambda params: "Poison" in params.text("text")
    )
    yard.clock.turn(timedelta(hours=1))
    await turned_until(yard, lambda: posts(yard, "Tea"), 60)
    assert fault.struck < 10
    yard.server.faults.clear()
    await turned_until(yard, lambda: posts(yard, "Poison"), 60)
    await posted(yard, "Tea")
    await posted(yard, "Elsewhere", other)


async def test_where_no_connection_was_made_nothing_is_marked(yard: Yard) -> None:
    await held_back(yard)
    port = yard.server._port
    await yard.server.stop()
    yard.clock.turn(timedelta(seconds=31))
    await turned_until(
        yard, lambda: any("a post didn't get through" in line for line in yard.log.lines), 0
    )
    await yard.server.start(port)
    await turned_until(yard, lambda: cards_in(yard.group))
    assert [REPEAT in card.text for card in cards_in(yard.group)] == [False]


@pytest.mark.parametrize("fate", ["deleted", "closed"])
async def test_a_topic_that_is_gone_gives_way_to_general(yard: Yard, fate: str) -> None:
    forum = yard.world.add_group("Forum", yard.vera, forum=True, members=[yard.tom])
    yard.world.add_bot(forum, by=yard.vera)
    await yard.hears(yard.tom, "Hello, neighbours", forum)
    topic = yard.world.add_topic(forum, "Events", yard.vera)
    yard.say(yard.tom, CONCERT, chat=forum, topic=topic)
    preview = await yard.hears(yard.tom, "neighbours will see", forum)
    fault = yard.server.faults.add("sendMessage", "429", retry_after=5, when=is_card)
    await yard.tap(yard.tom, preview, "Publish")
    await put_back(yard, fault)
    if fate == "deleted":
        yard.world.delete_topic(forum, topic)
    else:
        yard.world.close_topic(forum, topic)
    yard.clock.turn(timedelta(seconds=6))
    await yard.world.until(lambda: cards_in(forum))
    (card,) = cards_in(forum)
    assert card.topic is not topic
    assert "its topic is closed or gone" in card.text


async def test_where_nobody_may_write_a_post_waits_for_better_days(yard: Yard) -> None:
    await held_back(yard)
    yard.world.set_permissions(yard.group, can_send_messages=False)
    yard.clock.turn(timedelta(seconds=31))
    await yard.world.until(
        lambda: any("rights to send" in (call.error or "") for call in yard.world.calls)
    )
    yard.world.set_permissions(yard.group, can_send_messages=True)
    await turned_until(yard, lambda: cards_in(yard.group), 60)


async def test_where_the_bot_was_removed_unheard_a_post_waits_for_its_return(yard: Yard) -> None:
    await held_back(yard)
    await removed_unheard(yard, 31)
    tried = attempts(yard)
    await yard.settled(4000)
    yard.world.start(yard.tom)
    await yard.hears(yard.tom, "I help neighbours", yard.world.private(yard.tom))
    assert attempts(yard) == tried
    yard.world.add_bot(yard.group, by=yard.vera)
    await yard.world.until(lambda: cards_in(yard.group))


async def test_an_answer_from_before_its_return_keeps_the_bot_out_of_no_group(yard: Yard) -> None:
    await held_back(yard)
    refusal = yard.server.faults.add("sendMessage", "hold", when=is_card)
    await removed_unheard(yard, 31)
    await back_before(yard, refusal)
    await turned_until(yard, lambda: cards_in(yard.group))


async def test_nor_does_one_to_a_redraw(yard: Yard) -> None:
    card = await announce(yard, yard.ales)
    await yard.tap(yard.nina, card, (0, 0))
    refusal = yard.server.faults.add("editMessageText", "hold")
    await removed_unheard(yard, 4)
    await back_before(yard, refusal)
    await turned_until(yard, lambda: "👥 1 comes" in card.text)


async def test_a_card_that_was_deleted_is_posted_anew_at_the_next_change(yard: Yard) -> None:
    card = await announce(yard, yard.ales)
    yard.world.delete(card)
    await yard.settled(600)
    assert not cards_in(yard.group)
    yard.world.tap_data(yard.nina, yard.group.messages[-1], card.buttons[0].callback_data or "")
    await yard.quiet()
    await turned_until(yard, lambda: cards_in(yard.group))
    (anew,) = cards_in(yard.group)
    assert "👥 1 comes" in anew.text
    await yard.tap(yard.tom, anew, (0, 0))
    await yard.settled()
    await yard.world.until(lambda: "👥 2 come" in anew.text)


async def test_a_redraw_that_changes_nothing_is_done(yard: Yard) -> None:
    card = await announce(yard, yard.ales)
    # Pinning it is tried once it is written down: before that there is no card to redraw.
    await yard.world.until(lambda: attempts(yard, "pinChatMessage"))
    for _ in range(2):  # given and taken back
        await yard.tap(yard.nina, card, (0, 0))
    await yard.settled()
    await yard.world.until(lambda: attempts(yard, "editMessageText") == 1)
    await yard.settled(60)
    yard.say(yard.nina, "/help")
    await yard.hears(yard.nina, "Со мной соседям")
    assert attempts(yard, "editMessageText") == 1
    assert cards_in(yard.group) == [card]


async def test_a_redraw_that_failed_is_tried_again(yard: Yard) -> None:
    card = await announce(yard, yard.ales)
    yard.server.faults.add("editMessageText", "500", times=2)
    yard.server.faults.add("editMessageText", "429", retry_after=20)
    await yard.tap(yard.nina, card, (0, 0))
    await turned_until(yard, lambda: "👥 1 comes" in card.text)
    assert cards_in(yard.group) == [card]


async def test_a_card_is_pinned_while_it_matters(yard: Yard) -> None:
    yard.promote_bot()
    await yard.quiet()
    card = await announce(yard, yard.tom)
    await yard.world.until(lambda: card.pinned)
    await yard.tap(yard.tom, card, "⋯")
    await yard.tap(yard.tom, await yard.hears(yard.tom, "The numbers on a card"), "Call it off")
    await yard.tap(yard.tom, await yard.hears(yard.tom, "Really call off"), "Yes")
    await turned_until(yard, lambda: not card.pinned)


async def test_without_the_right_to_pin_the_card_stands_all_the_same(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    await yard.world.until(lambda: attempts(yard, "pinChatMessage"))
    await yard.tap(yard.nina, card, (0, 0))
    await yard.settled()
    await yard.world.until(lambda: "👥 1 comes" in card.text)
    assert not card.pinned


async def test_a_restart_loses_no_row_that_waits(yard: Yard) -> None:
    await held_back(yard)
    await yard.stop()
    yard.clock.turn(timedelta(minutes=1))
    await yard.start()
    await yard.world.until(lambda: cards_in(yard.group))
    await yard.settled(300)
    yard.say(yard.nina, "/help")
    await yard.hears(yard.nina, "Со мной соседям")
    assert [REPEAT in card.text for card in cards_in(yard.group)] == [False]


async def test_stopping_in_the_middle_of_sending_records_what_was_sent(yard: Yard) -> None:
    fault = yard.server.faults.add("sendMessage", "delay", seconds=0.4, when=is_card)
    await publish(yard)
    await yard.world.until(lambda: fault.struck)
    await yard.restart()
    await yard.settled(600)
    yard.say(yard.nina, "/help")
    await yard.hears(yard.nina, "Со мной соседям")
    assert [REPEAT in card.text for card in cards_in(yard.group)] == [False]


async def test_a_post_that_comes_much_later_says_so(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    fault = yard.server.faults.add(
        "sendMessage", "500", times=8, when=lambda p: "is called off" in p.text("text")
    )
    await yard.tap(yard.tom, card, "⋯")
    await yard.tap(yard.tom, await yard.hears(yard.tom, "The numbers on a card"), "Call it off")
    await yard.tap(yard.tom, await yard.hears(yard.tom, "Really call off"), "Yes")
    await turned_until(yard, lambda: fault.struck == 8, 60)
    told = "is called off"
    await turned_until(yard, lambda: any(told in m.text for m in yard.group.messages), 600)
    assert "(late" in (await yard.hears(yard.nina, told)).text


async def test_what_changes_while_it_is_redrawn_is_seen_too(yard: Yard) -> None:
    card = await announce(yard, yard.ales)
    held = yard.server.faults.add("editMessageText", "hold")
    await yard.tap(yard.nina, card, (0, 0))
    await turned_until(yard, lambda: "👥 1 comes" in card.text)
    await yard.tap(yard.tom, card, (0, 0))
    held.released.set()
    await turned_until(yard, lambda: "👥 2 come" in card.text)


def look_nowhere(work: UnitOfWork) -> datetime | None:
    return work.session.execute(text("SELECT due_at FROM nowhere")).scalar()


async def test_what_cant_be_looked_up_holds_up_nobody(bare_yard: Yard) -> None:
    yard = bare_yard
    broken = Feature(name="broken", due=(DueSource(lambda _work: None, look_nowhere),))
    await yard.move_in(broken, TRIAL)
    assert yard.app is not None
    await yard.app.store.run(post_board, Place(yard.group.id), 1)
    await yard.card("The board")
    await yard.stop()
    assert yard.log.errors
    assert all("couldn't be looked up" in line for line in yard.log.errors)


async def test_what_cant_be_drawn_holds_up_nobody(bare_yard: Yard) -> None:
    yard = bare_yard
    await yard.move_in(TRIAL)
    other = yard.world.add_group("Yard 6", yard.vera, members=[yard.tom])
    yard.world.add_bot(other, by=yard.vera)
    await yard.hears(yard.tom, "Hello, neighbours", other)
    assert yard.app is not None
    await yard.app.store.run(post_spoiled, Place(yard.group.id))
    await yard.app.store.run(post_board, Place(other.id), 1)
    await yard.card("The board", other)
    await yard.stop()  # the turn that met the spoiled one is over
    (line,) = yard.log.errors
    assert "a post couldn't be made" in line


@pytest.mark.databases("sqlite")  # the trigger is written for it
async def test_what_cant_be_claimed_lets_nothing_overtake_what_is_on_its_way(
    bare_yard: Yard,
) -> None:
    yard = bare_yard
    await yard.move_in()
    other = yard.world.add_group("Yard 6", yard.vera, members=[yard.tom])
    yard.world.add_bot(other, by=yard.vera)
    await remind(yard, "today 13:00 First")
    await remind(yard, "today 13:01 Second")
    await remind(yard, "today 13:00 Elsewhere", chat=other)
    assert yard.app is not None
    await yard.app.store.run(refuse_claims, other.id)
    slow = yard.server.faults.add(
        "sendMessage", "delay", seconds=1.5, when=lambda params: "First" in params.text("text")
    )
    yard.clock.turn(timedelta(hours=1))
    await yard.world.until(lambda: slow.struck)
    await turned_until(yard, lambda: posts(yard, "Second"), 30)
    assert posts(yard, "First")
    await yard.stop()
    assert yard.log.errors
    assert all("couldn't be served" in line for line in yard.log.errors)


def refuse_claims(work: UnitOfWork, telegram_id: int) -> None:
    chat = chats.find(work.session, telegram_id)
    assert chat is not None
    work.session.execute(
        text(
            "CREATE TRIGGER refuse BEFORE UPDATE ON outbox "
            f"WHEN new.state = 'sending' AND new.chat_id = {chat.id} "
            "BEGIN SELECT RAISE(ABORT, 'not now'); END"
        )
    )
