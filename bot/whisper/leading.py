"""From a group into the private chat: a link, a message that carries one, an answer that is given there."""

from __future__ import annotations

from dataclasses import replace

from telegram.constants import MessageLimit

from bot.context import Context
from bot.delivery.line import Line
from bot.message.face import Button, Face
from bot.message.payload import Payload
from bot.message.words import paragraphs
from bot.store import personally
from bot.whisper.deep_links import OpenLink, make_link, open_way


async def address_of(line: Line, context: Context, page: Payload) -> str:
    """Return the address at which this person, and nobody else, is shown the page in private."""
    return f"https://t.me/{line.client.username}?start={await _link_to(line, context, page)}"


async def face_of_link(line: Line, context: Context, page: Payload) -> Face:
    """Return what stands in the group in place of a page that isn't shown there."""
    token = await _link_to(line, context, page)
    button = Button(context.words.plain("frame.whisper.open"), OpenLink(token))
    face = Face(context.words("frame.whisper.for_you"), ((button,),))
    return face.with_remark(context.remark)


async def face_aside(line: Line, context: Context, face: Face) -> Face:
    """Return what a group's command is answered in private, with buttons that work there: beneath a line that
    says why there, where both fit."""
    if face.buttons:
        await line.store.run(personally(open_way, context.person, context.place))
    text = paragraphs(context.words("frame.whisper.aside"), face.text)
    longest = MessageLimit.CAPTION_LENGTH if face.attachment else MessageLimit.MAX_TEXT_LENGTH
    return replace(face, text=text) if text.units() <= longest else face


async def _link_to(line: Line, context: Context, page: Payload) -> str:
    make = personally(make_link, context.person, context.place)
    return await line.store.run(make, page.pack())
