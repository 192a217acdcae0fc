"""What Telegram refuses holds up no more than itself, and nothing of it is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.store import UnitOfWork
from storage.delivery.outbox import OutboxRow
from storage.reminders import ReminderRow
from tests.actions.announce import CONCERT, announce
from tests.delivery.refusing import AT_ONE, cards_in, general_of, is_card, new_forum, refusals, said
from tests.delivery.test_turn import publish, turned_until
from tests.reminders.reminding import PIXEL, WALK, listing, opener, posts, remind
from tests.yard import Yard, turn_to

pytestmark = pytest.mark.databases("sqlite", "postgresql")  # this is about rows


# One topic


async def test_a_closed_general_holds_up_no_other_topic(yard: Yard) -> None:
    forum, topic = new_forum(yard)
    yard.world.close_topic(forum, general_of(forum))
    yard.world.add_bot(forum, by=yard.vera)
    await yard.world.until(lambda: refusals(yard, "TOPIC_CLOSED"))
    yard.say(yard.tom, CONCERT, chat=forum, topic=topic)
    preview = await yard.hears(yard.tom, "neighbours will see", forum)
    await yard.tap(yard.tom, preview, "Publish")
    await yard.world.until(lambda: cards_in(forum))
    assert cards_in(forum)[0].topic is topic
    assert not said(yard, "Hello, neighbours", forum)
    yard.world.reopen_topic(forum, general_of(forum))
    await turned_until(yard, lambda: said(yard, "Hello, neighbours", forum), 120)
    assert not said(yard, "I couldn't write here", forum)


async def test_what_waits_for_a_closed_topic_is_told_in_the_list(yard: Yard) -> None:
    forum, topic = new_forum(yard)
    yard.world.add_bot(forum, by=yard.vera)
    await yard.hears(yard.tom, "Hello, neighbours", forum)
    await remind(yard, f"today 13:00 {WALK}", chat=forum)
    await remind(yard, "today 13:00 Tea", chat=forum, topic=topic)
    yard.world.close_topic(forum, general_of(forum))
    turn_to(yard, AT_ONE)
    await yard.world.until(lambda: posts(yard, "Tea", forum))
    await yard.world.until(lambda: refusals(yard, "TOPIC_CLOSED"))
    yard.say(yard.vera, "/reminders", chat=forum, topic=topic)
    listed = await yard.hears(yard.vera, "not in the chat yet", forum)
    assert WALK in listed.text
    assert "Its topic is closed." in listed.text
    yard.world.reopen_topic(forum, general_of(forum))
    await turned_until(yard, lambda: posts(yard, WALK, forum), 120)


async def test_where_its_topic_and_general_are_closed_it_waits_for_its_topic(yard: Yard) -> None:
    forum, topic = new_forum(yard)
    yard.world.close_topic(forum, general_of(forum))
    yard.world.add_bot(forum, by=yard.vera)
    await yard.world.until(lambda: refusals(yard, "TOPIC_CLOSED"))
    await remind(yard, f"today 13:00 {WALK}", chat=forum, topic=topic)
    yard.world.close_topic(forum, topic)
    known = refusals(yard, "TOPIC_CLOSED")
    turn_to(yard, AT_ONE)
    await yard.world.until(lambda: refusals(yard, "TOPIC_CLOSED") > known + 1)
    yard.world.reopen_topic(forum, topic)
    await turned_until(yard, lambda: posts(yard, WALK, forum), 120)
    assert posts(yard, WALK, forum)[0].topic is topic


async def test_where_its_topic_is_closed_first_it_comes_back_to_it(yard: Yard) -> None:
    forum, topic = new_forum(yard)
    yard.world.add_bot(forum, by=yard.vera)
    await yard.hears(yard.tom, "Hello, neighbours", forum)
    await remind(yard, f"today 13:00 {WALK}", chat=forum, topic=topic)
    yard.world.close_topic(forum, general_of(forum))
    yard.world.close_topic(forum, topic)
    turn_to(yard, AT_ONE)
    await yard.world.until(lambda: refusals(yard, "TOPIC_CLOSED") > 1)
    yard.world.reopen_topic(forum, topic)
    await turned_until(yard, lambda: posts(yard, WALK, forum), 120)
    assert posts(yard, WALK, forum)[0].topic is topic
    assert "closed or gone" not in posts(yard, WALK, forum)[0].text


async def test_a_closed_topic_and_a_busy_chat_are_no_silence_of_the_chat(yard: Yard) -> None:
    forum, _ = new_forum(yard)
    yard.world.add_bot(forum, by=yard.vera)
    await yard.hears(yard.tom, "Hello, neighbours", forum)
    await remind(yard, f"today 13:00 {WALK}", chat=forum)
    yard.world.close_topic(forum, general_of(forum))
    turn_to(yard, AT_ONE)
    await yard.world.until(lambda: refusals(yard, "TOPIC_CLOSED"))
    yard.world.reopen_topic(forum, general_of(forum))
    yard.server.faults.add(
        "sendMessage", "429", retry_after=5, when=lambda params: WALK in params.text("text")
    )
    await turned_until(yard, lambda: posts(yard, WALK, forum), 120)
    await remind(yard, "in 1 minute Tea", chat=forum)
    yard.clock.turn(timedelta(minutes=1))
    await yard.world.until(lambda: posts(yard, "Tea", forum))
    assert not said(yard, "I couldn't write here", forum)


# One kind of content


async def test_a_protected_chat_stops_copies_alone_and_the_words_come_instead(yard: Yard) -> None:
    mural = yard.world.say(yard.group, yard.nina, "The mural", photo=PIXEL)
    await remind(yard, "every day 13:00", reply_to=mural)
    yard.group.protected = True
    await announce(yard, yard.tom)
    turn_to(yard, AT_ONE)
    await yard.world.until(lambda: posts(yard, "The mural"))
    await yard.hears(yard.tom, "can't be copied now, so I posted the text")
    assert not said(yard, "I couldn't write here")
    yard.group.protected = False
    turn_to(yard, "2026-10-22 10:00")
    await yard.world.until(lambda: len([m for m in yard.group.messages if m.content.photo]) == 2)


async def test_what_has_no_words_and_cant_be_copied_stays(yard: Yard) -> None:
    mural = yard.world.say(yard.group, yard.nina, photo=PIXEL)
    await remind(yard, "today 13:00", reply_to=mural)
    yard.group.protected = True
    turn_to(yard, AT_ONE)
    await yard.hears(yard.tom, "I paused it")
    yard.group.protected = False
    listed = await listing(yard, yard.vera, "1 reminder")
    await yard.tap(yard.vera, listed, opener(1))
    page = await yard.hears(yard.vera, "Paused")
    await yard.tap(yard.vera, page, "Post now")
    await yard.tap(yard.vera, await yard.hears(yard.vera, "instead of later"), (0, 0))
    await yard.world.until(lambda: len([m for m in yard.group.messages if m.content.photo]) == 2)


async def test_each_pause_is_told(yard: Yard) -> None:
    mural = yard.world.say(yard.group, yard.nina, photo=PIXEL)
    await remind(yard, "today 13:00", reply_to=mural)
    yard.group.protected = True
    turn_to(yard, AT_ONE)
    await yard.hears(yard.tom, "I paused it")
    await yard.tap(yard.vera, await listing(yard, yard.vera, "1 reminder"), opener(1))
    page = await yard.hears(yard.vera, "Paused")
    await yard.tap(yard.vera, page, "Post now")
    await yard.tap(yard.vera, await yard.hears(yard.vera, "instead of later"), (0, 0))
    await turned_until(yard, lambda: len(said(yard, "I paused it")) == 2, 5)


async def test_of_a_deleted_reminder_no_word_stays(yard: Yard) -> None:
    await remind(yard, f"today 13:00 {WALK}")
    yard.server.faults.add(
        "sendMessage",
        "error",
        1000,
        description="Bad Request: SOMETHING_NEW",
        when=lambda params: params.text("text").startswith("⏰"),
    )
    turn_to(yard, AT_ONE)
    await yard.hears(yard.vera, "Telegram doesn't take it")
    assert yard.app is not None

    def delete(work: UnitOfWork) -> None:
        (reminder,) = work.session.exec(select(ReminderRow)).all()
        reminder.is_deleted, reminder.undo_until = True, work.now
        work.session.add(reminder)
        work.later.wake()

    await yard.app.store.run(delete)

    def is_forgotten(work: UnitOfWork) -> bool:
        rows = work.session.exec(select(OutboxRow).where(OutboxRow.kind == "reminders.post"))
        return all(row.headline is None and row.refusal is None for row in rows)

    await yard.written(is_forgotten)
    await yard.stop()
    yard.log.errors.clear()  # that is for the operator


@pytest.mark.parametrize("count", [1, 3])
async def test_a_right_that_is_missing_today_destroys_no_copy(yard: Yard, count: int) -> None:
    yard.promote_bot()
    if count > 1:
        album = yard.world.say_album(yard.group, yard.nina, [PIXEL] * count, "The mural")
        await yard.quiet()
    else:
        album = [yard.world.say(yard.group, yard.nina, "The mural", photo=PIXEL)]
    await remind(yard, "every day 13:00", reply_to=album[0])
    yard.world.demote(yard.group, yard.world.bot, yard.vera)
    yard.world.set_permissions(yard.group, can_send_photos=False)
    turn_to(yard, AT_ONE)
    await yard.hears(yard.vera, "doesn't let me send messages of that kind")
    await announce(yard, yard.tom)
    assert not said(yard, "gone")
    yard.world.set_permissions(yard.group, can_send_photos=True)
    before = len([m for m in yard.group.messages if m.content.photo])
    await turned_until(
        yard, lambda: len([m for m in yard.group.messages if m.content.photo]) > before, 120
    )


async def test_what_nobody_can_copy_comes_in_its_words(yard: Yard) -> None:
    mural = yard.world.say(yard.group, yard.nina, "The mural", photo=PIXEL)
    await remind(yard, "today 13:00", reply_to=mural)
    yard.server.faults.add(
        "copyMessage", "error", 2, description="Bad Request: the message can't be copied"
    )
    turn_to(yard, AT_ONE)
    await turned_until(yard, lambda: posts(yard, "The mural"), 2)
    await yard.hears(yard.tom, "can't be copied now, so I posted the text")


async def test_an_album_whose_pictures_are_gone_is_told_and_its_words_come(yard: Yard) -> None:
    yard.promote_bot()
    album = yard.world.say_album(yard.group, yard.nina, [PIXEL] * 3, "The mural")
    await yard.quiet()
    await remind(yard, "today 13:00", reply_to=album[0])
    for picture in album:
        yard.world.delete(picture)
    turn_to(yard, AT_ONE)
    await yard.world.until(lambda: posts(yard, "The mural"))
    await yard.world.until(lambda: said(yard, "For ", yard.group))
    assert refusals(yard, "there are no messages to forward")


async def test_where_words_are_forbidden_pictures_go_on(yard: Yard) -> None:
    mural = yard.world.say(yard.group, yard.nina, photo=PIXEL)
    await remind(yard, "today 13:00", reply_to=mural)
    await remind(yard, f"today 13:00 {WALK}")
    yard.world.set_permissions(yard.group, can_send_messages=False, can_send_photos=True)
    turn_to(yard, AT_ONE)
    await yard.world.until(lambda: refusals(yard, "send text messages"))
    await turned_until(
        yard, lambda: len([m for m in yard.group.messages if m.content.photo]) == 2, 60
    )
    assert not posts(yard, WALK)
    yard.world.set_permissions(yard.group, can_send_messages=True)
    await turned_until(yard, lambda: posts(yard, WALK), 120)


# Words that nobody knows


UNKNOWN = [
    (400, "Bad Request: SOMETHING_NEW_REQUIRED"),
    (400, "Bad Request: have no write access to the chat"),
    (400, "Bad Request: USER_BANNED_IN_CHANNEL"),
    (400, "Bad Request: CHAT_GUEST_SEND_FORBIDDEN"),
    (400, "Bad Request: CHAT_SEND_PLAIN_FORBIDDEN"),
    (400, "Bad Request: need administrator rights in the channel chat"),
    (400, "Bad Request: ALLOW_PAYMENT_REQUIRED_5"),
    (403, "Forbidden: come back on Monday"),
]


@pytest.mark.parametrize(("code", "description"), UNKNOWN)
async def test_a_card_that_is_refused_once_comes_later(
    yard: Yard, code: int, description: str
) -> None:
    yard.server.faults.add("sendMessage", "error", code=code, description=description, when=is_card)
    await publish(yard)
    await yard.world.until(lambda: refusals(yard, description))
    await turned_until(yard, lambda: cards_in(yard.group), 120)
    assert [card for card in cards_in(yard.group) if "(repeat" in card.text] == []
    await yard.stop()
    yard.log.errors.clear()  # that is for the operator


async def test_administrators_read_why_and_try_again_with_a_tap(yard: Yard) -> None:
    yard.server.faults.add(
        "sendMessage", "error", description="Bad Request: SOMETHING_NEW", when=is_card
    )
    await publish(yard)
    notice = await yard.hears(yard.vera, "Telegram doesn't take it")
    assert "Concert in the courtyard" in notice.text
    assert "SOMETHING_NEW" in notice.text
    assert not cards_in(yard.group)
    answer = await yard.tap(yard.tom, notice, "Try now")
    assert not answer.show_alert
    await yard.hears(yard.tom, "an administrator can make me try at once")
    assert not cards_in(yard.group)
    await yard.tap(yard.vera, notice, "Try now")
    await yard.world.until(lambda: cards_in(yard.group))
    answer = await yard.tap(yard.vera, notice, "Try now")
    assert "isn't waiting any more" in (answer.text or "")
    await yard.stop()
    yard.log.errors.clear()  # that is for the operator


async def test_its_pauses_grow_and_other_posts_go_on(yard: Yard) -> None:
    fault = yard.server.faults.add(
        "sendMessage", "error", 1000, description="Bad Request: SOMETHING_NEW", when=is_card
    )
    began = yard.clock.now()
    await publish(yard)
    await remind(yard, f"in 5 minutes {WALK}")
    await turned_until(yard, lambda: posts(yard, WALK), 60)
    await turned_until(yard, lambda: fault.struck >= 4, 300)
    # The first at once, the others after ten minutes, twenty, forty …
    assert yard.clock.now() - began >= timedelta(minutes=10) * (2 ** (fault.struck - 1) - 1)
    yard.server.faults.clear()
    await turned_until(yard, lambda: cards_in(yard.group), 1800)
    await yard.stop()
    yard.log.errors.clear()  # that is for the operator


# A card that can't be redrawn now


async def test_a_redraw_refused_in_unknown_words_posts_no_second_card(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    fault = yard.server.faults.add(
        "editMessageText", "error", description="Bad Request: CHAT_RESTRICTED"
    )
    await yard.tap(yard.nina, card, (0, 0))
    await turned_until(yard, lambda: fault.struck, 2)
    await turned_until(yard, lambda: "👥 1 comes" in card.text, 300)
    assert cards_in(yard.group) == [card]
    await yard.stop()
    yard.log.errors.clear()  # that is for the operator
