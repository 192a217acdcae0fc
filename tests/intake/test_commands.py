"""What looks like a command and isn't one, and texts that no keyboard makes."""

from __future__ import annotations

from typing import Any

import pytest

from playground.people import Account
from tests.yard import Yard

pytestmark = pytest.mark.databases("sqlite")

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


async def test_channels_have_no_say(yard: Yard) -> None:
    before = words_of_bot(yard)
    yard.world.channel_post(yard.group, CONCERT)
    yard.say(yard.tom, CONCERT, as_channel=True)
    await said_nothing(yard, before)


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


async def test_a_caption_is_no_command(yard: Yard) -> None:
    before = words_of_bot(yard)
    yard.say(yard.tom, CONCERT, document=b"leaflet")
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
