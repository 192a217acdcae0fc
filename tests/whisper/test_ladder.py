"""Every rung of the ladder by which the bot tells one person something inside a group."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.app import FEATURES
from playground.chats import Message
from playground.faults import Fault
from playground.people import Person
from storage.delivery.removals import RemovalRow
from tests.trial import LONG_WORDS, SECRET_WORDS, TRIAL
from tests.yard import Yard

pytestmark = pytest.mark.databases("sqlite")

LOOK_BELOW = "Look below: only you see it."
PAST = "/action yesterday 19:00 Tea"  # which is refused


def ever_public(yard: Yard, containing: str) -> list[Message]:
    """Ordinary messages with these words, also those deleted since."""
    return [m for m in yard.group.log if containing in m.text and not m.is_ephemeral]


def whispers_to(yard: Yard, person: Person) -> list[Message]:
    return [m for m in yard.group.log if m.is_ephemeral and m.receiver is person]


async def public_times(yard: Yard, times: int, containing: str) -> None:
    await yard.world.until(lambda: len(ever_public(yard, containing)) >= times)


async def struck(yard: Yard, fault: Fault) -> None:
    await yard.world.until(lambda: fault.struck)


async def reads(yard: Yard, message: Message, text: str) -> None:
    """Wait until a page is turned: its tap is answered before."""
    await yard.world.until(lambda: message.text == text)


async def vanished(yard: Yard, message: Message) -> None:
    await yard.world.until(lambda: message.deleted)


async def test_in_private_a_plain_message(trial_yard: Yard) -> None:
    yard = trial_yard
    yard.world.start(yard.tom)
    yard.say(yard.tom, "/secret", chat=yard.world.private(yard.tom))
    await yard.hears(yard.tom, SECRET_WORDS, yard.world.private(yard.tom))


async def test_a_tap_is_answered_by_a_whisper(trial_yard: Yard, board: Message) -> None:
    yard = trial_yard
    answer = await yard.tap(yard.tom, board, "Secret")
    assert answer.text == LOOK_BELOW
    whisper = await yard.hears(yard.tom, SECRET_WORDS)
    assert whisper.is_ephemeral
    assert not ever_public(yard, SECRET_WORDS)
    assert board.text == "The board"
    assert len(whispers_to(yard, yard.tom)) == 1


async def test_a_whispered_page_turns_in_place(trial_yard: Yard, board: Message) -> None:
    yard = trial_yard
    await yard.tap(yard.tom, board, "Page")
    page = await yard.hears(yard.tom, "Page 1")
    await yard.tap(yard.tom, page, "Next")
    await reads(yard, page, "Page 2")
    await yard.tap(yard.tom, page, "Finish")
    await reads(yard, page, "All right, nothing was posted.")
    assert len(whispers_to(yard, yard.tom)) == 1


async def test_a_whispered_page_that_is_gone_is_whispered_anew(
    trial_yard: Yard, board: Message
) -> None:
    yard = trial_yard
    await yard.tap(yard.tom, board, "Page")
    page = await yard.hears(yard.tom, "Page 1")
    yard.server.faults.add(
        "editEphemeralMessageText", "error", description="Bad Request: message to edit not found"
    )
    await yard.tap(yard.tom, page, "Next")
    anew = await yard.hears(yard.tom, "Page 2")
    assert anew.is_ephemeral
    assert anew is not page


async def test_an_ephemeral_command_is_answered_unseen(trial_yard: Yard) -> None:
    yard = trial_yard
    before = list(yard.group.messages)
    command = yard.say(yard.tom, "/secret")
    assert command.is_ephemeral
    whisper = await yard.hears(yard.tom, SECRET_WORDS)
    assert whisper.is_ephemeral
    assert whisper.reply_to is command
    assert yard.group.messages == before


async def test_an_ephemeral_command_is_never_answered_in_public(trial_yard: Yard) -> None:
    yard = trial_yard
    before = list(yard.group.messages)
    yard.server.faults.add("sendMessage", "error", description="Bad Request: EPHEMERAL_NOT_ALLOWED")
    yard.say(yard.tom, "/secret")
    yard.say(yard.nina, "/secret")
    await yard.hears(yard.nina, SECRET_WORDS)
    assert yard.group.messages == before


async def test_an_administrator_whispers_the_answer_to_a_typed_command(trial_yard: Yard) -> None:
    yard = trial_yard
    yard.promote_bot()
    yard.say(yard.tom, "/pages")
    page = await yard.hears(yard.tom, "Page 1")
    assert page.is_ephemeral
    yard.say(yard.nina, "/openly")
    assert (await yard.hears(yard.nina, SECRET_WORDS)).is_ephemeral


async def test_a_short_text_is_an_alert_and_a_long_one_a_whisper(
    trial_yard: Yard, board: Message
) -> None:
    yard = trial_yard
    answer = await yard.tap(yard.tom, board, "Short")
    assert (answer.text, answer.show_alert) == ("A short answer", True)
    assert not whispers_to(yard, yard.tom)
    await yard.tap(yard.tom, board, "Long")
    assert (await yard.hears(yard.tom, LONG_WORDS.strip())).is_ephemeral


async def test_what_must_be_typed_leads_into_private(trial_yard: Yard, board: Message) -> None:
    yard = trial_yard
    private = await yard.follow(yard.tom, await yard.tap(yard.tom, board, "Type"))
    await yard.hears(yard.tom, "Now type", private)


async def test_a_whisper_that_was_lost_is_found_by_a_second_tap(
    trial_yard: Yard, board: Message
) -> None:
    yard = trial_yard
    yard.world.lose_ephemeral = True
    assert (await yard.tap(yard.tom, board, "Secret")).text == LOOK_BELOW
    yard.clock.turn(timedelta(seconds=100))
    private = await yard.follow(yard.tom, await yard.tap(yard.tom, board, "Secret"))
    await yard.hears(yard.tom, SECRET_WORDS, private)


async def test_a_page_in_private_leads_back_to_where_one_came_from(
    trial_yard: Yard, board: Message
) -> None:
    yard = trial_yard
    yard.world.lose_ephemeral = True
    await yard.tap(yard.tom, board, "Page")
    private = await yard.follow(yard.tom, await yard.tap(yard.tom, board, "Page"))
    page = await yard.hears(yard.tom, "Page 1", private)
    back = yard.world.tap(yard.tom, page, "Back to the chat")
    assert back.endswith(f"/{board.message_id}")
    await yard.tap(yard.tom, page, "Next")
    await reads(yard, page, "Page 2")
    assert yard.world.tap(yard.tom, page, "Back to the chat") == back
    await yard.tap(yard.tom, page, "Finish")
    await reads(yard, page, "All right, nothing was posted.")
    assert yard.labels(page) == ["💬 Back to the chat"]


async def test_who_came_from_two_chats_is_led_back_to_none(
    trial_yard: Yard, board: Message
) -> None:
    yard = trial_yard
    other = yard.world.add_group("Yard 6", yard.vera, kind="supergroup", members=[yard.tom])
    yard.world.add_bot(other, by=yard.vera)
    await yard.hears(yard.tom, "Hello, neighbours", other)
    yard.say(yard.vera, "/board", chat=other)
    second = await yard.card("The board", other)
    yard.world.lose_ephemeral = True
    await yard.tap(yard.tom, board, "Page")
    private = await yard.follow(yard.tom, await yard.tap(yard.tom, board, "Page"))
    page = await yard.hears(yard.tom, "Page 1", private)
    assert "💬 Back to the chat" in yard.labels(page)
    await yard.tap(yard.tom, second, "Page")
    await yard.follow(yard.tom, await yard.tap(yard.tom, second, "Page"))
    await yard.world.until(
        lambda: private.messages[-1].text == "Page 1" and private.messages[-1] is not page
    )
    assert "💬 Back to the chat" not in yard.labels(private.messages[-1])


async def test_a_page_that_goes_on_in_private_leaves_the_group(trial_yard: Yard) -> None:
    yard = trial_yard
    command = yard.say(yard.tom, "/pages")
    page = await yard.hears(yard.tom, "Page 1")
    private = await yard.follow(yard.tom, await yard.tap(yard.tom, page, "Type"))
    asked = await yard.hears(yard.tom, "Now type", private)
    await vanished(yard, page)
    back = yard.world.tap(yard.tom, asked, "Back to the chat")
    assert back.endswith(f"/{command.message_id}"), "not to what is gone"


async def test_a_tap_after_two_minutes_is_a_first_one(trial_yard: Yard, board: Message) -> None:
    yard = trial_yard
    await yard.tap(yard.tom, board, "Secret")
    yard.clock.turn(timedelta(seconds=121))
    assert (await yard.tap(yard.tom, board, "Secret")).text == LOOK_BELOW
    assert len(whispers_to(yard, yard.tom)) == 2


async def test_where_the_group_is_full_a_tap_leads_into_private(
    trial_yard: Yard, board: Message
) -> None:
    yard = trial_yard
    for number in range(14):  # that is all that a minute holds for single people
        neighbour = yard.world.add_person(f"Neighbour {number}")
        yard.world.join(yard.group, neighbour)
        yard.say(neighbour, "/pages")
        await public_times(yard, number + 1, "Page 1")
    private = await yard.follow(yard.tom, await yard.tap(yard.tom, board, "Secret"))
    await yard.hears(yard.tom, SECRET_WORDS, private)
    assert not whispers_to(yard, yard.tom)


async def test_a_refused_whisper_leads_into_private(trial_yard: Yard, board: Message) -> None:
    yard = trial_yard
    yard.server.faults.add("sendMessage", "429", retry_after=20)
    private = await yard.follow(yard.tom, await yard.tap(yard.tom, board, "Secret"))
    await yard.hears(yard.tom, SECRET_WORDS, private)


# A server without ephemeral messages


@pytest.fixture
async def old_yard(bare_yard: Yard) -> Yard:
    """A courtyard on an older Bot API server, bot not started yet."""
    bare_yard.world.ephemeral_supported = False
    bare_yard.features = (*FEATURES, TRIAL)
    return bare_yard


async def joined(yard: Yard) -> Message:
    await yard.move_in()
    yard.say(yard.vera, "/board")
    return await yard.card("The board")


async def test_an_older_server_is_known_at_start(old_yard: Yard) -> None:
    yard = old_yard
    board = await joined(yard)
    sent = len(yard.group.log)
    private = await yard.follow(yard.tom, await yard.tap(yard.tom, board, "Secret"))
    await yard.hears(yard.tom, SECRET_WORDS, private)
    assert len(yard.group.log) == sent
    assert not yard.log.errors


@pytest.mark.parametrize("button", ["Secret", "Page"])
async def test_a_server_that_posts_whispers_in_public_gets_one_harmless_message(
    old_yard: Yard, button: str
) -> None:
    yard = old_yard
    yard.server.faults.add(
        "deleteEphemeralMessage", "error", description="Bad Request: chat not found"
    )
    # The stand-in knows no such method at all then, so its refusal is put into the fault's words here.
    yard.world.ephemeral_supported = True
    await yard.start()
    yard.world.ephemeral_supported = False
    yard.world.add_bot(yard.group, by=yard.vera)
    await yard.hears(yard.tom, "Hello, neighbours")
    yard.say(yard.vera, "/board")
    board = await yard.card("The board")

    answer = await yard.tap(yard.tom, board, button)
    (harmless,) = ever_public(yard, "One moment")
    await vanished(yard, harmless)
    assert answer.url is not None
    again = await yard.tap(yard.nina, board, button)
    assert again.url is not None
    assert len(ever_public(yard, "One moment")) == 1
    assert not ever_public(yard, SECRET_WORDS)
    assert not ever_public(yard, "Page 1")
    (line,) = yard.log.errors
    assert "posts whispers in public" in line


# Ordinary replies


async def test_a_typed_command_gets_a_reply_that_vanishes(trial_yard: Yard) -> None:
    yard = trial_yard
    command = yard.say(yard.tom, "/pages")
    reply = await yard.hears(yard.nina, "Page 1")
    assert reply.reply_to is command
    await yard.written(lambda work: work.session.exec(select(RemovalRow)).all())
    await yard.settled(595)
    assert not reply.deleted
    yard.clock.turn(timedelta(seconds=6))
    await vanished(yard, reply)


async def test_a_refusal_stays_as_long_as_one_reads_and_types(trial_yard: Yard) -> None:
    yard = trial_yard
    yard.say(yard.vera, "/timezone Nowhere", ephemeral=False)
    refusal = await yard.asks(yard.vera, "I don't know that place")
    await yard.settled(595)
    assert not refusal.deleted
    yard.clock.turn(timedelta(seconds=6))
    await vanished(yard, refusal)


async def test_the_next_command_takes_the_place_of_a_refusal(trial_yard: Yard) -> None:
    yard = trial_yard
    command = yard.say(yard.vera, "/timezone Nowhere", ephemeral=False)
    refusal = await yard.asks(yard.vera, "I don't know that place")
    yard.say(yard.nina, "/pages")
    await yard.hears(yard.nina, "Page 1")
    assert not refusal.deleted
    yard.say(yard.vera, "/quiet never ever", ephemeral=False)
    newer = await yard.asks(yard.vera, "From when until when")
    await vanished(yard, refusal)
    assert not newer.deleted
    assert not command.deleted  # a member may not take away what others wrote


@pytest.mark.parametrize("unseen", [False, True])
async def test_where_the_bot_may_what_was_refused_goes_as_well(
    trial_yard: Yard, unseen: bool
) -> None:
    yard = trial_yard
    yard.promote_bot()
    command = yard.say(yard.vera, "/timezone Nowhere", ephemeral=unseen)
    refusal = await yard.asks(yard.vera, "I don't know that place")
    assert refusal.is_ephemeral
    yard.say(yard.vera, "/pages")
    page = await yard.hears(yard.vera, "Page 1")
    await vanished(yard, refusal)
    await yard.world.until(lambda: command.deleted or unseen)
    assert not page.deleted


async def test_what_was_refused_goes_with_its_refusal(trial_yard: Yard) -> None:
    yard = trial_yard
    yard.promote_bot()
    command = yard.say(yard.vera, "/timezone Nowhere", ephemeral=False)
    await yard.asks(yard.vera, "I don't know that place")
    yard.clock.turn(timedelta(minutes=11))
    await vanished(yard, command)


async def test_a_picture_isnt_taken_away_with_its_words(trial_yard: Yard) -> None:
    yard = trial_yard
    yard.promote_bot()
    picture = yard.say(yard.vera, "/timezone Nowhere", photo=b"\x89PNG\r\n\x1a\n" + bytes(16))
    refusal = await yard.asks(yard.vera, "I don't know that place")
    yard.say(yard.vera, "/pages")
    await vanished(yard, refusal)
    assert not picture.deleted


async def test_removals_outlive_a_restart(trial_yard: Yard) -> None:
    yard = trial_yard
    yard.say(yard.tom, "/pages")
    reply = await yard.hears(yard.nina, "Page 1")
    await yard.quiet()
    await yard.stop()
    yard.clock.turn(timedelta(minutes=11))
    await yard.start()
    await vanished(yard, reply)


@pytest.mark.parametrize("in_topic", [False, True])
async def test_a_reply_obeys_its_author_only(trial_yard: Yard, in_topic: bool) -> None:
    yard = trial_yard
    topic = None
    if in_topic:
        group = yard.world.add_group("Forum", yard.vera, forum=True, members=[yard.tom, yard.nina])
        yard.world.add_bot(group, by=yard.vera)
        topic = yard.world.add_topic(group, "Events", yard.vera)
        yard.group = group
    yard.say(yard.tom, "/pages", topic=topic)
    reply = await yard.hears(yard.nina, "Page 1")
    answer = await yard.tap(yard.vera, reply, "Next")
    assert (answer.text or "").startswith("This one belongs to a neighbour")
    assert reply.text == "Page 1"
    await yard.tap(yard.tom, reply, "Next")
    await reads(yard, reply, "Page 2")
    await yard.tap(yard.tom, reply, "Finish")
    await vanished(yard, reply)


async def test_a_card_in_a_topic_is_nobodys_page(trial_yard: Yard) -> None:
    """Everything in a topic looks like a reply to its first message."""
    yard = trial_yard
    group = yard.world.add_group("Forum", yard.vera, forum=True, members=[yard.tom])
    yard.world.add_bot(group, by=yard.vera)
    topic = yard.world.add_topic(group, "Events", yard.vera)
    yard.say(yard.vera, "/board", chat=group, topic=topic)
    card = await yard.card("The board", group)
    assert card.topic is topic
    await yard.tap(yard.tom, card, "Page")
    page = await yard.hears(yard.tom, "Page 1", group)
    assert page.is_ephemeral
    assert page.topic is topic
    assert card.text == "The board"


async def test_a_reply_that_is_gone_is_answered_all_the_same(trial_yard: Yard) -> None:
    yard = trial_yard
    yard.say(yard.tom, "/pages")
    reply = await yard.hears(yard.tom, "Page 1")
    yard.server.faults.add(
        "editMessageText", "error", description="Bad Request: message to edit not found"
    )
    await yard.tap(yard.tom, reply, "Next")
    await yard.hears(yard.tom, "Page 2")


async def test_nothing_private_is_replied_in_public(trial_yard: Yard) -> None:
    yard = trial_yard
    yard.say(yard.tom, "/openly")
    reply = await yard.hears(yard.tom, "This is for your eyes only")
    stranger = await yard.tap(yard.vera, reply, (0, 0))
    assert (stranger.text or "").startswith("This one belongs to a neighbour")
    await yard.tap(yard.tom, reply, (0, 0))
    assert (await yard.hears(yard.tom, SECRET_WORDS)).is_ephemeral
    assert not ever_public(yard, SECRET_WORDS)


async def test_the_reply_that_led_there_goes_when_no_second_tap_is_to_be_expected(
    trial_yard: Yard,
) -> None:
    yard = trial_yard
    yard.say(yard.tom, "/openly")
    reply = await yard.hears(yard.tom, "This is for your eyes only")
    await yard.tap(yard.tom, reply, (0, 0))
    await yard.hears(yard.tom, SECRET_WORDS)
    assert not reply.deleted
    await yard.restart()  # that it will go is recorded by now
    yard.clock.turn(timedelta(minutes=3))
    await yard.world.until(lambda: reply.deleted)


# Anonymous administrators


async def test_an_anonymous_administrator_gets_replies_and_nothing_private(
    trial_yard: Yard,
) -> None:
    yard = trial_yard
    yard.world.set_anonymous(yard.group, yard.vera)
    yard.say(yard.vera, "/pages")
    reply = await yard.hears(yard.vera, "Page 1")
    await yard.tap(yard.vera, reply, "Next")
    await reads(yard, reply, "Page 2")
    yard.say(yard.vera, "/openly")
    await yard.hears(yard.vera, "You are writing as an anonymous administrator")
    assert not ever_public(yard, SECRET_WORDS)
