"""The way out of a page: each has one, in its last row."""

from __future__ import annotations

from dataclasses import replace

from telegram.error import TelegramError

from bot.bot_api.client import Client
from bot.bot_api.refusals import is_refused
from bot.intake.tap import IncomingTap, TappedMessage
from bot.message.face import Button, Face
from bot.message.payload import Payload
from bot.message.words import Html, Words


class PutAway(Payload, code="away", ends=True):
    """The page goes; `asks` where it waits for words, which then don't come."""

    asks: bool


def with_exit(face: Face, words: Words, *, asks: bool = False) -> Face:
    """Return a page with a way out, where it has none of its own; `asks` where it waits for words. A file is
    there to be kept."""
    is_file = face.attachment is not None and not face.attachment.is_picture
    if is_file or any(_leads_out(button) for row in face.buttons for button in row):
        return face
    key = "frame.button.cancel" if asks else "frame.button.close"
    way_out = Button(words.plain(key), PutAway(asks))
    *rows, last = face.buttons or ((),)
    if [button.label for button in last] == [words.plain("frame.button.back")]:
        return replace(face, buttons=(*rows, (*last, way_out)))
    return replace(face, buttons=(*face.buttons, (way_out,)))


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
