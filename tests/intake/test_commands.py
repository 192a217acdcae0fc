"""What looks like a command and isn't one, and texts that no keyboard makes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from playground.chats import Message
from playground.people import Account
from tests.actions.announce import announce
from tests.yard import Yard

pytestmark = pytest.mark.databases("sqlite")

CAN_NOT_SPEAK = "🙊"
WORDS_ONLY = "I've taken the words alone"
PIXEL = b"\x89PNG\r\n\x1a\n" + bytes(8) + (1).to_bytes(4, "big") * 2
CONCERT = "/action tomorrow 19:00 Concert @ Fountain"


def raw_message(yard: Yard, text: str | None, **fields: Any) -> dict[str, Any]:
    """A message update of Tom's in the group, as Telegram would send it."""
    command = (text or "").split()[0] if (text or "").startswith("/") else ""
    message: dict[str, Any] = {
        "message_id": 900_000,
        "from": yard.tom.json(),
        "chat": yard.group.json(),
        "date": int(yard.clock.now().timestamp()),
    }
    if text is not None:
        message["text"] = text
    if command:
        entity = {"type": "bot_command", "offset": 0, "length": len(command)}
        message["entities"] = [entity]
    return {"message": message | fields}


async def said_nothing(yard: Yard, before: int) -> None:
    """The bot has taken everything and written nothing since, in the group or to Tom."""
    await yard.quiet()
    log = [*yard.group.log, *yard.world.private(yard.tom).log]
    assert [m for m in log if m.sender is yard.world.bot][before:] == []


def told(yard: Yard, containing: str) -> list[Message]:
    """What the bot has ever said with these words in the group."""
    return [m for m in yard.group.log if containing in m.text and m.sender is yard.world.bot]


def words_of_bot(yard: Yard) -> int:
    log = [*yard.group.log, *yard.world.private(yard.tom).log]
    return len([m for m in log if m.sender is yard.world.bot])


async def test_an_edited_message_is_no_command(yard: Yard) -> None:
    before = words_of_bot(yard)
    message = yard.say(yard.tom, "no command at all")
    yard.world.edit(yard.group, yard.tom, message, CONCERT)
    await said_nothing(yard, before)


@pytest.mark.parametrize("author", ["person", "somebody hidden"])
async def test_a_forwarded_command_does_nothing(yard: Yard, author: str) -> None:
    before = words_of_bot(yard)
    yard.say(yard.tom, CONCERT, forward_from=yard.nina if author == "person" else "Hidden")
    yard.world.start(yard.nina)
    await yard.world.until(lambda: yard.world.private(yard.nina).messages[1:])
    yard.say(yard.tom, "/help", forward_from=yard.nina)
    await said_nothing(yard, before)


async def test_what_an_inline_bot_wrote_does_nothing(yard: Yard) -> None:
    before = words_of_bot(yard)
    inline = Account(5_000_000_778, "Inline", username="inline_bot", is_bot=True)
    yard.say(yard.tom, CONCERT, via_bot=inline, ephemeral=False)
    yard.say(yard.vera, "/erase", via_bot=inline, ephemeral=False)
    await said_nothing(yard, before)


BUSINESS_BOT = Account(5_000_000_779, "Helper", username="helper_bot", is_bot=True)


@pytest.mark.parametrize("field", ["via_bot", "sender_business_bot"])
@pytest.mark.parametrize("place", ["text", "caption", "reply", "unreadable", "channel", "private"])
async def test_what_a_bot_put_into_somebodys_mouth_does_nothing(
    yard: Yard, field: str, place: str
) -> None:
    before = words_of_bot(yard)
    update = raw_message(yard, CONCERT, **{field: BUSINESS_BOT.json()})
    message = update["message"]
    if place == "caption":
        message["caption"], message["caption_entities"] = message.pop("text"), message["entities"]
        message["photo"] = []
    elif place == "reply":
        message["reply_to_message"] = yard.group.messages[0].json()
    elif place == "unreadable":
        message["reply_markup"] = {"inline_keyboard": 7}
    elif place == "channel":
        message["sender_chat"] = {"id": -1_009, "type": "channel", "title": "Elsewhere"}
    elif place == "private":
        message["chat"] = yard.world.private(yard.tom).json()
    yard.world.push(update)
    await said_nothing(yard, before)


async def test_what_a_bot_answers_to_a_question_in_private_is_no_answer(yard: Yard) -> None:
    card = await announce(yard, yard.tom)
    await yard.tap(yard.tom, card, "⋯")
    page = await yard.hears(yard.tom, "The numbers on a card")
    private = await yard.follow(yard.tom, await yard.tap(yard.tom, page, "Words"))
    question = await yard.hears(yard.tom, "How should it read", private)
    update = raw_message(yard, "tomorrow 20:00 Tea @ Fountain", via_bot=BUSINESS_BOT.json())
    update["message"]["chat"] = private.json()
    yard.world.push(update)
    await yard.quiet()
    assert private.messages[-1] is question


