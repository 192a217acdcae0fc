"""What /remind posts where it answers a message: its words, a chosen part of them, or a copy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.actions.announce import announce
from tests.reminders.reminding import (
    AT_ONE,
    PIXEL,
    listing,
    marked,
    posted,
    previewed,
    remind,
)
from tests.yard import Yard, turn_to

if TYPE_CHECKING:
    from playground.chats import Chat, Message

CHANNEL = {"id": -1_002_000_000_777, "type": "channel", "title": "Elsewhere"}
ACCOUNT = {"id": 5_000_000_779, "is_bot": False, "first_name": "Somebody"}
FILE = {"file_id": "f1", "file_unique_id": "u1"}
UNCOPYABLE: dict[str, dict[str, Any]] = {
    "story": {"chat": CHANNEL, "id": 7},
    "giveaway": {"chats": [CHANNEL], "winners_selection_date": 1_800_000_000, "winner_count": 1},
    "giveaway_winners": {
        "chat": CHANNEL,
        "giveaway_message_id": 5,
        "winners_selection_date": 1_800_000_000,
        "winner_count": 1,
        "winners": [ACCOUNT],
    },
    "paid_media": {"star_count": 5, "paid_media": [{"type": "preview"}]},
    "checklist": {"title": "To do", "tasks": [{"id": 1, "text": "Tea"}]},
    "invoice": {
        "title": "Tea",
        "description": "A cup",
        "start_parameter": "",
        "currency": "XTR",
        "total_amount": 5,
    },
    "game": {"title": "Chess", "description": "A game", "photo": []},
    "something_new": {"what": "nobody knows yet"},
}
COPYABLE: dict[str, dict[str, Any]] = {
    "sticker": FILE
    | {"type": "regular", "width": 9, "height": 9, "is_animated": False, "is_video": False},
    "voice": FILE | {"duration": 3},
    "video": FILE | {"width": 9, "height": 9, "duration": 3},
    "video_note": FILE | {"length": 9, "duration": 3},
    "audio": FILE | {"duration": 3},
    "animation": FILE | {"width": 9, "height": 9, "duration": 3},
    "dice": {"emoji": "🎲", "value": 3},
    "location": {"latitude": 53.9, "longitude": 27.56},
    "venue": {"location": {"latitude": 53.9, "longitude": 27.56}, "title": "Yard", "address": "5"},
    "contact": {"phone_number": "+375290000000", "first_name": "Somebody"},
}


async def test_a_text_that_is_answered_is_posted_as_it_was(yard: Yard) -> None:
    said = yard.world.say(yard.group, yard.nina, "<b>Tea</b> at five", html=True)
    await remind(yard, "today 13:00", reply_to=said)
    yard.world.delete(said)
    turn_to(yard, AT_ONE)
    assert marked(await posted(yard, "Tea at five")) == {"bold": ["Tea"]}


async def test_what_is_typed_beats_what_is_answered(yard: Yard) -> None:
    said = yard.world.say(yard.group, yard.nina, "Shall we?")
    await remind(yard, "today 13:00 Yes, tea", reply_to=said)
    turn_to(yard, AT_ONE)
    assert (await posted(yard, "Yes, tea")).text == "⏰ Yes, tea"


async def test_a_picture_that_is_answered_is_named_in_the_preview_and_the_list(yard: Yard) -> None:
    mural = yard.world.say(yard.group, yard.nina, "The mural", photo=PIXEL)
    preview = await previewed(yard, "today 13:00", reply_to=mural)
    assert "A copy of your 🖼 picture" in preview.text
    assert "“The mural”" in preview.text
    assert "don't delete the original" in preview.text
    assert "album" not in preview.text
    await yard.tap(yard.vera, preview, "Schedule")
    assert "🖼 picture: The mural" in (await listing(yard, yard.tom, "1 reminder")).text


async def test_of_an_album_a_plain_member_bot_knows_one_picture_and_says_so(yard: Yard) -> None:
    album = yard.world.say_album(yard.group, yard.nina, [PIXEL] * 3, "The mural")
    preview = await previewed(yard, "today 13:00", reply_to=album[0])
    assert "Only this one of the album" in preview.text


async def test_of_a_message_with_a_chosen_quote_that_part_is_posted_as_it_was(yard: Yard) -> None:
    said = yard.world.say(
        yard.group,
        yard.nina,
        '🐈 Hi all. Cats, cats. <b>Water</b> is <a href="https://example.org/water">off</a> today. Bye!',
        html=True,
    )
    await remind(yard, "today 13:00", reply_to=said, quote="Water is off today.")
    turn_to(yard, AT_ONE)
    post = await posted(yard, "Water")
    assert post.text == "⏰ Water is off today."
    assert marked(post) == {"bold": ["Water"], "text_link": ["off"]}


async def test_of_a_pictures_words_a_chosen_quote_is_posted_without_the_picture(yard: Yard) -> None:
    mural = yard.world.say(yard.group, yard.nina, "Our mural. Paint is there at 7.", photo=PIXEL)
    await remind(yard, "today 13:00", reply_to=mural, quote="Paint is there at 7.")
    turn_to(yard, AT_ONE)
    assert (await posted(yard, "Paint")).photo is None


async def test_a_quote_of_another_chat_was_chosen_too(yard: Yard) -> None:
    said = yard.world.say(next_yard(yard), yard.vera, "Hi. <i>Water</i> is off.", html=True)
    await remind(yard, "today 13:00", reply_to=said, quote="Water is off.")
    turn_to(yard, AT_ONE)
    assert marked(await posted(yard, "Water is off.")) == {"italic": ["Water"]}


@pytest.mark.parametrize("line", ["today 13:00", ""])
async def test_a_message_of_another_chat_is_elsewhere(yard: Yard, line: str) -> None:
    said = yard.world.say(next_yard(yard), yard.vera, "Hi. Water is off.")
    yard.say(yard.vera, f"/remind {line}", reply_to=said)
    await yard.hears(yard.vera, "Forward it here first")


async def test_a_message_of_another_topic_is_elsewhere(yard: Yard) -> None:
    forum = yard.world.add_group("Forum", yard.vera, forum=True)
    yard.world.add_bot(forum, by=yard.vera)
    news, talk = (yard.world.add_topic(forum, name, yard.vera) for name in ("News", "Talk"))
    said = yard.world.say(forum, yard.vera, "Hi", topic=news)
    yard.say(yard.vera, "/remind today 13:00", chat=forum, topic=talk, reply_to=said)
    await yard.hears(yard.vera, "Forward it here first", forum)
    yard.say(yard.vera, "/remind today 13:00", chat=forum, topic=talk)
    await yard.hears(yard.vera, "what should I say", forum)


@pytest.mark.parametrize("kind", UNCOPYABLE)
@pytest.mark.parametrize("line", ["today 13:00", ""])
async def test_what_telegram_never_copies_is_refused_as_that(
    yard: Yard, kind: str, line: str
) -> None:
    said = yard.world.say(yard.group, yard.nina, other={kind: UNCOPYABLE[kind]})
    yard.say(yard.vera, f"/remind {line}", reply_to=said)
    await yard.hears(yard.vera, "copy a message of that kind")


async def test_an_answer_to_a_story_is_refused_as_that(yard: Yard) -> None:
    yard.say(yard.vera, "/remind today 13:00", reply_to_story=True)
    await yard.hears(yard.vera, "copy a message of that kind")


@pytest.mark.parametrize("kind", COPYABLE)
async def test_every_other_kind_is_copied(yard: Yard, kind: str) -> None:
    said = yard.world.say(yard.group, yard.nina, other={kind: COPYABLE[kind]})
    await remind(yard, "today 13:00", reply_to=said)
    turn_to(yard, AT_ONE)
    await yard.world.until(lambda: kind in (newest_of_bot(yard).content.other or {}))


async def test_words_of_ones_own_need_nothing_copied(yard: Yard) -> None:
    joined = next(message for message in yard.group.messages if message.service)
    await remind(yard, "today 13:00 Yes, tea", reply_to=joined)
    await remind(yard, "today 13:00 And cake", reply_to_story=True)
    turn_to(yard, AT_ONE)
    await posted(yard, "Yes, tea")
    await posted(yard, "And cake")


@pytest.mark.parametrize("line", ["today 13:00", ""])
async def test_a_picture_with_the_command_as_its_caption_must_be_sent_first(
    yard: Yard, line: str
) -> None:
    yard.say(yard.vera, f"/remind {line}", photo=PIXEL)
    await yard.hears(yard.vera, "send the picture or file by itself first")


async def test_a_quiz_whose_answer_is_known_is_copied(yard: Yard) -> None:
    quiz = yard.world.new_poll("Who?", ["Me", "You"], quiz=True) | {"correct_option_ids": [0]}
    await remind(yard, "today 13:00", reply_to=yard.world.say(yard.group, yard.nina, poll=quiz))
    turn_to(yard, AT_ONE)
    await yard.world.until(lambda: newest_of_bot(yard).content.poll)


async def test_what_can_not_be_copied_is_refused_kindly(yard: Yard) -> None:
    quiz = yard.world.say(
        yard.group, yard.nina, poll=yard.world.new_poll("Who?", ["Me", "You"], quiz=True)
    )
    yard.say(yard.vera, "/remind today 13:00", reply_to=quiz)
    await yard.hears(yard.vera, "doesn't let me copy a quiz")
    mural = yard.world.say(yard.group, yard.nina, photo=PIXEL)
    yard.group.protected = True
    yard.say(yard.vera, "/remind today 13:00", reply_to=mural)
    await yard.hears(yard.vera, "nobody may copy its messages")


async def test_a_line_of_telegrams_own_is_refused_as_that(yard: Yard) -> None:
    joined = next(message for message in yard.group.messages if message.service)
    yard.say(yard.vera, "/remind today 13:00", reply_to=joined)
    await yard.hears(yard.vera, "copy a message of that kind")


def next_yard(yard: Yard) -> Chat:
    """A group of Vera's in which the bot isn't."""
    return yard.world.add_group("Yard 6", yard.vera)


def newest_of_bot(yard: Yard) -> Message:
    return next(m for m in reversed(yard.group.messages) if m.sender is yard.world.bot)


async def test_who_reminds_of_an_action_after_it_is_told_so(yard: Yard) -> None:
    card = await announce(yard, yard.vera, "/action tomorrow 19:00 Concert")
    preview = await previewed(yard, "friday 12:00", reply_to=card)
    assert "⚠️ This comes only after what it reminds of: Thursday 22 October, 19:00." in preview.text
    await yard.tap(yard.vera, preview, "Another time")
    await yard.world.until(lambda: "On which day?" in preview.text)
    assert yard.labels(preview) == ["Today", "Tomorrow", "Cancel"]


async def test_who_reminds_of_an_action_before_it_isnt_doubted(yard: Yard) -> None:
    card = await announce(yard, yard.vera, "/action tomorrow 19:00 Concert")
    preview = await previewed(yard, "tomorrow 12:00", reply_to=card)
    assert "earlier" not in preview.text
