"""Editing what the bot has said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputMediaDocument

if TYPE_CHECKING:
    from telegram import Bot

    from playground.chats import Chat
    from playground.people import Person
    from playground.world import World

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)
KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("Go", callback_data="g")]])


async def test_an_edit_replaces_text_and_keyboard(bot: Bot, yard: Chat) -> None:
    sent = await bot.send_message(
        yard.id, "<b>1</b> comes", parse_mode="HTML", reply_markup=KEYBOARD
    )
    edited = await bot.edit_message_text("2 come", yard.id, sent.message_id)
    assert not isinstance(edited, bool)
    assert edited.edit_date is not None
    shown = yard.messages[-1]
    assert (shown.text, shown.entities, shown.keyboard, shown.edited) == ("2 come", [], [], 1)


async def test_an_edit_must_change_something(ask: Any, refusal: Any, yard: Chat) -> None:
    markup = {"inline_keyboard": [[{"text": "Go", "callback_data": "g"}]]}
    sent = await ask(
        "sendMessage", chat_id=yard.id, text="<b>x</b>", parse_mode="HTML", reply_markup=markup
    )
    place = {"chat_id": yard.id, "message_id": sent["result"]["message_id"]}
    same = {"text": " <strong>x</strong>", "parse_mode": "HTML", "reply_markup": markup}
    assert await refusal("editMessageText", **place, **same) == NOT_MODIFIED
    assert await refusal("editMessageReplyMarkup", **place, reply_markup=markup) == NOT_MODIFIED
    assert (await ask("editMessageText", **place, **(same | {"text": "x"})))["ok"]
    assert (await ask("editMessageReplyMarkup", **place))["ok"]
    assert yard.messages[-1].keyboard == []


async def test_what_cannot_be_edited(
    bot: Bot, refusal: Any, world: World, yard: Chat, vera: Person
) -> None:
    async def edit(message_id: int) -> str:
        return str(
            await refusal("editMessageText", chat_id=yard.id, message_id=message_id, text="y")
        )

    assert await edit(777) == "Bad Request: message to edit not found"
    gone = await bot.send_message(yard.id, "x")
    await gone.delete()
    assert await edit(gone.message_id) == "Bad Request: message to edit not found"
    theirs = world.say(yard, vera, "mine")
    assert await edit(theirs.message_id) == "Bad Request: message can't be edited"
    forwarded = await bot.forward_message(yard.id, yard.id, theirs.message_id)
    assert await edit(forwarded.message_id) == "Bad Request: message can't be edited"
    assert await refusal("editMessageText", text="y") == (
        "Bad Request: message identifier is not specified"
    )
    world.kick(yard, world.bot, by=vera)
    assert await edit(1) == "Forbidden: bot was kicked from the supergroup chat"


async def test_text_and_caption_are_not_confused(bot: Bot, refusal: Any, yard: Chat) -> None:
    text = await bot.send_message(yard.id, "x")
    file = await bot.send_document(yard.id, b"x", filename="x.txt", caption="one")
    place = {"chat_id": yard.id, "message_id": text.message_id}
    assert await refusal("editMessageCaption", **place, caption="y") == (
        "Bad Request: there is no caption in the message to edit"
    )
    place["message_id"] = file.message_id
    assert await refusal("editMessageText", **place, text="y") == (
        "Bad Request: there is no text in the message to edit"
    )
    await bot.edit_message_caption(yard.id, file.message_id, caption="two")
    shown = yard.messages[-1]
    assert shown.text == "two"
    assert shown.document is not None
    assert shown.document.content == b"x"
    await bot.edit_message_media(
        InputMediaDocument(b"y", "three", filename="y.txt"), yard.id, file.message_id
    )
    shown = yard.messages[-1]
    assert shown.document is not None
    assert (shown.text, shown.document.name, shown.document.content) == ("three", "y.txt", b"y")