async def test_the_groups_own_channel_has_no_say(yard: Yard) -> None:
    before = words_of_bot(yard)
    yard.world.channel_post(yard.group, CONCERT)
    await said_nothing(yard, before)


async def test_who_writes_as_a_channel_is_told_once_a_day_and_else_gets_a_reaction(
    yard: Yard,
) -> None:
    hint = "writing as a channel"
    first = yard.say(yard.tom, CONCERT, as_channel=True, ephemeral=False)
    assert (await yard.hears(yard.nina, hint)).reply_to is first
    second = yard.say(yard.tom, CONCERT, as_channel=True, ephemeral=False)
    await yard.world.until(lambda: CAN_NOT_SPEAK in second.reactions.get(yard.world.bot.id, []))
    assert len(told(yard, hint)) == 1
    yard.clock.turn(timedelta(days=1))
    yard.say(yard.tom, "/actions", as_channel=True, ephemeral=False)
    await yard.world.until(lambda: len(told(yard, hint)) == 2)
    assert not first.reactions


async def test_a_channel_gets_no_hint_for_what_is_no_command_of_ours(yard: Yard) -> None:
    before = words_of_bot(yard)
    for text in ("/unheard_of", "/action@other_bot x", "Hello from the channel"):
        said = yard.say(yard.tom, text, as_channel=True, ephemeral=False)
    await said_nothing(yard, before)
    assert not said.reactions


async def test_other_bots_have_no_say(yard: Yard) -> None:
    before = words_of_bot(yard)
    other = Account(5_000_000_777, "Other", username="other_bot", is_bot=True)
    yard.world.push(raw_message(yard, CONCERT, **{"from": other.json()}))
    await said_nothing(yard, before)


@pytest.mark.parametrize("privacy_mode", [True, False])
async def test_a_command_to_another_bot_is_not_ours(yard: Yard, privacy_mode: bool) -> None:
    yard.world.bot.privacy_mode = privacy_mode
    before = words_of_bot(yard)
    yard.say(yard.tom, "/action@other_bot tomorrow 19:00 Concert")
    yard.say(yard.tom, "just chatting, /help or not")
    yard.say(yard.tom, "/unheard_of")
    await said_nothing(yard, before)


async def test_a_command_by_the_bots_full_name_is_ours(yard: Yard) -> None:
    yard.say(yard.tom, "/action@dvor_bot tomorrow 19:00 Concert @ Fountain")
    await yard.hears(yard.tom, "This is how neighbours will see it")


@pytest.mark.parametrize("marked", ["<b>{}</b>", "<i><b>{}</b></i>", "<b>/action</b>{}"])
async def test_a_command_in_bold_is_one(yard: Yard, marked: str) -> None:
    line = CONCERT.removeprefix("/action") if "/action" in marked else CONCERT
    yard.say(yard.tom, marked.format(line), html=True)
    preview = await yard.hears(yard.tom, "This is how neighbours will see it")
    assert "📣 Concert\n" in preview.text


@pytest.mark.parametrize("kind", ["photo", "document"])
@pytest.mark.parametrize("is_administrator", [False, True])
async def test_the_caption_of_a_poster_is_a_command_and_the_poster_is_said_not_to_be_kept(
    yard: Yard, kind: str, is_administrator: bool
) -> None:
    if is_administrator:
        yard.promote_bot()
    yard.say(yard.tom, CONCERT, **{kind: PIXEL})
    preview = await yard.hears(yard.tom, "This is how neighbours will see it")
    await yard.world.until(lambda: WORDS_ONLY in preview.text)
    await yard.tap(yard.tom, preview, "Publish")
    assert WORDS_ONLY not in (await yard.card("Concert")).text


@pytest.mark.parametrize("is_administrator", [False, True])
async def test_the_caption_of_an_album_is_a_command(yard: Yard, is_administrator: bool) -> None:
    if is_administrator:
        yard.promote_bot()
    yard.world.say_album(yard.group, yard.tom, [PIXEL] * 3, CONCERT)
    await yard.hears(yard.tom, "This is how neighbours will see it")


async def test_a_caption_that_is_refused_or_loses_nothing_says_no_word_of_the_picture(
    yard: Yard,
) -> None:
    yard.say(yard.tom, "/help", photo=PIXEL)
    yard.say(yard.tom, "/action Concert some day", photo=PIXEL)
    refusal = await yard.hears(yard.tom, "day and time")
    helping = await yard.hears(yard.tom, "/action")
    assert WORDS_ONLY not in refusal.text + helping.text


async def test_a_caption_in_private_is_a_command_too(yard: Yard) -> None:
    yard.world.start(yard.tom)
    private = yard.world.private(yard.tom)
    yard.say(yard.tom, "/check 7K2M", chat=private, photo=PIXEL)
    yard.say(yard.tom, "/unheard_of", chat=private, photo=PIXEL)
    await yard.hears(yard.tom, "I don't know that command", private)
    assert "I can only read text" not in str([m.text for m in private.log])


