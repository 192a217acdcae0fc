"""The way out of a page: each has one, in its last row."""

from __future__ import annotations

from dataclasses import replace

from telegram import Message
from telegram.error import TelegramError

from bot.bot_api.client import Client
from bot.bot_api.refusals import is_refused
from bot.context import Context
from bot.intake.tap import IncomingTap, TappedMessage
from bot.message.face import Button, Face
from bot.message.payload import Payload
from bot.message.words import Html, Words
from bot.person.drafts import awaited_draft


class PutAway(Payload, code="away", ends=True):
    """The page goes, and with it the draft for which it waits for words, which then don't come; 0: none."""

    draft: int


def with_exit(face: Face, words: Words, *, asks: bool = False, draft: int = 0) -> Face:
    """Return a page with a way out, where it has none of its own; `asks` where it waits for words, for this
    `draft`. A file is there to be kept."""
    is_file = face.attachment is not None and not face.attachment.is_picture
    if is_file or any(_leads_out(button) for row in face.buttons for button in row):
        return face
    key = "frame.button.cancel" if asks else "frame.button.close"
    way_out = Button(words.plain(key), PutAway(draft))
    *rows, last = face.buttons or ((),)
    if [button.label for button in last] == [words.plain("frame.button.back")]:
        return replace(face, buttons=(*rows, (*last, way_out)))
    return replace(face, buttons=(*face.buttons, (way_out,)))


async def drawn(context: Context, what: Face | Payload) -> Face:
    """Return what is shown, as its feature draws it."""
    return await context.page(what) if isinstance(what, Payload) else what


async def led_out(context: Context, what: Face | Payload, face: Face, draft: int = 0) -> Face:
    """Return what is shown with a way out, where it is a page, and with the remark of this context.

    `draft` is what it asks for; where it asks for words in a draft of its own, the newest that waits for any.
    """
    asks = isinstance(what, Payload) and what.typing
    if asks and not draft and (awaited := await context.read(awaited_draft)) is not None:
        draft, _ = awaited
    if isinstance(what, Payload) or what.buttons:
        face = with_exit(face, context.words, asks=asks, draft=draft)
    return face.with_remark(context.remark)


def draft_asked_for(page: Message | None) -> int:
    """For which draft a page waits for words, as its way out says; 0 for none."""
    keyboard = page.reply_markup.inline_keyboard if page is not None and page.reply_markup else ()
    for key in (key for row in keyboard for key in row):
        way_out = PutAway.parse(key.callback_data) if isinstance(key.callback_data, str) else None
        if way_out is not None:
            return way_out.draft
    return 0


async def put_away(client: Client, tap: IncomingTap, last_words: Html | None = None) -> None:
    """Remove the page that was tapped. One that is too old to be removed says its last words instead, where
    there are any.

    What everybody reads stays, even where a forged tap asks for this.
    """
    page = tap.message
    if page is None:
        return
    if page.ephemeral_id is None and tap.place.is_group and not page.is_reply:
        return
    try:
        if page.ephemeral_id is not None:
            await client.delete_ephemeral(page.chat_id, tap.person_id, page.ephemeral_id)
        else:
            await client.delete_message(page.chat_id, page.id)
    except TelegramError as error:
        if not is_refused(error):
            raise
        if page.ephemeral_id is None and last_words is not None:
            await _say_last(client, page, Face(last_words))


async def _say_last(client: Client, page: TappedMessage, words: Face) -> None:
    try:
        await client.edit_face(page.chat_id, page.id, words)
    except TelegramError as error:
        if not is_refused(error):
            raise  # else it went by a tap before this one, or is a picture


def _leads_out(button: Button) -> bool:
    return isinstance(button.press, Payload) and button.press.is_exit