async def test_an_album_in_private_with_a_command_gets_one_answer(yard: Yard) -> None:
    yard.world.start(yard.tom)
    private = yard.world.private(yard.tom)
    await yard.hears(yard.tom, "/action", private)
    before = words_of_bot(yard)
    yard.world.say_album(private, yard.tom, [PIXEL] * 3, "/unheard_of")
    await yard.hears(yard.tom, "I don't know that command", private)
    await yard.quiet()
    assert words_of_bot(yard) == before + 1


async def test_an_unknown_command_that_names_the_bot_gets_a_hint(yard: Yard) -> None:
    yard.say(yard.tom, "/actoin@dvor_bot tomorrow 19:00 Concert")
    await yard.hears(yard.tom, "I don't know that command")


# Parts of messages that the library can't read, or of other types than documented.
UNREADABLE: list[dict[str, Any]] = [
    {"reply_to_story": {"new": 1}},
    {"giveaway": {"new": 1}},
    {"reply_to_message": {"new": 1}},
    {"entities": [{"type": "bot_command", "offset": 0, "length": 7}, {"type": 5}]},
    {"quote": "a text"},
    {"quote": {"text": 5, "position": 0}},
    {"link_preview_options": {"url": 5}},
]


@pytest.mark.parametrize("part", UNREADABLE)
async def test_a_command_in_a_message_that_cant_be_read_gets_a_hint(
    yard: Yard, part: dict[str, Any]
) -> None:
    yard.world.push(raw_message(yard, CONCERT, **part))
    await yard.hears(yard.tom, "I can't read yet")


async def test_a_caption_in_a_message_that_cant_be_read_gets_a_hint(yard: Yard) -> None:
    mark = {"type": "bot_command", "offset": 0, "length": 7}
    poster = {"caption": CONCERT, "caption_entities": [mark], "photo": [{"new": 1}]}
    yard.world.push(raw_message(yard, None, **poster))
    await yard.hears(yard.tom, "I can't read yet")


async def test_a_hint_to_what_nobody_saw_typed_is_seen_by_nobody_else(yard: Yard) -> None:
    command = yard.say(yard.tom, "/actions")
    assert command.is_ephemeral
    await yard.hears(yard.tom, "Nothing is planned")
    broken = {"giveaway": {"new": 1}, "ephemeral_message_id": command.ephemeral_message_id}
    yard.world.push(raw_message(yard, "/actions", message_id=0, **broken))
    assert (await yard.hears(yard.tom, "I can't read yet")).is_ephemeral


@pytest.mark.parametrize(
    "fields",
    [
        {"forward_origin": {"type": "hidden_user", "sender_user_name": "X", "date": 5}},
        {"via_bot": {"id": 5, "is_bot": True, "first_name": "Inline"}},
        {"sender_chat": {"id": -5, "type": "channel"}},
        {"from": None},
        {"from": {"id": "x"}},
        {"chat": None},
        {"ephemeral_message_id": "x"},
    ],
    ids=str,
)
async def test_other_messages_that_cant_be_read_are_skipped(
    yard: Yard, fields: dict[str, Any]
) -> None:
    before = words_of_bot(yard)
    yard.world.push(raw_message(yard, CONCERT, **{"giveaway": {"new": 1}, **fields}))
    for text in ("/unheard_of", "/action@other_bot", "just chatting"):
        yard.world.push(raw_message(yard, text, giveaway={"new": 1}))
    await said_nothing(yard, before)


@pytest.mark.parametrize("length", [4096, 10_000])
async def test_texts_of_any_length_get_a_hint(yard: Yard, length: int) -> None:
    text = "/action tomorrow 19:00 " + "x" * length
    yard.world.push(raw_message(yard, text[:length]))
    await yard.hears(yard.tom, "too long")


@pytest.mark.parametrize(
    "title",
    [
        "NUL\x00 inside",
        "turned \u202egnorw\u202c around",
        "half a sign \ud83d only",
        "\udc00\ud800",
        "<b>&amp;</b> & <tg-time>",
        "🎉" * 60,
        "\u200f\u2066\u2069",
    ],
)
async def test_signs_that_no_keyboard_makes_do_no_harm(yard: Yard, title: str) -> None:
    yard.world.push(raw_message(yard, f"/action tomorrow 19:00 {title} @ Fountain"))
    yard.world.push(raw_message(yard, f"/timezone {title}", **{"from": yard.vera.json()}))
    yard.world.start(yard.tom)
    private = yard.world.private(yard.tom)
    yard.world.push(raw_message(yard, f"/start {title}", chat=private.json()))
    yard.world.push(raw_message(yard, title, chat=private.json()))
    yard.say(yard.nina, "/help")
    await yard.hears(yard.nina, "/action")
    await yard.quiet()
    previews = [m for m in yard.group.log if "neighbours will see" in m.text]
    for preview in previews:
        assert not set(preview.text) & {"\x00", "\u202e"}


@pytest.mark.parametrize("text", [None, "", "/", "/ ", " ", "@dvor_bot", "\n/help"])
async def test_empty_messages_do_nothing(yard: Yard, text: str | None) -> None:
    before = words_of_bot(yard)
    yard.world.push(raw_message(yard, text))
    await said_nothing(yard, before)
